#include "support/shared_folder.hpp"
#include "unit/steady/run_of_case.hpp"

#include "lantian/io/csv_table.hpp"
#include "lantian/io/netcdf_file.hpp"
#include "lantian/io/text_file.hpp"

#include <fmt/format.h>
#include <gtest/gtest.h>
#include <omp.h>

#include <algorithm>
#include <cmath>
#include <filesystem>
#include <map>
#include <numeric>

namespace lantian::steady {

namespace {

using Files = std::map<std::string, std::string>;  // name, content

/// All files of the results; `look` sees them.
Files files_of_run(const std::string& text, const Communicator& ranks, const FolderUse& look = {}) {
  Files files;
  run_made_case(text, weather_of_plume_case(), ranks, {}, [&](const std::string& results) {
    for (const auto& entry : std::filesystem::directory_iterator(results))
      files[entry.path().filename().string()] = read_text_file(entry.path().string());
    if (look) look(results);
  });
  return files;
}

/// All numbers of a netCDF file's variables, in order of their names.
std::vector<double> numbers_in(const std::string& path, const std::string& variable) {
  return NetcdfReader(path).read(variable);
}

std::map<std::string, std::vector<double>> values_of_run(const std::string& text, const Communicator& ranks) {
  std::map<std::string, std::vector<double>> values;
  files_of_run(text, ranks, [&](const std::string& results) {
    for (const char* file : {"hourly.nc", "contribution.nc", "receptors.nc"})
      for (const char* name : {"SO2", "NO2"})
        values[std::string(file) + name] = numbers_in(results + "/" + file, name);
    for (const char* name : {"SO2", "NO2_by_source", "NO2_highest_hour"})
      values[std::string("map") + name] = numbers_in(results + "/map_town.nc", name);
  });
  return values;
}

TEST(SteadyCase, GivesTheSameBitsOnAnyRanksAndThreads) {
  const Communicator world = Communicator::world(), alone = world.split(world.rank());
  const std::string text = with(sound_plume_case, "[weather]", "hourly = \"all\"\n\n[weather]");
  const auto together = values_of_run(text, world);
  omp_set_num_threads(2);
  const auto threaded = values_of_run(text, world);
  omp_set_num_threads(1);
  const auto single = values_of_run(text, alone);
  for (const auto& [name, values] : single) {
    EXPECT_EQ(values, together.at(name)) << name;
    EXPECT_EQ(values, threaded.at(name)) << name;
    EXPECT_GT(*std::ranges::max_element(values), 0.0) << name;
  }
}

TEST(SteadyCase, NamesItsFiles) {
  const Files files = files_of_run(sound_plume_case, Communicator::world());
  std::vector<std::string> names;
  for (const auto& [name, content] : files) names.push_back(name);
  EXPECT_EQ(names, (std::vector<std::string>{"contribution.nc", "hourly.nc", "map_town.nc", "ranking.csv",
                                             "ranking.json", "ranking.md", "receptors.nc"}));
}

TEST(SteadyCase, TellsMeansThatAreThoseOfItsHours) {
  files_of_run(sound_plume_case, Communicator::world(), [](const std::string& results) {
    constexpr std::size_t sources = 3, hours = 3, points = 3;
    const std::vector<double> hourly = numbers_in(results + "/hourly.nc", "NO2"),
                              mean = numbers_in(results + "/contribution.nc", "NO2"),
                              total = numbers_in(results + "/receptors.nc", "NO2");
    ASSERT_EQ(hourly.size(), sources * hours * points);
    ASSERT_EQ(mean.size(), sources * points);
    const double largest = *std::ranges::max_element(hourly);
    const double rounding = 4.0 * 6.0e-8 * largest;  // a few sums of numbers in single precision
    for (std::size_t s = 0; s < sources; ++s)
      for (std::size_t p = 0; p < points; ++p) {
        double sum = 0.0;
        for (std::size_t h = 0; h < hours; ++h) sum += hourly[(s * hours + h) * points + p];
        EXPECT_NEAR(mean[s * points + p], sum / hours, rounding);
      }
    for (std::size_t h = 0; h < hours; ++h)
      for (std::size_t p = 0; p < points; ++p) {
        double sum = 0.0;
        for (std::size_t s = 0; s < sources; ++s) sum += hourly[(s * hours + h) * points + p];
        EXPECT_NEAR(total[h * points + p], sum, rounding);
      }
  });
}

TEST(SteadyCase, WritesFiveBytesAValueAtMost) {
  std::string text = with(sound_plume_case, "[weather]", "hourly = \"all\"\n\n[weather]");
  text = with(with(text, "columns = 21", "columns = 121"), "rows = 17", "rows = 101");
  text = with(text, "spacing_m = 500.0", "spacing_m = 100.0");
  const Files files = files_of_run(text, Communicator::world());
  constexpr std::size_t sources = 3, hours = 3, pollutants = 2, columns = 121, rows = 101,
                        receptors = columns * rows;
  EXPECT_LE(files.at("hourly_town.nc").size(), 5 * sources * hours * receptors * pollutants);
  constexpr std::size_t places =
      3 * sizeof(double) * receptors;  // longitudes, latitudes and what else tells of each
  EXPECT_LE(files.at("map_town.nc").size(), 5 * (sources + 2) * receptors * pollutants + places);
}

TEST(SteadyCase, KeepsNitrogenDioxideBetweenTheRatiosOfArm2) {
  std::vector<double> nox, no2;
  files_of_run(with(sound_plume_case, R"(["SO2", "NO2"])", R"(["NOx", "NO2"])"), Communicator::world(),
               [&](const std::string& results) {
                 nox = numbers_in(results + "/hourly.nc", "NOx");
                 no2 = numbers_in(results + "/hourly.nc", "NO2");
               });
  ASSERT_EQ(nox.size(), no2.size());
  for (std::size_t n = 0; n < nox.size(); ++n) {
    EXPECT_LE(no2[n], 0.9 * nox[n] * (1.0 + 1.0e-6));  // single precision
    EXPECT_GE(no2[n], 0.5 * nox[n] * (1.0 - 1.0e-6));
  }
}

TEST(SteadyCase, LimitsNitrogenDioxideByTheOzoneOfEachHour) {
  const std::string text =
      with(sound_plume_case, R"(pollutants = ["SO2", "NO2"])",
           "pollutants = [\"NOx\", \"NO2\"]\nno2_method = \"olm\"\nno2_stack_ratio = 0.1\n"
           "ozone_file = \"ozone.csv\"\nozone_ug_m3 = 20");
  constexpr std::size_t sources = 3, hours = 3, points = 3;
  constexpr double ozone[hours] = {0.0, 20.0, 500.0};  // the second one fills a gap
  run_made_case(
      text, weather_of_plume_case(), Communicator::world(),
      [](const std::string& folder) {
        write_text(folder + "/ozone.csv",
                   "time_utc,ozone_ug_m3\n2020-03-30T03:00:00Z,0\n2020-03-30T04:00:00Z,\n"
                   "2020-03-30T05:00:00Z,500\n");
      },
      [&](const std::string& results) {
        const std::vector<double> nox = numbers_in(results + "/hourly.nc", "NOx"),
                                  no2 = numbers_in(results + "/hourly.nc", "NO2");
        for (std::size_t at = 0; at < hours * points; ++at) {
          double all_nox = 0.0, all_no2 = 0.0;
          for (std::size_t s = 0; s < sources; ++s) {
            all_nox += nox[s * hours * points + at];
            all_no2 += no2[s * hours * points + at];
          }
          const double formed = 46.0 / 48.0 * ozone[at / points];
          const double expected = std::min({0.9 * all_nox, 0.1 * all_nox + formed});
          EXPECT_NEAR(all_no2, expected, 2.0e-6 * all_nox) << at;  // single precision
        }
        EXPECT_NE(read_text_file(results + "/ranking.md").find("除 OLM 法的 NO2"), std::string::npos);
      });
}

TEST(SteadyCase, RanksByWhatReachesThePoints) {
  const Files files = files_of_run(sound_plume_case, Communicator::world());
  const CsvTable table = CsvTable::parse("ranking.csv", files.at("ranking.csv"));
  ASSERT_EQ(table.rows(), 6U);  // two pollutants, three enterprises
  Problems problems;
  const auto number = [&](std::size_t row, const char* column) {
    return table.number(row, table.required_column(column), problems).value_or(-1.0);
  };
  double share = 0.0;
  for (std::size_t row = 0; row < 3; ++row) {
    EXPECT_EQ(table.cell(row, table.required_column("pollutant")), "SO2");
    if (row > 0) {
      EXPECT_LE(number(row, "mean_ug_m3"), number(row - 1, "mean_ug_m3"));
    }
    const double mean =
        (number(row, "at_East_ug_m3") + number(row, "at_North_ug_m3") + number(row, "at_Coast_ug_m3")) / 3.0;
    EXPECT_NEAR(number(row, "mean_ug_m3"), mean, 1.0e-5 * mean);  // six digits are written of each
    share += number(row, "share_pct");
  }
  EXPECT_NEAR(share, 100.0, 1.0e-3);
  EXPECT_TRUE(problems.empty());
}

TEST(SteadyCase, CountsNothingBeyondItsReach) {
  const std::string near = with(sound_plume_case, "pollutants =", "reach_km = 8\npollutants =");
  const auto far_values = values_of_run(sound_plume_case, Communicator::world()),
             near_values = values_of_run(near, Communicator::world());
  const auto& far = far_values.at("mapSO2");
  const auto& cut = near_values.at("mapSO2");
  const auto zeros = [](const auto& values) {
    return std::ranges::count(values.at("mapNO2_by_source"), 0.0);
  };
  EXPECT_GT(zeros(near_values), zeros(far_values));
  for (std::size_t n = 0; n < far.size(); ++n) EXPECT_LE(cut[n], far[n]);
}

TEST(SteadyCase, TellsDistrictsByTheMeanOfPointsInThem) {
  // A district of one point every 500 m, the receptor of a grid there, and one that holds no point.
  const SharedFolder folder;
  const Communicator world = Communicator::world();
  const Projection utm_51("+proj=utm +zone=51 +datum=WGS84 +units=m +no_defs");
  const ProjectedPoint near = utm_51.forward({120.30, 36.22});
  // Points lie in the middles of cells whose corners are multiples of the spacing.
  const ProjectedPoint middle{500.0 * std::floor(near.x_m / 500.0) + 250.0,
                              500.0 * std::floor(near.y_m / 500.0) + 250.0};
  const LonLat at = utm_51.inverse(middle);
  const auto square = [&](const char* name, double half_deg, double east_deg) {
    const double w = at.longitude_deg + east_deg - half_deg, e = w + 2.0 * half_deg,
                 s = at.latitude_deg - half_deg, n = s + 2.0 * half_deg;
    return fmt::format(
        R"({{"type":"Feature","properties":{{"name":"{}"}},"geometry":{{"type":"Polygon","coordinates":[[[{:.8f},{:.8f}],[{:.8f},{:.8f}],[{:.8f},{:.8f}],[{:.8f},{:.8f}],[{:.8f},{:.8f}]]]}}}})",
        name, w, s, e, s, e, n, w, n, w, s);
  };
  if (world.rank() == 0) {
    std::string text = with(sound_plume_case, "file = \"receptors.csv\"",
                            "districts = \"districts.geojson\"\ndistrict_spacing_m = 500.0");
    text = with(with(text, "columns = 21", "columns = 1"), "rows = 17", "rows = 1");
    text = with(with(text, "120.30\n", fmt::format("{:.10f}\n", at.longitude_deg)), "36.20\n",
                fmt::format("{:.10f}\n", at.latitude_deg));
    write_made_plume_case(folder.path(), text);
    write_text(folder.file("districts.geojson"), R"({"type":"FeatureCollection","features":[)" +
                                                     square("Town", 0.001, 0.0) + "," +
                                                     square("Empty", 0.0005, 0.0028) + "]}");
  }
  world.barrier();
  PlumeCase configuration = read_plume_case(folder.file("plume.toml"));
  configuration.output.directory = folder.file("results");
  SteadyInputs inputs(configuration, world);
  run_steady_case(inputs, "LANTIAN test", world);
  world.barrier();
  const NetcdfReader told(folder.file("results/contribution.nc"));
  EXPECT_EQ(told.read_texts("receptor_name"), std::vector<std::string>{"Town"});
  EXPECT_EQ(told.read("is_district"), std::vector<double>{1.0});
  const std::vector<double> of_district = told.read("SO2"),
                            of_grid = numbers_in(folder.file("results/map_town.nc"), "SO2_by_source");
  ASSERT_EQ(of_district.size(), of_grid.size());
  // The case's degrees have ten digits, 1e-5 m.
  for (std::size_t n = 0; n < of_grid.size(); ++n)
    EXPECT_NEAR(of_district[n], of_grid[n], 1.0e-6 * of_grid[n]);
  const CsvTable ranking = CsvTable::read(folder.file("results/ranking.csv"));
  EXPECT_TRUE(ranking.column("at_Town_ug_m3")) << "without points districts rank the sources";
}

TEST(SteadyCase, FollowsTheCourseOfItsSources) {
  // A profile that rests in one of the hours, 02 to 03 UTC, leaves it without a contribution.
  std::vector<double> total;
  run_made_case(
      with(sound_plume_case, "[plume]", "temporal_profiles = \"courses.csv\"\n\n[plume]"),
      weather_of_plume_case(), Communicator::world(),
      [](const std::string& folder) {
        write_text(folder + "/courses.csv",
                   "id,kind,values\ndefault,hour,1 1 1 1 1 1 1 1 1 1 0 1 1 1 1 1 1 1 1 1 1 1 1 1\n");
      },
      [&](const std::string& results) { total = numbers_in(results + "/receptors.nc", "SO2"); });
  const double first = std::accumulate(total.begin(), total.begin() + 3, 0.0),
               second = std::accumulate(total.begin() + 3, total.begin() + 6, 0.0);
  EXPECT_EQ(first, 0.0);  // 10 to 11 h local
  EXPECT_GT(second, 0.0);
}

}  // namespace

}  // namespace lantian::steady
