// Whole programs beside each other: a ranking's base run and a plain run, two runs in one folder.
#include "start.hpp"
#include "support/child_process.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/base/text.hpp"
#include "lantian/io/csv_table.hpp"
#include "lantian/io/folder_lock.hpp"
#include "lantian/io/netcdf_file.hpp"

#include <gtest/gtest.h>
#include <nlohmann/json.hpp>

#include <cmath>
#include <filesystem>
#include <fstream>

namespace lantian {
namespace {

/// Eight hours of a small city with one group of sources.
struct SmallCity {
  Start start;
  TemporaryFolder folder, log;

  SmallCity() {
    ::setenv("OMPI_MCA_btl", "self,vader", 0);
    ::setenv("OMP_NUM_THREADS", "1", 0);
    start.weather.records = 11;
    start.receptors = "name,longitude,latitude\n市南,120.32,36.18\n\"Port, east\",120.34,36.22\n";
    start.write(folder.path());
  }
  ChildResult run(const std::string& command, const std::string& directory,
                  const std::vector<std::string>& further = {}) const {
    std::vector<std::string> words = {LANTIAN_PROGRAM, command, "case.toml"};
    for (
        const char* setting :
        {"chemistry.mechanism=grs", "grid.window=[2,1,8,8]", "run.spin_up_h=0", "run.time_step_s=1800",
         "run.end=2020-03-30T20:00:00Z", "ranking.by=groups", "ranking.regime=false",
         R"(ranking.group=[{name="roads, all", sectors=["road"]}])", "ranking.pollutants=[\"NOx\"]",
         R"(boundary.air=[{kind="constant", values_ppb={O3=40.0, NO2=4.0, ROC=30.0}, values_ug_m3={PSO4=5.0}}])"})
      words.insert(words.end(), {"--set", setting});
    words.insert(words.end(), {"--set", "output.directory=" + directory});
    words.insert(words.end(), further.begin(), further.end());
    return run_child(words, folder.path(), log.path(), std::chrono::seconds(240));
  }
};

TEST(RankingProgram, HasAsBaseTheBitsAndTheMeansOfAPlainRun) {
  const SmallCity city;
  const ChildResult run = city.run("run", "输出 one"), rank = city.run("rank", "输出 two");
  ASSERT_EQ(run.exit_code, 0) << run.standard_error;
  ASSERT_EQ(rank.exit_code, 0) << rank.standard_error;
  const CsvTable hashes = CsvTable::read(city.folder.file("输出 one/state_hashes.csv"));
  const auto ranking = nlohmann::json::parse(std::ifstream(city.folder.file("输出 two/ranking.json")));
  EXPECT_EQ(ranking.at("base_state_hash").get<std::string>(),
            hashes.cell(hashes.rows() - 1, hashes.required_column("state_xxh64")));

  const NetcdfReader receptors(city.folder.file("输出 one/receptors.nc"));
  const std::vector<double> pm25 = receptors.read("PM25");  // [hour][receptor], single precision
  double sum = 0.0;
  for (std::size_t n = 0; n < pm25.size(); n += 2) sum += pm25[n];
  const double mean = sum / (0.5 * static_cast<double>(pm25.size()));
  EXPECT_NEAR(ranking.at("receptor_base_ug_m3").at("PM25").at("市南").get<double>(), mean, 1.0e-6 * mean);

  const CsvTable table = CsvTable::read(city.folder.file("输出 two/ranking.csv"));
  EXPECT_EQ(table.cell(0, table.required_column("group")), "roads, all");
  EXPECT_TRUE(table.column("change_at_Port, east_ug_m3"));
  EXPECT_NE(rank.standard_output.find("screening"), std::string::npos);
}

std::string content_of(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  return {std::istreambuf_iterator<char>(file), {}};
}

TEST(RankingProgram, MadeInPartsHasTheBytesOfOneMadeAtOnce) {
  const SmallCity city;
  const ChildResult whole = city.run("rank", "whole");
  ASSERT_EQ(whole.exit_code, 0) << whole.standard_error;
  for (const char* part : {"2/3", "1/3"}) {
    const ChildResult one = city.run("rank", "parts", {"--part", part});
    EXPECT_EQ(one.exit_code, 0) << one.standard_error;
    EXPECT_FALSE(std::filesystem::exists(city.folder.file("parts/ranking.json")));
  }
  std::filesystem::path damaged;
  for (const auto& entry : std::filesystem::directory_iterator(city.folder.file("parts/members")))
    if (entry.path().extension() == ".json") damaged = entry.path();
  std::string text = content_of(damaged.string());
  text[text.find("pm25_city") + 22] ^= 1;  // a digit of a result
  std::ofstream(damaged, std::ios::binary) << text;
  const ChildResult rest = city.run("rank", "parts", {"--resume"});
  EXPECT_EQ(rest.exit_code, 0) << rest.standard_error;
  EXPECT_NE(rest.standard_error.find("is damaged; the run "), std::string::npos) << rest.standard_error;
  EXPECT_NE(rest.standard_error.find(" runs are done already"), std::string::npos) << rest.standard_error;
  EXPECT_EQ(content_of(city.folder.file("parts/ranking.json")),
            content_of(city.folder.file("whole/ranking.json")));
  EXPECT_EQ(content_of(city.folder.file("parts/ranking.csv")),
            content_of(city.folder.file("whole/ranking.csv")));
  EXPECT_FALSE(std::filesystem::exists(city.folder.file("parts/members")));
}

TEST(BatchLog, HoldsOneJsonObjectALineWithTheFiguresOfHoursAndOfTheEnd) {
  const SmallCity city;
  const ChildResult run = city.run("run", "results", {"--log-json"});
  EXPECT_EQ(run.exit_code, 0);
  int hours = 0;
  for (const std::string& line : split(run.standard_error, '\n')) {
    if (line.empty()) continue;
    const auto object = nlohmann::json::parse(line, nullptr, false);
    ASSERT_TRUE(object.is_object()) << line;
    for (const char* key : {"time", "level", "message"}) EXPECT_TRUE(object.at(key).is_string()) << line;
    if (object.value("event", "") != "hour") continue;
    ++hours;
    EXPECT_EQ(object.at("hour").get<double>(), hours);
    EXPECT_GT(object.at("PM25_ug_m3").get<double>(), 0.0);
  }
  EXPECT_EQ(hours, 8);
  const ChildResult fault = city.run("run", "results", {"--log-json", "--set", "run.time_step_s=7"});
  EXPECT_EQ(fault.exit_code, 65);
  const auto end = nlohmann::json::parse(fault.standard_error, nullptr, false);
  ASSERT_TRUE(end.is_object()) << fault.standard_error;
  EXPECT_EQ(end.at("level"), "error");
  EXPECT_EQ(end.at("exit_code"), 65);
}

TEST(UnlimitedScheme, RunsToItsEndBesidePlumesAndItsBudgetCloses) {
  const SmallCity city;
  const ChildResult run = city.run(
      "run", "results",
      {"--set", "transport.limiter_background=unlimited", "--set", "transport.limiter_plume=unlimited"});
  ASSERT_EQ(run.exit_code, 0) << run.standard_error;
  const NetcdfReader history(city.folder.file("results/history.nc"));
  EXPECT_LE(history.number_attribute("", "budget_residual_species").value(), 1.0e-12);
  for (const char* species : {"O3", "NO2"})
    for (const double mean : history.read(species)) EXPECT_TRUE(std::isfinite(mean)) << species;
}

TEST(TwoRuns, InOneFolderAreKeptApart) {
  const SmallCity city;
  const FolderLock held(city.folder.file("results"));
  for (const char* command : {"run", "rank"}) {
    const ChildResult second = city.run(command, "results");
    EXPECT_EQ(second.exit_code, 73) << command;
    EXPECT_NE(second.standard_error.find("results: process "), std::string::npos) << second.standard_error;
    EXPECT_NE(second.standard_error.find("choose another output.directory"), std::string::npos);
  }
  EXPECT_FALSE(std::filesystem::exists(city.folder.file("results/history.nc")));
}

}  // namespace
}  // namespace lantian
