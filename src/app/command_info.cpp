#include "commands.hpp"
#include "feature_kind.hpp"
#include "file_kind.hpp"

#include <fmt/format.h>

#include <fstream>

namespace lantian {

namespace {

/// Head of the page: what the file is, what it would be used for, and what keeps it from that.
std::string page_head(const std::string& path, const FileKind& kind, const std::string& format) {
  std::string page = fmt::format("{}: {} ({})\n", path, kind.what, format);
  if (kind.use.empty())
    page += fmt::format("use: none\n");
  else
    page += fmt::format("use: {}{}\n", kind.use, kind.missing.empty() ? "" : ", once it has what is missing");
  for (const std::string& one : kind.missing) page += fmt::format("missing: {}\n", one);
  for (const std::string& one : kind.remarks) page += fmt::format("note: {}\n", one);
  return page;
}

std::string page_of(const NetcdfReader& file) {
  std::string page = fmt::format("dimensions:\n");
  for (const auto& one : file.dimensions()) page += fmt::format("  {} = {}\n", one.name, one.length);
  page += fmt::format("variables:\n");
  for (const std::string& name : file.variables()) {
    std::string shape;
    for (const auto& one : file.shape(name)) shape += (shape.empty() ? "" : ", ") + one.name;
    page += fmt::format("  {}({}) [{}] {}\n", name, shape, file.text_attribute(name, "units").value_or("-"),
                        file.text_attribute(name, "long_name")
                            .value_or(file.text_attribute(name, "description").value_or("")));
  }
  return page;
}

/// Whether a file looks like JSON: by its name, or by a brace behind the byte-order mark and blanks.
bool is_json(const std::string& path) {
  if (path.ends_with(".geojson") || path.ends_with(".json")) return true;
  std::ifstream file(path, std::ios::binary);
  std::string start(64, '\0');
  file.read(start.data(), static_cast<std::streamsize>(start.size()));
  start.resize(static_cast<std::size_t>(file.gcount()));
  const std::size_t first = start.find_first_not_of("\xEF\xBB\xBF \t\r\n");
  return first != std::string::npos && start[first] == '{';
}

}  // namespace

void command_info(const std::string& path) {
  if (is_json(path)) {
    const FeatureSummary features = read_feature_summary(path);
    print_page(page_head(path, kind_of(features), "GeoJSON") + page_of(features));
    return;
  }
  const NetcdfReader file(path);
  print_page(page_head(path, kind_of(file), file.format()) + page_of(file));
}

}  // namespace lantian
