#pragma once

#include "support/temporary_folder.hpp"

#include "lantian/parallel/communicator.hpp"

#include <optional>
#include <string>
#include <utility>

namespace lantian {

/// A folder that all ranks of a test see; the first rank makes and removes it.
class SharedFolder {
 public:
  explicit SharedFolder(Communicator ranks = Communicator::world()) : ranks_(std::move(ranks)) {
    if (ranks_.rank() == 0) own_.emplace();
    path_ = ranks_.broadcast(own_ ? own_->path() : "", 0);
  }
  ~SharedFolder() { ranks_.barrier(); }  // nobody reads the files any more
  SharedFolder(const SharedFolder&) = delete;
  SharedFolder& operator=(const SharedFolder&) = delete;

  [[nodiscard]] const std::string& path() const { return path_; }
  [[nodiscard]] std::string file(const std::string& name) const { return path_ + "/" + name; }

 private:
  Communicator ranks_;
  std::optional<TemporaryFolder> own_;
  std::string path_;
};

}  // namespace lantian
