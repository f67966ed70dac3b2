#include "commands.hpp"
#include "file_kind.hpp"

#include <fmt/format.h>

namespace lantian {

void command_info(const std::string& path) {
  const NetcdfReader file(path);
  const FileKind kind = kind_of(file);
  fmt::print("{}: {} ({})\n", path, kind.what, file.format());
  if (kind.use.empty())
    fmt::print("use: none\n");
  else
    fmt::print("use: {}{}\n", kind.use, kind.missing.empty() ? "" : ", once it has what is missing");
  for (const std::string& one : kind.missing) fmt::print("missing: {}\n", one);
  for (const std::string& one : kind.remarks) fmt::print("note: {}\n", one);
  fmt::print("dimensions:\n");
  for (const auto& one : file.dimensions()) fmt::print("  {} = {}\n", one.name, one.length);
  fmt::print("variables:\n");
  for (const std::string& name : file.variables()) {
    std::string shape;
    for (const auto& one : file.shape(name)) shape += (shape.empty() ? "" : ", ") + one.name;
    fmt::print("  {}({}) [{}] {}\n", name, shape, file.text_attribute(name, "units").value_or("-"),
               file.text_attribute(name, "long_name")
                   .value_or(file.text_attribute(name, "description").value_or("")));
  }
}

}  // namespace lantian
