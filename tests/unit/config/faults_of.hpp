#pragma once

#include "support/case_text.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/base/errors.hpp"

#include <string>

namespace lantian {

/// What a reader says of a file named `name` that holds `text`, without the folder; empty when it is content.
template <class Reader>
std::string faults_of(const std::string& name, const std::string& text, const Reader& reader) {
  const TemporaryFolder folder;
  write_text(folder.file(name), text);
  try {
    static_cast<void>(reader(folder.file(name)));
    return "";
  } catch (const Error& error) {
    std::string said = error.what();
    const std::string path = folder.path() + "/";
    while (said.find(path) != std::string::npos) said.erase(said.find(path), path.size());
    return said;
  }
}

}  // namespace lantian
