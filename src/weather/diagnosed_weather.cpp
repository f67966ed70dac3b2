#include "lantian/weather/diagnosed_weather.hpp"

#include "wrf_like_file.hpp"

#include "lantian/base/log.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <memory>
#include <optional>

namespace lantian {

namespace {

/// Calls a reader and keeps its fault for the list.
template <class Read>
auto collected(Problems& problems, Read read) -> std::optional<decltype(read())> {
  try {
    return read();
  } catch (const Error& fault) {
    problems.add(fault);
    return std::nullopt;
  }
}

/// Everything that is read and checked before the first hour.
struct Inputs {
  HorizontalGrid grid;
  Layers layers;
  DiagnosedGround ground;
  SurfaceRecords records;
  UpperAir upper_air;
};

void check_stations(const SurfaceRecords& records, const DiagnoseCase& configuration, Problems& problems) {
  records.check_cover(configuration.period.start, configuration.period.end, problems);
  if (configuration.inputs.upper_air.empty())
    log_warning(
        fmt::format("{}: inputs.upper_air names no profiles: the air aloft is the standard atmosphere "
                    "through the surface values "
                    "and its wind (z / 10 m)^{:g} times that of 10 m up to 1000 m",
                    configuration.path, configuration.air.power_law_exponent));
}

Inputs read_inputs(const DiagnoseCase& c) {
  Problems problems;
  check_wrf_projection(c.grid, c.path, problems);
  problems.throw_if_any();
  const auto grid = collected(problems, [&] { return HorizontalGrid::from_config(c.grid); });
  const auto layers = collected(problems, [&] {
    return Layers(c.grid.layer_tops_m.empty() ? Layers::default_tops_m() : c.grid.layer_tops_m);
  });
  std::optional<DiagnosedGround> ground;
  if (grid)
    ground = collected(problems, [&] { return read_ground(c.resolve(c.inputs.terrain), *grid, problems); });
  const auto records =
      collected(problems, [&] { return SurfaceRecords(c.resolve(c.inputs.surface), problems); });
  std::optional<UpperAir> upper_air = UpperAir();
  if (!c.inputs.upper_air.empty())
    upper_air = collected(problems, [&] { return UpperAir(c.resolve(c.inputs.upper_air), problems); });
  if (records) check_stations(*records, c, problems);
  if (upper_air) upper_air->check_cover(c.period.start, c.period.end, problems);
  if (ground && layers) {
    const double highest_m = *std::ranges::max_element(ground->terrain_m.values());
    if (layers->model_top_m() < highest_m + 1000.0)
      problems.add(
          fmt::format("{}: grid.layer_tops_m: the top at {:g} m leaves less than 1000 m over the highest "
                      "ground at {:.0f} m",
                      c.path, layers->model_top_m(), highest_m));
  }
  problems.throw_if_any();
  return {*grid, *layers, *ground, *records, *upper_air};
}

/// The output, one file or one a UTC day.
class Output {
 public:
  Output(const DiagnoseCase& configuration, const WrfLikeFile::Place& place)
      : configuration_(configuration), place_(place) {}

  void append(const DiagnosedHour& hour) {
    const std::string path = path_at(hour.surface.time);
    if (files_.empty() || path != files_.back()) {
      finish();
      const auto folder = std::filesystem::path(path).parent_path();
      if (!folder.empty()) create_directory(folder.string());
      file_ = std::make_unique<WrfLikeFile>(path, place_, hour.surface.time);
      files_.push_back(path);
    }
    file_->append(hour);
  }
  void finish() {
    if (file_) file_->finish();
    file_.reset();
  }
  [[nodiscard]] const std::vector<std::string>& files() const { return files_; }

 private:
  [[nodiscard]] std::string path_at(UtcTime time) const {
    const std::string mark = "{date}";
    std::string path = configuration_.output;
    const std::size_t at = path.find(mark);
    return at == std::string::npos ? path : path.replace(at, mark.size(), to_iso8601(time).substr(0, 10));
  }
  const DiagnoseCase& configuration_;
  WrfLikeFile::Place place_;
  std::unique_ptr<WrfLikeFile> file_;
  std::vector<std::string> files_;
};

UpperAirProfile profile_at(UtcTime time, const Inputs& inputs, const DiagnoseCase& c,
                           const SurfaceDiagnosis& surface) {
  if (!inputs.upper_air.empty()) return inputs.upper_air.at(time);
  const SurfaceRecord mean = surface.mean_record(time);
  return standard_profile({.sea_level_temperature_k = mean.temperature_k,
                           .wind_east_m_s = mean.wind_east_m_s,
                           .wind_north_m_s = mean.wind_north_m_s,
                           .relative_humidity = mean.relative_humidity,
                           .exponent = c.air.power_law_exponent});
}

/// The mixed layer of the first instant depends on the hours of the same local day before it.
void warm_up(SurfaceDiagnosis& surface, const Inputs& inputs, const DiagnoseCase& c) {
  const CivilTime local = civil_time(c.period.start, c.period.utc_offset_h);
  const UtcTime midnight = c.period.start.plus_seconds(-3600LL * local.hour);
  for (UtcTime time = midnight; time < c.period.start; time = time.plus_seconds(3600)) {
    Problems gaps;
    inputs.records.check_cover(time, time, gaps);
    if (!inputs.upper_air.empty()) inputs.upper_air.check_cover(time, time, gaps);
    if (gaps.empty()) static_cast<void>(surface.hour(time, profile_at(time, inputs, c, surface)));
  }
}

}  // namespace

DiagnoseSummary diagnose_weather(const DiagnoseCase& c, bool only_check) {
  const Inputs inputs = read_inputs(c);
  DiagnoseSummary summary;
  if (only_check) return summary;
  SurfaceDiagnosis surface(c, inputs.grid, inputs.ground, inputs.records);
  const GridMetrics& metrics = surface.metrics();
  Output output(c, {c.grid, metrics, inputs.ground, inputs.layers});
  WindAdjuster adjuster;
  Array2<double> rain_mm(metrics.rows(), metrics.columns(), 0.0);
  warm_up(surface, inputs, c);
  for (UtcTime time = c.period.start; time <= c.period.end; time = time.plus_seconds(3600)) {
    const UpperAirProfile aloft = profile_at(time, inputs, c, surface);
    const DiagnosedSurface at = surface.hour(time, aloft);
    const DiagnosedAir air = diagnose_columns(at, inputs.ground, metrics, inputs.layers, aloft);
    const DiagnosedWind wind =
        consistent_wind(air, inputs.ground, metrics, inputs.layers, c.air.vertical_freedom, adjuster);
    for (std::size_t n = 0; n < rain_mm.values().size() && time > c.period.start; ++n)
      rain_mm.values()[n] += at.rain_mm_h.values()[n];
    output.append({at, air, wind, rain_mm});
    ++summary.hours;
    summary.change_rms += wind.adjustment.change_rms;
    if (wind.adjustment.divergence_before > 0.0)
      summary.divergence_reduction = std::max(
          summary.divergence_reduction, wind.adjustment.divergence_after / wind.adjustment.divergence_before);
  }
  output.finish();
  summary.files = output.files();
  summary.change_rms /= std::max(1, summary.hours);
  summary.breeze_days = surface.sea_breeze_days();
  return summary;
}

}  // namespace lantian
