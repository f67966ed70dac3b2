#include "commands.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/io/netcdf_digests.hpp"
#include "lantian/io/restart_manifest.hpp"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <filesystem>

namespace lantian {

namespace {

DigestReport check_restart(const std::string& path) {
  const std::string manifest_path = std::filesystem::path(path).replace_extension(".manifest").string();
  const RestartManifest manifest = RestartManifest::read(manifest_path);
  return {.variables = manifest.variables.size(),
          .bytes = static_cast<std::size_t>(manifest.file_bytes),
          .damaged = damaged_parts(manifest)};
}

}  // namespace

void command_verify(const std::vector<std::string>& paths) {
  Problems problems;
  std::string page;
  for (const std::string& path : paths) {
    try {
      const bool is_restart = path.ends_with(".manifest") || path.ends_with(".h5");
      const DigestReport report = is_restart ? check_restart(path) : check_digests(path);
      if (report.damaged.empty())
        page += fmt::format("{}: ok, {} variables, {:.1f} MB\n", path, report.variables,
                            1.0e-6 * static_cast<double>(report.bytes));
      else
        problems.add(fmt::format("{}: damaged: {}", path, fmt::join(report.damaged, ", ")));
    } catch (const Error& error) {
      problems.add(error);
    }
  }
  print_page(page);
  problems.throw_if_any();
}

}  // namespace lantian
