#pragma once

#include "lantian/apportion/zero_out.hpp"
#include "lantian/parallel/communicator.hpp"

#include <optional>
#include <string>
#include <vector>

namespace lantian {

/// Results of single runs of a ranking as small files, so that a ranking can be made in parts, by many jobs,
/// and goes on after a stop. A file belongs to one identity (case, inputs, program) and one member: those of
/// another are never taken.
class MemberStore {
 public:
  /// @param folder where the files lie; it is created by the first `write`
  MemberStore(std::string folder, std::string identity);

  /// Keeps a result under its final name once it is whole; any rank alone. @throws OutputError
  void write(const Member& member, const MemberResult& result) const;
  /// What is kept of each member, on all ranks; rank 0 reads. A damaged file counts as none, with a warning.
  [[nodiscard]] std::vector<std::optional<MemberResult>> read(const std::vector<Member>& members,
                                                              const Communicator& world) const;
  /// Removes the folder with all it holds, once the ranking is written; any rank alone.
  void remove() const;

 private:
  [[nodiscard]] std::string path_of(const Member& member) const;

  std::string folder_, identity_;
};

}  // namespace lantian
