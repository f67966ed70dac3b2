// Plume cases over terrain, in wakes of buildings, with what falls on the ground.
#include "support/made_ground.hpp"
#include "unit/steady/run_of_case.hpp"

#include "lantian/io/csv_table.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <nlohmann/json.hpp>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <functional>
#include <map>
#include <sstream>

namespace lantian::steady {

namespace {

using Values = std::map<std::string, std::vector<double>>;  // of contribution.nc, by variable

struct Ran {
  Values mean, hourly, map;
  std::string table, json;
};

Ran run_of(const std::string& text, const FolderUse& prepare = {},
           const TinyWrf& wrf = weather_of_plume_case(), const Communicator& ranks = Communicator::world()) {
  Ran ran;
  run_made_case(text, wrf, ranks, prepare, [&ran](const std::string& results) {
    const auto read = [&](const char* name, Values& values) {
      const NetcdfReader file(results + "/" + name);
      for (const std::string& variable : file.variables())
        if (variable.find("source_") == std::string::npos && variable.find("_name") == std::string::npos)
          values[variable] = file.read(variable);
    };
    read("contribution.nc", ran.mean);
    read("hourly.nc", ran.hourly);
    read("map_town.nc", ran.map);
    ran.table = read_text_file(results + "/ranking.csv");
    ran.json = read_text_file(results + "/ranking.json");
  });
  return ran;
}

void expect_near(const std::vector<double>& a, const std::vector<double>& b, double relative) {
  ASSERT_EQ(a.size(), b.size());
  const double largest = *std::ranges::max_element(a);
  for (std::size_t n = 0; n < a.size(); ++n)
    EXPECT_NEAR(a[n], b[n], relative * std::max(std::fabs(a[n]), 1.0e-6 * largest)) << n;
}

double sum_of(const std::vector<double>& values) {
  double sum = 0.0;
  for (const double value : values) sum += value;
  return sum;
}

// --- terrain ---

const std::string hilly =
    with(sound_plume_case, "[receptors]", "[terrain]\nfile = \"dem.nc\"\n\n[receptors]");

std::function<void(const std::string&)> ground(const std::function<double(double, double)>& height) {
  return [=](const std::string& folder) { write_made_ground(folder + "/dem.nc", {.height = height}); };
}

TinyWrf night() {
  TinyWrf wrf = weather_of_plume_case();
  wrf.scaled["HFX"] = {0.0, -20.0};
  wrf.scaled["PBLH"] = {0.0, 150.0};
  wrf.scaled["UST"] = {0.0, 0.15};
  return wrf;
}

TEST(SteadyTerrain, OfOneHeightBringsWhatFlatGroundBrings) {
  const Ran flat = run_of(sound_plume_case),
            raised = run_of(hilly, ground([](double, double) { return 250.0; }));
  // Single precision in the files.
  expect_near(flat.mean.at("SO2"), raised.mean.at("SO2"), 1.0e-6);
  expect_near(flat.map.at("SO2_by_source"), raised.map.at("SO2_by_source"), 1.0e-6);
  for (const double height : raised.mean.at("elevation")) EXPECT_EQ(height, 250.0);
  for (const double height : raised.map.at("hill_height")) EXPECT_EQ(height, 250.0);
  EXPECT_FALSE(flat.mean.contains("elevation"));
}

TEST(SteadyTerrain, LaysReceptorsOnItsHeightsOrOnThoseOfTheirList) {
  const auto slope = [](double x, double) { return 1000.0 * (x - 120.0); };
  const Ran ran = run_of(hilly, [&](const std::string& folder) {
    ground(slope)(folder);
    write_text(folder + "/receptors.csv",
               "name,longitude,latitude,district,elevation_m,hill_height_m\nEast,120.35,36.21,Shibei,,\n"
               "North,120.31,36.24,Licang,400,\nCoast,120.41,36.19,Huangdao,405,600\n");
  });
  const std::vector<double> elevation = ran.mean.at("elevation"), hill = ran.mean.at("hill_height");
  EXPECT_NEAR(elevation[0], 350.0, 1.0e-4);
  EXPECT_EQ(elevation[1], 400.0);
  EXPECT_EQ(elevation[2], 405.0);
  // 1000 m a degree is 1.1 %, below the slope of hills: the receptor's own height counts.
  EXPECT_NEAR(hill[0], 350.0, 1.0e-4);
  EXPECT_EQ(hill[1], 400.0);
  EXPECT_EQ(hill[2], 600.0);
}

/// The list with a height of the ground for each stack.
std::string list_with_bases(const std::vector<std::string>& bases) {
  std::istringstream lines(sound_plume_enterprises);
  std::string text, line;
  for (std::size_t n = 0; std::getline(lines, line); ++n)
    text += line + "," + (n == 0 ? "base_elevation_m" : bases.at(n - 1)) + "\n";
  return text;
}

TEST(SteadyTerrain, StandsStacksOnTheHeightsOfTheirList) {
  // Receptors 40 m above the stacks, by a map of the receptors' height or by one of the stacks'.
  const auto points = [](const std::string& height) {
    return "name,longitude,latitude,district,elevation_m,hill_height_m\nEast,120.35,36.21,Shibei," + height +
           "," + height + "\nNorth,120.31,36.24,Licang," + height + "," + height + "\n";
  };
  const auto of = [&](double map_m, const std::vector<std::string>& bases) {
    return run_of(hilly, [&](const std::string& folder) {
      ground([=](double, double) { return map_m; })(folder);
      write_text(folder + "/receptors.csv", points("250"));
      if (!bases.empty()) write_text(folder + "/enterprises.csv", list_with_bases(bases));
    });
  };
  const Ran by_map = of(210.0, {}), by_list = of(250.0, {"210", "210", "210", "210"}),
            level = of(250.0, {"250", "", "250", ""}), bare = of(250.0, {});
  expect_near(by_map.hourly.at("SO2"), by_list.hourly.at("SO2"), 1.0e-6);
  EXPECT_EQ(level.hourly.at("SO2"), bare.hourly.at("SO2")) << "an empty cell is the map's height";
  EXPECT_NE(by_list.hourly.at("SO2"), bare.hourly.at("SO2"));
}

TEST(SteadyTerrain, WarnsOfListedHeightsFarFromTheMap) {
  const auto warnings_of = [](const std::string& text, const std::vector<std::string>& bases) {
    testing::internal::CaptureStderr();
    static_cast<void>(run_of(text, [&](const std::string& folder) {
      ground([](double, double) { return 100.0; })(folder);
      write_text(folder + "/enterprises.csv", list_with_bases(bases));
    }));
    return testing::internal::GetCapturedStderr();
  };
  if (Communicator::world().rank() != 0) {  // runs together, and says nothing
    warnings_of(hilly, {"151", "149", "", "49"});
    warnings_of(sound_plume_case, {"", "100", "", ""});
    return;
  }
  const std::string far = warnings_of(hilly, {"151", "149", "", "49"});
  EXPECT_NE(far.find("enterprises.csv:2: base_elevation_m is 151, but the map of terrain has 100 m there"),
            std::string::npos)
      << far;
  EXPECT_NE(far.find("enterprises.csv:5: base_elevation_m is 49"), std::string::npos) << far;
  EXPECT_EQ(far.find("enterprises.csv:3"), std::string::npos) << far;
  const std::string flat = warnings_of(sound_plume_case, {"", "100", "", ""});
  EXPECT_NE(flat.find("enterprises.csv:3: base_elevation_m counts for nothing"), std::string::npos) << flat;
}

TEST(SteadyTerrain, BringsTheStablePlumesOfHighStacksOntoHills) {
  // A ridge of 200 m east of the stacks, downwind, as high as their plumes.
  const auto ridge = [](double x, double) { return 200.0 * std::exp(-std::pow((x - 120.35) / 0.02, 2)); };
  const Ran flat = run_of(sound_plume_case, {}, night()), high = run_of(hilly, ground(ridge), night());
  const auto highest_of_power_station = [](const Ran& ran) {
    const auto begin = ran.map.at("SO2_by_source").begin();
    return *std::max_element(begin, begin + static_cast<std::ptrdiff_t>(ran.map.at("SO2").size()));
  };
  EXPECT_GT(highest_of_power_station(high), 2.0 * highest_of_power_station(flat));
}

// --- buildings ---

const std::string built = with(sound_plume_case, "[plume]", "buildings = [\"buildings.csv\"]\n\n[plume]");

TEST(SteadyBuildings, OfNoSizeChangeNoBit) {
  const Ran bare = run_of(sound_plume_case),
            zero = run_of(built, [](const std::string&folder) {
              write_text(folder + "/buildings.csv", made_buildings("E2", 0.0, 0.0, 0.0));
            });
  EXPECT_EQ(bare.map.at("SO2_by_source"), zero.map.at("SO2_by_source"));
}

TEST(SteadyBuildings, ChangeThePlumesOfTheirEnterpriseAlone) {
  // By how much: DeckAgreement.
  const Ran bare = run_of(sound_plume_case),
            near = run_of(built, [](const std::string&folder) {
              write_text(folder + "/buildings.csv", made_buildings("E2", 40.0, 60.0, 60.0));
            });
  const std::size_t receptors = bare.map.at("SO2").size();
  const auto of_source = [&](const Ran& ran, std::size_t n) {
    const auto begin = ran.map.at("SO2_by_source").begin() + static_cast<std::ptrdiff_t>(n * receptors);
    return std::vector<double>(begin, begin + static_cast<std::ptrdiff_t>(receptors));
  };
  for (const std::size_t other : {0U, 2U}) EXPECT_EQ(of_source(bare, other), of_source(near, other));
  EXPECT_NE(of_source(bare, 1), of_source(near, 1));
}

TEST(SteadyBuildings, AreTheSameFromGeoJson) {
  const Ran csv = run_of(built,
                         [](const std::string&folder) {
                           write_text(folder + "/buildings.csv", made_buildings("E2", 40.0, 60.0, 60.0));
                         }),
            json = run_of(with(built, "buildings.csv", "buildings.geojson"), [](const std::string&folder) {
              write_text(folder + "/buildings.geojson", made_building_feature("E2", 40.0, 60.0, 60.0));
            });
  EXPECT_EQ(csv.map.at("SO2_by_source"), json.map.at("SO2_by_source"));
}

// --- deposition ---

const std::string gas =
    "[[deposition.gases]]\npollutant = \"SO2\"\ndiffusivity_air_cm2_s = 0.12\n"
    "diffusivity_water_cm2_s = 1.8e-5\ncuticular_resistance_s_cm = 0.73\nhenry_pa_m3_mol = 72.9\n";
const std::string surface =
    "seasons = [\"frost\", \"frost\", \"spring\", \"spring\", \"spring\", \"summer\", \"summer\", "
    "\"summer\", "
    "\"autumn\", \"autumn\", \"frost\", \"frost\"]\nland_use = [\"fields\"]\n";

std::string falling(const std::string& keys, const std::string& tables = gas) {
  return with(sound_plume_case, "[receptors]", "[deposition]\n" + keys + surface + tables + "\n[receptors]");
}

TinyWrf rain(double mm_h) {
  TinyWrf wrf = weather_of_plume_case();
  wrf.rain_mm_h = mm_h;
  return wrf;
}

TEST(SteadyDeposition, LeavesTheAirAsItIsWithoutDepletion) {
  const Ran none = run_of(sound_plume_case),
            kept = run_of(falling("dry_depletion = false\nwet_depletion = false\n"), {}, rain(2.0));
  expect_near(none.mean.at("SO2"), kept.mean.at("SO2"), 1.0e-6);
  EXPECT_EQ(none.mean.at("NO2"), kept.mean.at("NO2")) << "another pollutant";
  EXPECT_GT(sum_of(kept.mean.at("SO2_wet_deposition")), 0.0);
}

TEST(SteadyDeposition, TakesOutOfTheAirWhatFalls) {
  const Ran none = run_of(sound_plume_case, {}, rain(2.0)), less = run_of(falling(""), {}, rain(2.0));
  const auto &all = none.mean.at("SO2"), &left = less.mean.at("SO2");
  for (std::size_t n = 0; n < all.size(); ++n) EXPECT_LE(left[n], all[n] * (1.0 + 1.0e-6)) << n;
  // Some 5 mm/s for the half hour on the way, out of air mixed to 1000 m: a hundredth, give or take.
  EXPECT_LT(sum_of(left), 0.999 * sum_of(all));
  EXPECT_GT(sum_of(left), 0.9 * sum_of(all));
}

TEST(SteadyDeposition, FallsWithAVelocityOfGasesAndWetOnlyInRain) {
  const Ran dry = run_of(falling(""));
  const auto &air = dry.hourly.at("SO2"), &fallen = dry.hourly.at("SO2_dry_deposition");
  ASSERT_EQ(air.size(), fallen.size());
  const double largest = *std::ranges::max_element(air);
  std::size_t counted = 0;
  for (std::size_t n = 0; n < air.size(); ++n) {
    if (air[n] < 1.0e-3 * largest) continue;
    // mg m-2 an hour over ug m-3 times 3600 s: SO2 falls with some millimetres a second on fields (Wesely &
    // Hicks 2000, Atmos. Environ. 34, 2261).
    const double velocity_m_s = 1.0e3 * fallen[n] / (3600.0 * air[n]);
    EXPECT_GT(velocity_m_s, 5.0e-4);
    EXPECT_LT(velocity_m_s, 3.0e-2);
    ++counted;
  }
  EXPECT_GT(counted, 0U);
  EXPECT_EQ(sum_of(dry.hourly.at("SO2_wet_deposition")), 0.0);
}

TEST(SteadyDeposition, TellsOfAPeriodTheSumOfItsHours) {
  const Ran ran = run_of(falling(""), {}, rain(2.0));
  constexpr std::size_t sources = 3, hours = 3, points = 3;
  for (const char* name : {"SO2_dry_deposition", "SO2_wet_deposition"}) {
    const auto &hourly = ran.hourly.at(name), &sum = ran.mean.at(name);
    for (std::size_t s = 0; s < sources; ++s)
      for (std::size_t p = 0; p < points; ++p) {
        double all = 0.0;
        for (std::size_t h = 0; h < hours; ++h) all += hourly[(s * hours + h) * points + p];
        EXPECT_NEAR(sum[s * points + p], all, 1.0e-6 * std::max(all, 1.0e-12)) << name;
      }
  }
}

const std::string dust =
    "[[deposition.particles]]\npollutant = \"PM10\"\ndiameters_um = [2.5, 8.0]\nmass_shares = [0.4, 0.6]\n"
    "densities_g_cm3 = [1.5, 2.0]\n[[deposition.particle_means]]\npollutant = \"PM25\"\nfine_share = 0.9\n"
    "mean_diameter_um = 0.8\n";

TEST(SteadyDeposition, RanksWhatFallsOfParticlesBesideWhatIsInTheAir) {
  const std::string text = with(falling("", dust), R"(["SO2", "NO2"])", R"(["PM10", "PM25", "SO2"])");
  const Ran ran = run_of(
      text,
      [](const std::string& folder) {
        std::string list = with(sound_plume_enterprises, "NOx_t_yr,SO2_t_yr", "PM10_t_yr,PM25_t_yr,SO2_t_yr");
        for (const auto& [old, fresh] : std::map<std::string, std::string>{{"9000,3000", "900,400,3000"},
                                                                           {"5000,2000", "800,300,2000"},
                                                                           {"500,200", "50,20,200"},
                                                                           {"100,80", "10,5,80"}})
          list = with(list, fmt::format(",{}\n", old), fmt::format(",{}\n", fresh));
        write_text(folder + "/enterprises.csv", list);
      },
      rain(1.0));
  const CsvTable table = CsvTable::parse("ranking.csv", ran.table);
  Problems problems;
  const auto number = [&](std::size_t row, const char* column) {
    return table.number(row, table.required_column(column), problems);
  };
  double dry_mg_m2 = 0.0;
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const bool falls = table.cell(row, table.required_column("pollutant")) != "SO2";
    EXPECT_EQ(number(row, "dry_deposition_mg_m2").has_value(), falls);
    if (!falls) continue;
    EXPECT_GT(*number(row, "wet_deposition_mg_m2"), 0.0);
    dry_mg_m2 += *number(row, "dry_deposition_mg_m2");
  }
  EXPECT_GT(dry_mg_m2, 0.0);
  // Coarse dust falls faster than fine: more of it for what is in the air.
  const auto velocity = [&](const std::string& pollutant) {
    return sum_of(ran.mean.at(pollutant + "_dry_deposition")) / sum_of(ran.mean.at(pollutant));
  };
  EXPECT_GT(velocity("PM10"), velocity("PM25"));
  const nlohmann::json page = nlohmann::json::parse(ran.json);
  ASSERT_EQ(page.at("contributions").size(), table.rows());
  for (std::size_t row = 0; row < table.rows(); ++row) {
    const auto& entry = page.at("contributions").at(row);
    EXPECT_EQ(entry.at("source"), table.cell(row, table.required_column("source")));
    EXPECT_NEAR(entry.at("mean_ug_m3").get<double>(), *number(row, "mean_ug_m3"),
                1.0e-5 * entry.at("mean_ug_m3").get<double>());
    EXPECT_NEAR(entry.at("receptor_ug_m3").at("East").get<double>(), *number(row, "at_East_ug_m3"),
                1.0e-5 * entry.at("receptor_ug_m3").at("East").get<double>() + 1.0e-30);
    EXPECT_EQ(entry.contains("dry_deposition_mg_m2"), entry.at("pollutant") != "SO2");
  }
  EXPECT_EQ(page.at("case"), "plume");
  EXPECT_NE(page.at("note").get<std::string>().find("deposition of PM10, PM25"), std::string::npos);
}

TEST(SteadyGround, GivesTheSameBitsOnAnyRanksAndThreads) {
  const std::string text = with(falling(""), "[receptors]", "[terrain]\nfile = \"dem.nc\"\n\n[receptors]");
  const auto hills =
      ground([](double x, double y) { return 300.0 * (1.0 + std::sin(60.0 * x) * std::cos(80.0 * y)); });
  const Communicator world = Communicator::world(), alone = world.split(world.rank());
  const Ran together = run_of(text, hills, rain(1.0), world);
  omp_set_num_threads(2);
  const Ran threaded = run_of(text, hills, rain(1.0), world);
  omp_set_num_threads(1);
  const Ran single = run_of(text, hills, rain(1.0), alone);
  for (const Ran* other : {&together, &threaded}) {
    EXPECT_EQ(single.map, other->map);
    EXPECT_EQ(single.hourly, other->hourly);
    EXPECT_EQ(single.json, other->json);
  }
}

}  // namespace

}  // namespace lantian::steady
