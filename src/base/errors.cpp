#include "lantian/base/errors.hpp"

#include <algorithm>
#include <cstddef>

namespace lantian {

void Problems::add(const std::string& sentence, ExitCode code) {
  if (std::ranges::find(sentences_, sentence) != sentences_.end()) return;  // several readers may meet the same fault
  sentences_.push_back(sentence);
  if (code != ExitCode::missing_resource) all_missing_ = false;
}

void Problems::throw_if_any() const {
  if (empty()) return;
  constexpr std::size_t most = 50;
  std::string all;
  for (std::size_t n = 0; n < std::min(most, sentences_.size()); ++n) {
    if (n > 0) all += '\n';
    all += sentences_[n];
  }
  if (sentences_.size() > most) all += "\n... and " + std::to_string(sentences_.size() - most) + " more";
  throw Error(all_missing_ ? ExitCode::missing_resource : ExitCode::bad_input, all);
}

}  // namespace lantian
