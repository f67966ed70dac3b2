#include "case_files.hpp"

#include <cmath>
#include <fstream>
#include <numbers>
#include <sstream>
#include <stdexcept>

namespace lantian::validation {
namespace {

using plume::SourceShape;

std::vector<std::string> words_of(const std::string& line) {
  std::istringstream stream(line);
  std::vector<std::string> words;
  for (std::string word; stream >> word;) words.push_back(word);
  return words;
}

std::ifstream opened(const std::filesystem::path& file) {
  std::ifstream stream(file);
  if (!stream) throw std::runtime_error(file.string() + " cannot be read");
  return stream;
}

SourceShape shape_of(const std::string& word) {
  if (word == "POINT") return SourceShape::point;
  if (word == "POINTCAP") return SourceShape::capped_point;
  if (word == "POINTHOR") return SourceShape::horizontal_point;
  if (word == "VOLUME") return SourceShape::volume;
  if (word == "RLINE") return SourceShape::road;
  return SourceShape::area;
}

class Deck {
 public:
  explicit Deck(const std::filesystem::path& folder) : folder_(folder) {
    auto stream = opened(folder / "aermod.inp");
    for (std::string line; std::getline(stream, line);) take(words_of(line));
    if (case_.groups.empty()) case_.groups["ALL"] = {};
    for (auto& [name, members] : case_.groups) {
      if (!members.empty()) continue;
      for (std::size_t i = 0; i < case_.sources.size(); ++i) members.push_back(i);
    }
  }
  ReferenceCase taken() { return std::move(case_); }

 private:
  plume::Source& named(const std::string& name) {
    for (plume::Source& source : case_.sources) {
      if (source.name == name) return source;
    }
    throw std::runtime_error("no source " + name);
  }

  void take(const std::vector<std::string>& words) {
    if (words.empty()) return;
    const auto number = [&](std::size_t i) { return std::stod(words.at(i)); };
    const std::string& key = words[0];
    if (key == "MODELOPT") {
      for (const std::string& word : words) {
        if (word == "FLAT") case_.options.flat_terrain = true;
        if (word == "DDEP") case_.options.deposition = true;
        if (word == "ARM2") case_.options.no2 = plume::NitrogenDioxide::arm2;
        if (word == "OLM") case_.options.no2 = plume::NitrogenDioxide::olm;
      }
    } else if (key == "URBANOPT") {
      case_.options.urban = plume::UrbanArea{number(1), number(3)};
    } else if (key == "URBANSRC") {
      for (plume::Source& source : case_.sources) source.urban = true;
    } else if (key == "LOCATION") {
      locate(words);
    } else if (key == "SRCPARAM") {
      set_parameters(words);
    } else if (key == "SRCGROUP" && words.size() > 2) {
      for (std::size_t i = 0; i < case_.sources.size(); ++i) {
        if (case_.sources[i].name == words[2]) case_.groups[words[1]].push_back(i);
      }
    } else if (key == "NO2RATIO") {
      named(words[1]).no2_share_of_nox = number(2);
    } else if (key == "GRIDPOLR") {
      polar(words);
    } else if (key == "DISCCART") {
      discrete(words);
    } else if (key == "INCLUDED") {
      auto stream = opened(folder_ / words[1]);
      for (std::string line; std::getline(stream, line);) take(words_of(line));
    } else {
      take_deposition(words);
    }
  }

  void take_deposition(const std::vector<std::string>& words) {
    const auto number = [&](std::size_t i) { return std::stod(words.at(i)); };
    const std::string& key = words[0];
    if (key == "PARTDIAM" || key == "MASSFRAX" || key == "PARTDENS") {
      plume::Source& source = named(words[1]);
      source.particles.resize(words.size() - 2);
      for (std::size_t i = 2; i < words.size(); ++i) {
        plume::ParticleClass& size = source.particles[i - 2];
        (key == "PARTDIAM"   ? size.diameter_um
         : key == "MASSFRAX" ? size.mass_fraction
                             : size.density_g_cm3) = number(i);
      }
    } else if (key == "METHOD_2") {
      named(words[1]).particle_mean = plume::ParticleMean{number(2), number(3)};
    } else if (key == "GASDEPOS") {
      named(words[1]).gas = plume::DepositingGas{number(2), number(3), number(4), number(5)};
    }
  }

  void locate(const std::vector<std::string>& words) {
    plume::Source source;
    source.name = words.at(1);
    source.shape = shape_of(words.at(2));
    source.place = {std::stod(words.at(3)), std::stod(words.at(4))};
    if (words[2] == "LINE" || words[2] == "RLINE") {
      source.vertices = {source.place, {std::stod(words.at(5)), std::stod(words.at(6))}};
    }
    case_.sources.push_back(source);
  }

  /// A rectangle of a width round a line.
  static std::vector<plume::Position> strip(const plume::Position& a, const plume::Position& b,
                                            double width_m) {
    const double length = std::hypot(b.x_m - a.x_m, b.y_m - a.y_m);
    const double ox = -0.5 * width_m * (b.y_m - a.y_m) / length,
                 oy = 0.5 * width_m * (b.x_m - a.x_m) / length;
    return {{a.x_m + ox, a.y_m + oy},
            {b.x_m + ox, b.y_m + oy},
            {b.x_m - ox, b.y_m - oy},
            {a.x_m - ox, a.y_m - oy}};
  }

  /// A rectangle from its south-west corner, turned clockwise about it.
  static std::vector<plume::Position> rectangle(const plume::Position& corner, double dx, double dy,
                                                double turn_deg) {
    const double turn = turn_deg * std::numbers::pi / 180.0, c = std::cos(turn), s = std::sin(turn);
    std::vector<plume::Position> ring;
    for (const auto& [x, y] : {std::pair{0.0, 0.0}, {0.0, dy}, {dx, dy}, {dx, 0.0}}) {
      ring.push_back({corner.x_m + x * c + y * s, corner.y_m - x * s + y * c});
    }
    return ring;
  }

  void set_parameters(const std::vector<std::string>& words) {
    const auto number = [&](std::size_t i) { return std::stod(words.at(i)); };
    plume::Source& source = named(words.at(1));
    source.emission = number(2);
    source.release_height_m = number(3);
    if (source.shape == SourceShape::volume) {
      source.initial_sigma_y_m = number(4);
      source.initial_sigma_z_m = number(5);
    } else if (source.shape == SourceShape::road) {
      source.road_width_m = number(4);
      source.emission *= source.road_width_m;  // decks give it by area
      source.initial_sigma_z_m = number(5);
    } else if (source.shape == SourceShape::area && !source.vertices.empty()) {
      source.vertices = strip(source.vertices[0], source.vertices[1], number(4));
      source.initial_sigma_z_m = number(5);
    } else if (source.shape == SourceShape::area) {
      source.vertices = rectangle(source.place, number(4), number(5), number(6));
      source.initial_sigma_z_m = number(7);
    } else {
      source.gas_temperature_K = number(4);
      source.gas_velocity_m_s = number(5);
      source.stack_diameter_m = number(6);
    }
  }

  void polar(const std::vector<std::string>& words) {
    if (words.at(2) == "DIST") {
      for (std::size_t i = 3; i < words.size(); ++i) distances_m_.push_back(std::stod(words[i]));
    } else if (words[2] == "GDIR") {
      const int count = std::stoi(words.at(3));
      for (int i = 0; i < count; ++i) {
        const double bearing =
            (std::stod(words.at(4)) + i * std::stod(words.at(5))) * std::numbers::pi / 180.0;
        for (const double r : distances_m_) {
          plume::Receptor receptor;
          receptor.place = {r * std::sin(bearing), r * std::cos(bearing)};
          case_.receptors.push_back(receptor);
        }
      }
    }
  }

  void discrete(const std::vector<std::string>& words) {
    plume::Receptor receptor;
    receptor.place = {std::stod(words.at(1)), std::stod(words.at(2))};
    if (words.size() > 4) {
      receptor.elevation_m = std::stod(words[3]);
      receptor.hill_height_m = std::stod(words[4]);
    } else if (words.size() > 3) {
      receptor.flagpole_m = std::stod(words[3]);
    }
    case_.receptors.push_back(receptor);
  }

  std::filesystem::path folder_;
  ReferenceCase case_;
  std::vector<double> distances_m_;
};

plume::WeatherHour surface_hour(const std::vector<std::string>& words) {
  const auto number = [&](std::size_t i) { return std::stod(words.at(i)); };
  plume::WeatherHour hour;
  hour.year = 2000 + std::stoi(words.at(0));
  hour.month = std::stoi(words.at(1));
  hour.day = std::stoi(words.at(2));
  hour.hour = std::stoi(words.at(4));
  hour.surface = {.sensible_heat_W_m2 = number(5),
                  .friction_velocity_m_s = number(6),
                  .convective_velocity_m_s = number(7),
                  .lapse_above_K_m = number(8),
                  .convective_mixing_height_m = number(9),
                  .mechanical_mixing_height_m = number(10),
                  .obukhov_length_m = number(11),
                  .roughness_length_m = number(12),
                  .bowen_ratio = number(13),
                  .albedo = number(14),
                  .reference_wind_speed_m_s = number(15),
                  .reference_wind_from_deg = number(16),
                  .reference_wind_height_m = number(17),
                  .temperature_K = number(18),
                  .temperature_height_m = number(19),
                  .precipitation_code = std::stoi(words.at(20)),
                  .precipitation_mm_h = number(21),
                  .relative_humidity_percent = number(22),
                  .pressure_hPa = number(23),
                  .cloud_cover_tenths = number(24)};
  plume::ProfileLevel level;
  level.height_m = hour.surface.reference_wind_height_m;
  level.wind_from_deg = hour.surface.reference_wind_from_deg;
  level.wind_speed_m_s = hour.surface.reference_wind_speed_m_s;
  hour.levels = {level};
  return hour;
}

}  // namespace

ReferenceCase read_case(const std::filesystem::path& folder) {
  ReferenceCase found = Deck(folder).taken();
  found.name = folder.filename().string();
  auto surface = opened(folder / "ref.sfc");
  std::string line;
  std::getline(surface, line);
  while (std::getline(surface, line)) found.hours.push_back(surface_hour(words_of(line)));
  if (std::filesystem::exists(folder / "ozone.dat")) {
    auto ozone = opened(folder / "ozone.dat");
    constexpr double ug_m3_per_ppb = 1.960;
    for (plume::WeatherHour& hour : found.hours) {
      if (std::getline(ozone, line)) hour.ozone_ug_m3 = ug_m3_per_ppb * std::stod(words_of(line).back());
    }
  }
  return found;
}

PrintedValues read_printed(const std::filesystem::path& file, std::size_t receptor_count) {
  auto stream = opened(file);
  std::string line;
  std::getline(stream, line);
  PrintedValues values;
  while (std::getline(stream, line)) {
    std::istringstream cells(line);
    std::vector<double> row;
    for (std::string cell; std::getline(cells, cell, ',');) row.push_back(std::stod(cell));
    values.concentration.push_back(row.at(6));
    if (row.size() < 9) continue;
    values.dry.push_back(row[7]);
    values.wet.push_back(row[8]);
  }
  if (values.concentration.size() % receptor_count != 0) {
    throw std::runtime_error(file.string() + " does not hold the case's receptors");
  }
  return values;
}

}  // namespace lantian::validation
