#include "lantian/box/box_model.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>

#include <filesystem>

namespace lantian {

namespace {

void make_folder_of(const std::string& path) {
  const std::filesystem::path folder = std::filesystem::path(path).parent_path();
  if (!folder.empty()) create_directory(folder.string());
}

void write_csv(const std::string& path, const BoxSeries& series) {
  std::string text = "time_s,cos_zenith";
  for (const std::string& name : series.species) text += "," + name + "_ppb";
  text += "\n";
  for (std::size_t n = 0; n < series.time_s.size(); ++n) {
    text += fmt::format("{:g},{:.9g}", series.time_s[n], series.cos_zenith[n]);
    for (std::size_t s = 0; s < series.species.size(); ++s) text += fmt::format(",{:.9e}", series.at(n, s));
    text += "\n";
  }
  write_text_file(path, text);
}

void write_netcdf(const std::string& path, const BoxCase& c, const BoxSeries& series) {
  NetcdfWriter file(path);
  file.dimension("time", series.time_s.size());
  const auto variable = [&file](const std::string& name, const std::string& unit,
                                const std::string& meaning) {
    file.variable(name, NetcdfWriter::Type::real64, {"time"});
    file.attribute(name, "units", unit);
    file.attribute(name, "long_name", meaning);
  };
  variable("time", "s", "time since the beginning of the run");
  variable("cos_zenith", "1", "cosine of the solar zenith angle");
  for (const std::string& name : series.species)
    variable(name, "1e-9", "mole fraction of " + name + " in air");
  file.attribute("", "title", "box run of " + c.path);
  file.attribute("", "mechanism", c.mechanism);
  file.attribute("", "solver", c.run.solver);
  file.attribute("", "relative_tolerance", c.run.relative_tolerance);
  file.write("time", series.time_s);
  file.write("cos_zenith", series.cos_zenith);
  std::vector<double> column(series.time_s.size());
  for (std::size_t s = 0; s < series.species.size(); ++s) {
    for (std::size_t n = 0; n < column.size(); ++n) column[n] = series.at(n, s);
    file.write(series.species[s], column);
  }
  file.finish();
}

}  // namespace

void write_box(const BoxCase& c, const BoxSeries& series) {
  make_folder_of(c.output);
  write_csv(c.output + ".csv", series);
  write_netcdf(c.output + ".nc", c, series);
}

void write_ekma(const BoxCase& c, const EkmaPeaks& peaks) {
  make_folder_of(c.output);
  std::string text = "nox_factor,voc_factor,peak_O3_ppb,peak_h\n";
  for (std::size_t n = 0; n < peaks.nox_factors.size(); ++n)
    for (std::size_t v = 0; v < peaks.voc_factors.size(); ++v) {
      const std::size_t at = n * peaks.voc_factors.size() + v;
      text += fmt::format("{:g},{:g},{:.6f},{:.4f}\n", peaks.nox_factors[n], peaks.voc_factors[v],
                          peaks.peak_ppb[at], peaks.peak_h[at]);
    }
  write_text_file(c.output + "_ekma.csv", text);
}

}  // namespace lantian
