#include "commands.hpp"
#include "file_kind.hpp"

#include <fmt/format.h>

namespace lantian {

void command_info(const std::string& path) {
  const NetcdfReader file(path);
  const FileKind kind = kind_of(file);
  std::string page = fmt::format("{}: {} ({})\n", path, kind.what, file.format());
  if (kind.use.empty())
    page += fmt::format("use: none\n");
  else
    page += fmt::format("use: {}{}\n", kind.use, kind.missing.empty() ? "" : ", once it has what is missing");
  for (const std::string& one : kind.missing) page += fmt::format("missing: {}\n", one);
  for (const std::string& one : kind.remarks) page += fmt::format("note: {}\n", one);
  page += fmt::format("dimensions:\n");
  for (const auto& one : file.dimensions()) page += fmt::format("  {} = {}\n", one.name, one.length);
  page += fmt::format("variables:\n");
  for (const std::string& name : file.variables()) {
    std::string shape;
    for (const auto& one : file.shape(name)) shape += (shape.empty() ? "" : ", ") + one.name;
    page += fmt::format("  {}({}) [{}] {}\n", name, shape, file.text_attribute(name, "units").value_or("-"),
                        file.text_attribute(name, "long_name")
                            .value_or(file.text_attribute(name, "description").value_or("")));
  }
  print_page(page);
}

}  // namespace lantian
