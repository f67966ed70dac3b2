#include "start.hpp"

#include <filesystem>

namespace lantian {

namespace {

/// A ranking of the start's sources that is sound but for what `settings` lay over it.
std::function<void(Start&)> ranking_with(const std::vector<std::string>& settings) {
  return [=](Start& start) {
    start.weather.records = 11;
    start.arguments = {"rank", "case.toml", "--check"};
    std::vector<std::string> all = {"chemistry.mechanism=grs", "run.end=2020-03-30T20:00:00Z",
                                    R"(boundary.air=[{kind="constant", values_ppb={O3=40.0}}])"};
    all.insert(all.end(), settings.begin(), settings.end());
    for (const std::string& one : all) start.arguments.insert(start.arguments.end(), {"--set", one});
  };
}

std::function<void(Start&)> evaluation_with(const std::vector<std::string>& more) {
  return [=](Start& start) {
    start.arguments = {"evaluate", "--model", "receptors.nc", "--observations", "stations.csv"};
    start.arguments.insert(start.arguments.end(), more.begin(), more.end());
  };
}

std::function<void(Start&)> with_arguments(const std::vector<std::string>& arguments) {
  return [=](Start& start) { start.arguments = arguments; };
}

std::vector<Row> ranking_rows() {
  return {
      {"RankingOfAShortRunWithoutFineParticles", with_arguments({"rank", "case.toml", "--check"}), 65,
       "chemistry.mechanism: \"nox_o3\" gives no PM25; a ranking needs PM2.5 and O3, which \"grs\" has\n"
       "run.end: 2 h are reported; the daily maximum 8-h mean of O3 needs at least 8 h, better whole local "
       "days"},
      {"RankingWithoutEmission", ranking_with({"emissions.enabled=false"}), 65,
       "emissions.enabled: is false; a ranking of sources needs their emission"},
      {"RankingOfWhatNobodyEmits", ranking_with({"ranking.pollutants=[\"NH3\"]"}), 65,
       "ranking: no group emits any of NH3 in the hours of the run; there is nothing to cut"},
      {"RankingOfNoPollutant", ranking_with({"ranking.pollutants=[]"}), 65,
       "ranking.pollutants: is empty; at least one of VOC, NOx, SO2, NH3, PM, CO is needed"},
      {"RankingByEnterprisesWithoutAList",
       ranking_with({"ranking.by=enterprise", "emissions.enterprises=[]"}), 65,
       "ranking.by: \"enterprise\" finds no enterprise inside the grid; emissions.enterprises names the "
       "lists "
       "of enterprises"},
      {"GroupOfAnUnknownSector",
       ranking_with({R"(ranking.group=[{name="cars", sectors=["raod"], districts=["\u5e02\u5357"]}])"}), 65,
       "ranking.group \"cars\": the emissions have no sector \"raod\"; known are road, power, "
       "industry_combustion. Did you mean \"road\"?\n"
       "ranking.group \"cars\": the emissions have no district \"\u5e02\u5357\"; known are Shibei, Licang."},
      {"GroupWithTheNameOfASector", ranking_with({R"(ranking.group=[{name="road", sectors=["power"]}])"}), 65,
       "ranking.group \"road\": ranking.by makes a group of that name too; give it another name, or set "
       "ranking.by = \"groups\""},
      {"CityOfAnUnknownDistrict", ranking_with({"ranking.city_districts=[\"Licangg\"]"}), 65,
       "ranking.city_districts: the emissions have no district \"Licangg\"; known are Shibei, Licang. Did "
       "you "
       "mean \"Licang\"?"},
      {"RankingInAFolderThatCannotBeMade",
       [](Start& start) {
         ranking_with({"output.directory=case.toml/x"})(start);
         std::erase(start.arguments, "--check");
       },
       74, "case.toml/x: cannot create the folder: Not a directory; choose another output.directory"},
  };
}

std::vector<Row> evaluation_rows() {
  return {
      {"EvaluationWithoutAModel", evaluation_with({}), 69, "receptors.nc: there is no such file"},
      {"EvaluationOfTwoModels", evaluation_with({"--model", "wrfout.nc"}), 64,
       "--model: At Most 1 required but received 2. lantian --help shows what is known"},
      {"EvaluationAgainstWeather",
       with_arguments({"evaluate", "--model", "wrfout.nc", "--observations", "stations.csv"}), 65,
       "wrfout.nc: is no receptors.nc of a run: it holds no station_name and time"},
      {"EvaluationOfHoursThatRunBackwards",
       evaluation_with({"--hours", "2020-03-31T00:00:00Z/2020-03-30T00:00:00Z"}), 64,
       "--hours 2020-03-31T00:00:00Z/2020-03-30T00:00:00Z: its end does not lie after its beginning"},
      {"EvaluationOfHoursWithoutAnEnd", evaluation_with({"--hours", "2020-03-31T00:00:00Z"}), 64,
       "--hours 2020-03-31T00:00:00Z: is no FROM/TO, as 2020-03-30T16:00:00Z/2020-04-05T16:00:00Z is"},
  };
}

std::vector<Row> info_rows() {
  const auto info_on = [](const std::string& file, const std::string& text) {
    return [=](Start& start) {
      start.arguments = {"info", file};
      start.after_writing = [=](const std::string& folder) { write_text(folder + "/" + file, text); };
    };
  };
  return {
      {"InfoOnGeoJsonThatIsNoCollection", info_on("road.geojson", R"({"type": "LineString"})"), 65,
       "road.geojson: its type is \"LineString\"; a GeoJSON FeatureCollection is needed"},
      {"InfoOnGeoJsonWithoutAFeature", info_on("none", R"({"type": "FeatureCollection", "features": []})"),
       65, "none: holds no feature"},
      {"InfoOnGeoJsonThatIsNotThere", with_arguments({"info", "roads.geojson"}), 69,
       "roads.geojson: there is no such file, or it cannot be read"},
  };
}

std::vector<Row> unreadable_list_rows() {
  return {
      {"CaseThatIsAFolder", with_arguments({"run", "."}), 65, ".: is a folder; a TOML file is needed"},
      {"ListThatIsAFolder",
       [](Start& start) {
         start.case_text = with(start.case_text, "\"receptors.csv\"", "\"list\"");
         start.after_writing = [](const std::string& folder) {
           std::filesystem::create_directory(folder + "/list");
         };
       },
       65, "list: is a folder; a CSV file is needed"},
      {"ListThatIsEmpty", [](Start& start) { start.enterprises.clear(); }, 65,
       "enterprises.csv: is empty; a header line is needed"},
      {"ListWithANulByte", [](Start& start) { start.enterprises[14] = '\0'; }, 65,
       "enterprises.csv: holds a NUL byte (byte 15); it is no text, save it as \"CSV UTF-8\""},
      {"RateThatIsInfinite", replaced(&Start::enterprises, ",900,", ",inf,"), 65,
       "enterprises.csv:2: NOx_t_yr: \"inf\" is no number"},
  };
}

}  // namespace

std::vector<Row> command_rows() {
  return joined({ranking_rows(), evaluation_rows(), info_rows(), unreadable_list_rows()});
}

}  // namespace lantian
