#include "start.hpp"
#include "support/made_ground.hpp"
#include "support/made_plume_case.hpp"

#include <cmath>

// Plume cases with one fault each.

namespace lantian {

namespace {

/// The start of `lantian plume`, for its check, with the case's text changed.
std::function<void(Start&)> check_of(const std::string& text) {
  return [=](Start& start) {
    start.arguments = {"plume", "plume.toml", "--check"};
    start.enterprises = sound_plume_enterprises;
    start.receptors = sound_plume_receptors;
    start.weather = weather_of_plume_case();
    start.after_writing = [=](const std::string& folder) { write_text(folder + "/plume.toml", text); };
  };
}

std::function<void(Start&)> plume_case(const std::string& old, const std::string& fresh) {
  return check_of(with(sound_plume_case, old, fresh));
}

std::function<void(Start&)> list(const std::string& old, const std::string& fresh) {
  return [=](Start& start) {
    check_of(sound_plume_case)(start);
    start.enterprises = with(start.enterprises, old, fresh);
  };
}

std::function<void(Start&)> points(const std::string& text) {
  return [=](Start& start) {
    check_of(with(sound_plume_case, sound_plume_case.substr(sound_plume_case.find("[[receptors.grid]]")),
                  ""))(start);
    start.receptors = text;
  };
}

std::function<void(Start&)> weather(const std::function<void(TinyWrf&)>& spoil) {
  return [=](Start& start) {
    check_of(sound_plume_case)(start);
    spoil(start.weather);
  };
}

std::vector<Row> key_rows() {
  return {
      {"PlumeCaseWithAnUnknownKey", plume_case("spacing_m = 500.0", "spacing = 500.0"), 65,
       "plume.toml:24: receptors.grid.0.spacing: there is no such key. Did you mean \"spacing_m\"?"},
      {"PlumeCaseWithAnUnknownTable", plume_case("[plume]", "[plumes]"), 65,
       "plume.toml:14: plumes: there is no such key. Did you mean \"plume\"?"},
      {"PlumeCaseWithAnUnknownPollutant", plume_case(R"("SO2", "NO2")", R"("SO2", "O3")"), 65,
       "plume.toml:15: plume.pollutants: \"O3\" is not known; known are SO2, NOx, NO2, PM25, PM10, CO, VOC, "
       "NH3. Did you mean \"SO2\"?"},
      {"PlumeCaseWithAPollutantTwice", plume_case(R"("SO2", "NO2")", R"("SO2", "SO2")"), 65,
       "plume.toml:15: plume.pollutants: \"SO2\" stands there twice"},
      {"PlumeCaseWithoutReceptors",
       check_of(with(with(sound_plume_case, "file = \"receptors.csv\"\n", ""),
                     sound_plume_case.substr(sound_plume_case.find("[[receptors.grid]]")), "")),
       65,
       "plume.toml: receptors: there is no receptor; name points (file), districts, or a [[receptors.grid]]"},
      {"PlumeCaseWithoutSources", plume_case("enterprises = [\"enterprises.csv\"]", ""), 65,
       "plume.toml: emissions: there is no source; name a list (enterprises), [[emissions.lines]] or "
       "[[emissions.areas]]"},
      {"PlumeCaseThatEndsBeforeItBegins", plume_case("2020-03-30T05:00:00Z", "2020-03-30T01:00:00Z"), 65,
       "plume.toml:3: run.end: 2020-03-30T01:00:00Z does not lie after run.start, 2020-03-30T02:00:00Z"},
      {"PlumeCaseWithAGridOfNoColumns", plume_case("columns = 21", "columns = 0"), 65,
       "plume.toml:25: receptors.grid.0.columns: 0 is out of range; allowed is 1 to 5000"},
      {"PlumeCaseWithAGridBeyondTheWeather", plume_case("spacing_m = 500.0", "spacing_m = 5000.0"), 65,
       "plume.toml: receptors.grid.0: 312 of the 21 x 17 receptors of \"town\" lie beyond the weather, whose "
       "middle is lon 120.32, lat 36.21; move the grid, or make it smaller"},
      {"PlumeCaseWithAnUnknownCityDistrict",
       plume_case("file = \"receptors.csv\"", "file = \"receptors.csv\"\ncity_districts = [\"Shibie\"]"), 65,
       "plume.toml: receptors.city_districts: no point and no district belongs to \"Shibie\"; known are "
       "Shibei, Licang, Huangdao. Did you mean \"Shibei\"?"},
      {"PlumeCaseWithoutItsList", plume_case("enterprises.csv", "enterprise.csv"), 69,
       "enterprise.csv: there is no such file, or it cannot be read"},
      {"PlumeCaseWithoutItsDistricts",
       plume_case("file = \"receptors.csv\"", "file = \"receptors.csv\"\ndistricts = \"districts.nc\""), 69,
       "districts.nc: there is no such file"},
      {"PlumeCaseWithAnOptionOfDecks",
       [](Start& start) {
         check_of(sound_plume_case)(start);
         start.arguments.emplace_back("--no-netcdf");
       },
       64, "--no-netcdf is for control decks; a plume case says output.hourly = \"none\""},
      {"PlumeCaseWithAreasAsInDecks",
       [](Start& start) {
         check_of(sound_plume_case)(start);
         start.arguments.emplace_back("--aermod-areas");
       },
       64, "--aermod-areas is for control decks; a plume case has areas and lines integrated"},
  };
}

std::vector<Row> source_rows_of_cases() {
  return {
      {"PlumeCaseWithAStackOf501Metres", list("36.20,120,5", "36.20,501,5"), 65,
       "enterprises.csv:2: height_m: 501 is out of range; allowed are 0 to 500 m; it looks like cm: divide "
       "by 100"},
      {"PlumeCaseWithAStackAboveTheHighestMountain",
       list(sound_plume_enterprises,
            "enterprise_id,longitude,latitude,sector,SO2_t_yr,base_elevation_m\n"
            "E1,120.28,36.20,power,300,12000\n"),
       65, "enterprises.csv:2: base_elevation_m: 12000 is out of range; allowed are -500 to 9000 m"},
      {"PlumeCaseWithANegativeDiameter", list("36.20,120,5", "36.20,120,-5"), 65,
       "enterprises.csv:2: diameter_m: -5 is out of range; allowed are 0.01 to 40 m"},
      {"PlumeCaseWithAColdGas", list("120,5,400,15", "120,5,127,15"), 65,
       "enterprises.csv:2: temperature_k: 127 is out of range; allowed are 260 to 2000 K; it looks like "
       "degrees Celsius: add 273.15, or name the column temperature_c"},
      {"PlumeCaseWithSwappedDegrees",
       [](Start& start) {
         check_of(sound_plume_case)(start);
         start.weather.centre_longitude_deg = start.weather.stand_longitude_deg = 88.0;
         for (const char* degrees : {"120.28", "120.25", "120.25", "120.40"})
           start.enterprises = with(start.enterprises, degrees, "88.00");
         start.enterprises = with(start.enterprises, "88.00,36.20", "36.20,88.00");
         start.receptors = "name,longitude,latitude\nEast,88.01,36.21\n";
         start.after_writing = [](const std::string& folder) {
           write_text(folder + "/plume.toml", with(sound_plume_case, "centre_longitude_deg = 120.30",
                                                   "centre_longitude_deg = 88.00"));
         };
       },
       65,
       "enterprises.csv:2: longitude 36.2 and latitude 88 seem to be swapped: turned round they lie in the "
       "weather's grid"},
      {"PlumeCaseWithAllSourcesBeyondTheWeather",
       [](Start& start) {
         check_of(with(sound_plume_case, "centre_longitude_deg = 120.30", "centre_longitude_deg = 121.00"))(
             start);
         start.weather.centre_longitude_deg = start.weather.stand_longitude_deg = 121.0;
         start.receptors = "name,longitude,latitude\nEast,121.01,36.21\n";
       },
       65,
       "plume.toml: all 4 sources that emit any of SO2, NOx lie beyond the weather, which spans about lon "
       "120.80 to 121.21, lat 36.06 to 36.34: E1, stack S1; E2, stack S1; E2, stack S2; E3, stack S1"},
      {"PlumeCaseWhoseSourcesEmitNothing", plume_case(R"("SO2", "NO2")", "\"CO\""), 65,
       "plume.toml: none of the 4 sources emits any of CO"},
      {"PlumeCaseWithAnUnknownCourse",
       [](Start& start) {
         check_of(sound_plume_case)(start);
         start.enterprises =
             "enterprise_id,longitude,latitude,sector,profile,SO2_t_yr\nE1,120.28,36.20,power,powr,3000\n";
       },
       65,
       "enterprises.csv:2: there is no temporal profile \"powr\"; known are agriculture, aviation, cooking, "
       "default, dust, industry, industry_combustion, industry_process, offroad_machines, "
       "petrol_evaporation, power, residential, road_diesel, road_petrol, shipping, solvent_use, "
       "straw_burning, transport, waste_people. Did you mean \"power\"?"},
  };
}

std::vector<Row> receptor_and_weather_rows() {
  return {
      {"PlumeCaseWithPointsBeyondTheWeather", points("name,longitude,latitude\nFar,130.0,36.2\n"), 65,
       "plume.toml: receptors: none lies in the weather's grid"},
      {"PlumeCaseWithAPointTwice", points("name,longitude,latitude\nA,120.3,36.2\nA,120.31,36.2\n"), 65,
       "receptors.csv:3: the name \"A\" stands there a second time; names must differ"},
      {"PlumeCaseWithAGapInTheWeather", weather([](TinyWrf& wrf) { wrf.missing_records = {3}; }), 65,
       "weather.files have no weather for 1 of 3 hours: 2020-03-30T04:00:00Z (they cover "
       "2020-03-30T03:00:00Z to 2020-03-30T05:00:00Z; an hour takes the air of the instant at its end, so "
       "that weather is needed every hour from one hour after run.start)"},
      {"PlumeCaseWithWeatherEveryThreeHours",
       weather([](TinyWrf& wrf) { wrf.interval_s = 10800, wrf.start = from_civil(2020, 3, 29, 23); }), 65,
       "weather.files have no weather for 2 of 3 hours: 2020-03-30T03:00:00Z, 2020-03-30T04:00:00Z (they "
       "cover 2020-03-30T02:00:00Z to 2020-03-30T05:00:00Z; an hour takes the air of the instant at its end, "
       "so that weather is needed every hour from one hour after run.start)"},
      {"PlumeCaseWithWeatherOfAnotherDay",
       weather([](TinyWrf& wrf) { wrf.start = from_civil(2021, 3, 30, 1); }), 65,
       "weather.files have no weather for 3 of 3 hours: 2020-03-30T03:00:00Z, 2020-03-30T04:00:00Z, "
       "2020-03-30T05:00:00Z (they cover 2021-03-30T01:00:00Z to 2021-03-30T01:00:00Z; an hour takes the air "
       "of the instant at its end, so that weather is needed every hour from one hour after run.start)"},
      {"PlumeCaseWithTimesThatRunBackwards", weather([](TinyWrf& wrf) { wrf.interval_s = -3600; }), 65,
       "wrfout.nc: Times: 2020-03-30T00:00:00Z (record 1) follows 2020-03-30T01:00:00Z; times must rise and "
       "none may come twice\nweather.files have no weather for 3 of 3 hours: 2020-03-30T03:00:00Z, "
       "2020-03-30T04:00:00Z, 2020-03-30T05:00:00Z (they cover 2020-03-30T01:00:00Z to 2020-03-30T01:00:00Z; "
       "an hour takes the air of the instant at its end, so that weather is needed every hour from one hour "
       "after run.start)"},
      {"PlumeCaseWithoutTheHumidity", weather([](TinyWrf& wrf) { wrf.without = {"QVAPOR"}; }), 65,
       "wrfout.nc: has no variable QVAPOR; it gives the humidity"},
      {"PlumeCaseWithoutLandUse", weather([](TinyWrf& wrf) { wrf.without = {"LU_INDEX"}; }), 65,
       "grid.land_use: the weather has no LU_INDEX, so the case must name the class of its cells; \"\" is "
       "none of water, ice, inland_lake, evergreen_needleleaf, evergreen_broadleaf, deciduous_needleleaf, "
       "deciduous_broadleaf, tropical_broadleaf, drought_deciduous, evergreen_broadleaf_shrub, "
       "deciduous_shrub, thorn_shrub, short_grass_forbs, long_grass, crops, rice, sugar, maize, cotton, "
       "irrigated_crops, urban, tundra, swamp, desert, mixed_wood, transitional_forest."},
      {"PlumeCaseWithAValueThatIsNoNumber", weather([](TinyWrf& wrf) {
         wrf.scaled["UST"] = {std::nan(""), 0.0};
       }),
       65,
       "wrfout.nc: 2020-03-30T03:00:00Z: UST holds no number at [j=3][i=4] (NaN or fill value); every cell "
       "needs one."},
      {"PlumeCaseWithCelsiusForKelvin", weather([](TinyWrf& wrf) {
         wrf.scaled["T2"] = {1.0, -273.15};
       }),
       65,
       "wrfout.nc: 2020-03-30T03:00:00Z: T2 is 16.9211 at [j=3][i=4]; expected 180 to 340 K (the field runs "
       "from 16.9211 to 16.9211). It looks like degrees Celsius: add 273.15."},
      {"PlumeCaseWithoutItsWeather", plume_case("wrfout.nc", "wrfout_d01_*"), 69,
       "weather.files: there is no file wrfout_d01_*"},
  };
}

/// The case on a map of heights, with a line of its text changed.
std::function<void(Start&)> terrain(const MadeGround& ground, const std::string& keys = "file = \"dem.nc\"") {
  return [=](Start& start) {
    check_of(with(sound_plume_case, "[receptors]", "[terrain]\n" + keys + "\n\n[receptors]"))(start);
    const auto write_case = start.after_writing;
    start.after_writing = [=](const std::string& folder) {
      write_case(folder);
      write_made_ground(folder + "/dem.nc", ground);
    };
  };
}

std::vector<Row> terrain_rows() {
  MadeGround elsewhere, small, gap, sound;
  elsewhere.west_deg = 20.0;
  small.west_deg = 120.30, small.columns = 5;
  gap.height = [](double x, double) { return x > 120.305 ? std::nan("") : 0.0; };
  const auto hill_below = [=](Start& start) {
    terrain(sound)(start);
    start.receptors =
        "name,longitude,latitude,district,elevation_m,hill_height_m\nEast,120.35,36.21,Shibei,120,80\n";
  };
  return {
      {"PlumeCaseWithAnUnknownKeyOfTheTerrain", terrain(sound, "file = \"dem.nc\"\nvariabel = \"z\""), 65,
       "plume.toml:19: terrain.variabel: there is no such key. Did you mean \"variable\"?"},
      {"PlumeCaseWithoutItsTerrain", terrain(sound, "file = \"height.nc\""), 69,
       "height.nc: there is no such file"},
      {"PlumeCaseWithATerrainWithoutHeights", terrain(sound, "file = \"dem.nc\"\nvariable = \"height\""), 65,
       "dem.nc: has no variable height; terrain.variable names the heights, and the file has lat, lon, "
       "terrain_m"},
      {"PlumeCaseWithATerrainElsewhere", terrain(elsewhere), 65,
       "dem.nc: lon runs from 20 to 20.8, and 119.905 to 120.748 are needed"},
      {"PlumeCaseWithATerrainThatIsTooSmall", terrain(small), 65,
       "dem.nc: ends before 6 of 6 plumes, the first that of E1, stack S1 at longitude 120.2800, latitude "
       "36.2000\n"
       "dem.nc: ends before 232 of 360 receptors, the first at longitude 120.3500, latitude 36.2100"},
      {"PlumeCaseWithATerrainWithAGap", terrain(gap), 65,
       "dem.nc: terrain_m at longitude 120.3100, latitude 35.9000 holds no number; give the sea 0 and fill "
       "gaps "
       "of the land"},
      {"PlumeCaseWithAHillBelowItsReceptor", hill_below, 65,
       "receptors.csv:2: hill_height_m, 80, lies below elevation_m, 120; where no hill rises they are the "
       "same"},
  };
}

/// The case with a list of buildings.
std::function<void(Start&)> built(const std::string& text, const std::string& file = "buildings.csv") {
  return [=](Start& start) {
    const std::string named = with(sound_plume_case, "[plume]", "buildings = [\"" + file + "\"]\n\n[plume]");
    check_of(named)(start);
    const auto write_case = start.after_writing;
    start.after_writing = [=](const std::string& folder) {
      write_case(folder);
      write_text(folder + "/" + file, text);
    };
  };
}

const std::string depositing_gas =
    "[[deposition.gases]]\npollutant = \"SO2\"\ndiffusivity_air_cm2_s = 0.12\n"
    "diffusivity_water_cm2_s = 1.8e-5\ncuticular_resistance_s_cm = 0.73\nhenry_pa_m3_mol = 72.9\n\n";
const std::string seasons_and_land =
    "[deposition]\nseasons = [\"frost\", \"frost\", \"spring\", \"spring\", \"spring\", \"summer\", "
    "\"summer\", "
    "\"summer\", \"autumn\", \"autumn\", \"frost\", \"frost\"]\nland_use = [\"urban\"]\n";

std::vector<Row> building_rows() {
  const std::string sound = made_buildings("E2", 40.0, 60.0, 60.0);
  return {
      {"PlumeCaseWithABuildingOfAnUnknownEnterprise", built(made_buildings("E9", 40.0, 60.0, 60.0)), 65,
       "buildings.csv:2: there is no enterprise \"E9\" with a stack in emissions.enterprises. Did you mean "
       "\"E1\"?"},
      {"PlumeCaseWithABuildingOfTooFewDirections", built(with(sound, "E2,,50,40,60,60,-30,0\n", "")), 65,
       "buildings.csv:2: the building of E2 lacks 1 of 36 directions: 50"},
      {"PlumeCaseWithABuildingWithoutDepth",
       built(with(sound, "E2,,50,40,60,60,-30,0", "E2,,50,40,60,0,-30,0")), 65,
       "buildings.csv:6: height_m 40, width_m 60, length_m 0: they are above 0 together, or all 0 where the "
       "wind "
       "meets no building"},
      {"PlumeCaseWithAnUnknownColumnOfBuildings", built(with(sound, "height_m", "heigth_m")), 65,
       "buildings.csv: there is no column \"heigth_m\" in a list of buildings; known are enterprise_id, "
       "stack_id, "
       "direction_deg, height_m, width_m, length_m, xbadj_m, ybadj_m. Did you mean \"height_m\"?"},
      {"PlumeCaseWithADirectionOfNoSector", built(with(sound, "E2,,50,", "E2,,55,")), 65,
       "buildings.csv:6: direction_deg: \"55\" is none of 10, 20 ... 360, where the wind blows to"},
      {"PlumeCaseWithABuildingFeatureWithoutNumbers",
       built(with(made_building_feature("E2", 40.0, 60.0, 60.0), "\"width_m\":[60,", "\"width_m\":["),
             "buildings.geojson"),
       65,
       "buildings.geojson: feature 1: properties.width_m must be a list of 36 numbers, for 10, 20 ... 360 "
       "degrees"},
  };
}

/// The case with tables of deposition, and weather changed.
std::function<void(Start&)> falling(
    const std::string& tables, const std::function<void(TinyWrf&)>& spoil = [](TinyWrf&) {}) {
  return [=](Start& start) {
    check_of(with(sound_plume_case, "[receptors]", tables + "[receptors]"))(start);
    spoil(start.weather);
  };
}

std::vector<Row> deposition_rows() {
  const std::string dust =
      "[[deposition.particles]]\npollutant = \"PM10\"\ndiameters_um = [1.0, 5.0]\nmass_shares = [0.4, 0.5]\n"
      "densities_g_cm3 = [1.0, 2.0]\n\n";
  const auto with_dust = [=](Start& start) {
    check_of(with(with(sound_plume_case, "[receptors]", dust + "[receptors]"), R"("SO2", "NO2")",
                  R"("SO2", "PM10")"))(start);
  };
  return {
      {"PlumeCaseWithADepositingPollutantItDoesNotHave", falling(with(dust, "[0.4, 0.5]", "[0.5, 0.5]")), 65,
       "plume.toml:18: deposition.particles.0.pollutant: \"PM10\" is not in plume.pollutants"},
      {"PlumeCaseWithSizesThatDoNotAddUp", with_dust, 65,
       "plume.toml:20: deposition.particles.0.mass_shares: sum to 0.9; 1 is needed"},
      {"PlumeCaseWithAGasWithoutSeasons", falling(depositing_gas), 65,
       "plume.toml: deposition.seasons: has 0 words; the dry deposition of gases needs one for each of 12 "
       "months\n"
       "plume.toml: deposition.land_use: has 0 words; the dry deposition of gases needs one, or one for each "
       "of 36 "
       "directions"},
      {"PlumeCaseWithAnUnknownSeason",
       falling(with(seasons_and_land, "[\"frost\"", "[\"winter\"") + depositing_gas), 65,
       "plume.toml:18: deposition.seasons: \"winter\" is not known; known are summer, autumn, frost, snow, "
       "spring."},
      {"PlumeCaseWithDepositionWithoutRain",
       falling(seasons_and_land + depositing_gas,
               [](TinyWrf& wrf) {
                 wrf.without = {"RAINC", "RAINNC"};
               }),
       65, "wrfout.nc: has none of RAINC, RAINNC and RAINSH; deposition needs the rain"},
      {"PlumeCaseWithDepositionWithoutTheWeatherOfItsStart",
       falling(seasons_and_land + depositing_gas,
               [](TinyWrf& wrf) { wrf.start = from_civil(2020, 3, 30, 3), wrf.records = 3; }),
       65,
       "weather.files have no weather for 2020-03-30T02:00:00Z, run.start: deposition takes the rain of the "
       "first "
       "hour from what fell between its beginning and its end; begin the run an hour later, or add the file"},
  };
}

std::vector<Row> ozone_rows() {
  const auto olm = [](const std::string& keys, const std::string& hours = "") {
    return [=](Start& start) {
      check_of(with(sound_plume_case, "pollutants =", keys + "\npollutants ="))(start);
      const auto write_case = start.after_writing;
      start.after_writing = [=](const std::string& folder) {
        write_case(folder);
        if (!hours.empty()) write_text(folder + "/ozone.csv", "time_utc,ozone_ug_m3\n" + hours);
      };
    };
  };
  const std::string sound = "no2_method = \"olm\"\nno2_stack_ratio = 0.1\nozone_file = \"ozone.csv\"",
                    two_hours = "2020-03-30T03:00:00Z,80\n2020-03-30T04:00:00Z,90\n";
  return {
      {"PlumeCaseWithOzoneThatNothingTakes", olm("ozone_ug_m3 = 80"), 65,
       "plume.toml:15: plume.ozone_ug_m3: counts for no2_method = \"olm\" alone, and this is \"arm2\"; take "
       "one of "
       "them out"},
      {"PlumeCaseWithOlmAlone", olm("no2_method = \"olm\""), 65,
       "plume.toml: plume.no2_stack_ratio: is missing; olm needs the NO2/NOx of what leaves the sources, "
       "such as "
       "0.1\n"
       "plume.toml: plume.ozone_file: is missing; olm needs the air's ozone: hours in a file, or one value "
       "as "
       "plume.ozone_ug_m3"},
      {"PlumeCaseWithoutItsOzone", olm(sound), 69, "ozone.csv: there is no such file, or it cannot be read"},
      {"PlumeCaseWithAGapInItsOzone", olm(sound, two_hours), 65,
       "ozone.csv: no ozone for 1 of 3 hours, the first of which ends at 2020-03-30T05:00:00Z; add them, or "
       "give "
       "plume.ozone_ug_m3 for hours that are missing"},
      {"PlumeCaseWithAnHourOfOzoneTwice",
       olm(sound + "\nozone_ug_m3 = 80", two_hours + "2020-03-30T04:00:00Z,91\n"), 65,
       "ozone.csv:4: time_utc: 2020-03-30T04:00:00Z stands there a second time"},
      {"PlumeCaseWithOzoneBelowZero",
       olm(sound + "\nozone_ug_m3 = 80", two_hours + "2020-03-30T05:00:00Z,-99\n"), 65,
       "ozone.csv:4: ozone_ug_m3: -99 is out of range; allowed are 0 to 1000 ug m-3; leave the cell empty "
       "where the "
       "hour is missing"},
  };
}

}  // namespace

std::vector<Row> plume_case_rows() {
  return joined({key_rows(), source_rows_of_cases(), receptor_and_weather_rows(), terrain_rows(),
                 building_rows(), deposition_rows(), ozone_rows()});
}

}  // namespace lantian
