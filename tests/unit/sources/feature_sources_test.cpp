#include "feature_inventory.hpp"
#include "inventory_units.hpp"
#include "road_traffic.hpp"
#include "support/case_text.hpp"
#include "support/made_sources.hpp"
#include "support/temporary_folder.hpp"

#include "lantian/config/case_reader.hpp"
#include "lantian/grid/geodesic.hpp"
#include "lantian/sources/emissions.hpp"

#include <gtest/gtest.h>

#include <filesystem>
#include <fstream>
#include <iterator>

namespace lantian {
namespace {

using testing::grid_config;

// Sums are compensated; what is left is rounding of the factors, 1e-16 each.
constexpr double closes = 1.0e-12;

std::string text_of(const std::string& path) {
  std::ifstream in(path);
  return {std::istreambuf_iterator<char>(in), {}};
}

std::string feature(const std::string& geometry, const std::string& properties) {
  return R"({"type":"Feature","properties":)" + properties + R"(,"geometry":)" + geometry + "}";
}
std::string collection(const std::string& features) {
  return R"({"type":"FeatureCollection","features":[)" + features + "]}";
}
std::string line(const std::string& places) {
  return R"({"type":"LineString","coordinates":)" + places + "}";
}
std::string square(const std::string& rings) {
  return R"({"type":"Polygon","coordinates":)" + rings + "}";
}

/// A run of a year's hour on a grid about 120.3 E, 36.3 N; each test gives it lines or areas.
struct FeatureSources : ::testing::Test {
  FeatureSources() {
    configuration.directory = folder.path();
    configuration.run.start = from_civil(2020, 3, 31, 16);
    configuration.run.end = from_civil(2020, 4, 1, 16);
    write_text(folder.file("fleet.csv"),
               "vehicle_class,standard,share\nlight_petrol,china_4,0.25\nlight_petrol,china_5,0.75\n"
               "heavy_diesel,china_4,1\n");
  }

  LineConfig& add_lines(const std::string& features, const std::string& sector = "road") {
    LineConfig& entry = configuration.emissions.lines.emplace_back();
    entry.sector = sector;
    entry.file = sector + ".geojson";
    write_text(folder.file(entry.file), collection(features));
    return entry;
  }
  FeatureConfig& add_areas(const std::string& features, const std::string& sector = "port") {
    FeatureConfig& entry = configuration.emissions.areas.emplace_back();
    entry.sector = sector;
    entry.file = sector + ".geojson";
    write_text(folder.file(entry.file), collection(features));
    return entry;
  }

  Emissions make() {
    Emissions emissions(configuration, grid, layers, species, problems);
    for (const std::string& sentence : problems.sentences()) ADD_FAILURE() << sentence;
    return emissions;
  }
  std::string faults() {
    const Emissions emissions(configuration, grid, layers, species, problems);
    std::string all;
    for (std::string one : problems.sentences()) {
      if (const auto at = one.find(folder.path() + "/"); at != std::string::npos)
        one.erase(at, folder.path().size() + 1);
      if (!all.empty()) all += '\n';
      all += one;
    }
    return all;
  }

  /// The table's row after one hour.
  MassTableRow hour(Emissions& emissions, const std::string& sector, const std::string& pollutant) const {
    (void)emissions.rates_mol_s(configuration.run.start, weather, surface);
    for (const MassTableRow& row : emissions.mass_table()) {
      EXPECT_LE(row.residual(), closes) << row.sector << " " << row.pollutant;
      if (row.sector == sector && row.pollutant == pollutant) return row;
    }
    ADD_FAILURE() << "no row " << sector << " " << pollutant;
    return {};
  }

  TemporaryFolder folder;
  Case configuration;
  HorizontalGrid grid = HorizontalGrid::from_config(grid_config("lambert", 24, 20, 6000.0));
  Layers layers{std::vector<double>{20.0, 60.0, 150.0, 400.0, 1200.0, 3000.0}};
  SpeciesTable species{{{.name = "NO", .molar_mass_g_mol = 30.006, .deposits_as = "", .scavenged_as = ""},
                        {.name = "NO2", .molar_mass_g_mol = 46.0055, .deposits_as = "", .scavenged_as = ""},
                        {.name = "SO2", .molar_mass_g_mol = 64.064, .deposits_as = "", .scavenged_as = ""},
                        {.name = "CO", .molar_mass_g_mol = 28.01, .deposits_as = "", .scavenged_as = ""},
                        {.name = "PM25", .molar_mass_g_mol = 12.0, .deposits_as = "", .scavenged_as = ""},
                        {.name = "PMC", .molar_mass_g_mol = 12.0, .deposits_as = "", .scavenged_as = ""}}};
  Surface surface = testing::flat_surface(grid, layers);
  WeatherSnapshot weather = testing::plain_weather(grid, layers);
  Problems problems;
};

const std::string road_inside = line("[[120.2,36.3],[120.4,36.3]]");

TEST_F(FeatureSources, ARoadEmitsCountsTimesLengthTimesTheFleetsFactors) {
  LineConfig& roads = add_lines(feature(road_inside, R"({"cars":40000,"trucks":3000})"));
  roads.traffic = {{"light_petrol", "cars"}, {"heavy_diesel", "trucks"}};
  roads.fleet = "fleet.csv";
  const auto found = read_lines(roads, configuration, 2020, InventoryTarget(grid), problems);
  ASSERT_TRUE(problems.empty()) << problems.sentences()[0];
  ASSERT_EQ(found.size(), 1U);
  // By hand, from inputs/emission_factors/road_vehicles.csv: china_4 and china_5 petrol, china_4 diesel.
  const double km_yr = 366.0 * 1.0e-3 * geodesic_length_m({120.2, 36.3}, {120.4, 36.3});
  const double nox_t = 1.0e-6 * km_yr * (40000.0 * (0.25 * 0.032 + 0.75 * 0.017) + 3000.0 * 5.554);
  const double pm25_t = 1.0e-6 * km_yr * (40000.0 * (0.25 * 0.003 + 0.75 * 0.003) + 3000.0 * 0.138);
  const double pm10_t = 1.0e-6 * km_yr * (40000.0 * 0.003 + 3000.0 * 0.153);
  // A parallel is longer than the geodesic: 1e-6 over 0.2 degrees.
  EXPECT_NEAR(found[0].pollutants.at("NOx").whole_t[0] / nox_t, 1.0, 2.0e-6);
  EXPECT_NEAR(found[0].pollutants.at("PM25").whole_t[0] / pm25_t, 1.0, 2.0e-6);
  EXPECT_NEAR(found[0].pollutants.at("PMC").whole_t[0] / (pm10_t - pm25_t), 1.0, 2.0e-6);
  EXPECT_EQ(found[0].pollutants.at("NOx").outside_t[0], 0.0);
}

TEST_F(FeatureSources, SlowPetrolCarsEmitMoreAndDieselStaysAsItIs) {
  LineConfig roads = add_lines(feature(road_inside, R"({"cars":1000,"trucks":0,"v":15,"v2":60})"));
  roads.traffic = {{"light_petrol", "cars"}, {"heavy_diesel", "trucks"}};
  roads.fleet = "fleet.csv";
  const auto nox_t = [&](const LineConfig& config) {
    return read_lines(config, configuration, 2020, InventoryTarget(grid), problems)
        .at(0)
        .pollutants.at("NOx")
        .whole_t[0];
  };
  const double base_t = nox_t(roads);
  roads.speed = "v";
  EXPECT_NEAR(nox_t(roads) / base_t, 1.38, closes);
  roads.speed = "v2";
  EXPECT_NEAR(nox_t(roads) / base_t, 0.86, closes);
  roads.traffic = {{"heavy_diesel", "cars"}};
  const double diesel_t = nox_t(roads);
  roads.speed = "";
  EXPECT_EQ(nox_t(roads), diesel_t);
}

TEST_F(FeatureSources, ALaneAcrossTheEdgeIsInsideByItsLength) {
  const double east_deg = grid.corner(10, 24).longitude_deg;
  const std::string lane = line("[[120.3,36.3],[" + std::to_string(2.0 * east_deg - 120.3) + ",36.3]]");
  LineConfig& ships = add_lines(feature(lane, R"({"nox":1000})"), "shipping");
  ships.variables = {{"NOx", "nox"}};
  ships.units = "t/yr";
  ships.vertical = "shipping";
  Emissions emissions = make();
  const MassTableRow row = hour(emissions, "shipping", "NOx");
  EXPECT_NEAR(row.outside_domain_t / row.inventory_t, 0.5, 1.0e-3);  // the edge leans on the map
  EXPECT_NEAR(row.injected_t / row.inventory_t, 1.0 - row.outside_domain_t / row.inventory_t, closes);
}

TEST_F(FeatureSources, AWholeYearGivesTheFeaturesYear) {
  LineConfig& ships = add_lines(feature(road_inside, R"({"so2":500})"), "shipping");
  ships.variables = {{"SO2", "so2"}};
  ships.units = "t/yr";
  FeatureConfig& port =
      add_areas(feature(square("[[[120.2,36.2],[120.3,36.2],[120.3,36.3],[120.2,36.2]]]"), R"({"so2":80})"));
  port.variables = {{"SO2", "so2"}};
  port.units = "t/yr";
  port.scale = 0.5;
  Emissions emissions = make();
  const UtcTime first = from_civil(2020, 1, 1).plus_seconds(-8 * 3600LL);  // local midnight
  for (int h = 0; h < 8784; ++h)
    (void)emissions.rates_mol_s(first.plus_seconds(3600LL * h), weather, surface);
  ASSERT_EQ(emissions.mass_table().size(), 2U);
  EXPECT_NEAR(emissions.mass_table()[0].injected_t / 500.0, 1.0, closes);
  EXPECT_NEAR(emissions.mass_table()[1].injected_t / 40.0, 1.0, closes);
}

TEST_F(FeatureSources, ADensityIsTimesTheAreaWithoutHoles) {
  const std::string ring = "[[120.2,36.2],[120.3,36.2],[120.3,36.3],[120.2,36.3],[120.2,36.2]]",
                    hole = "[[120.24,36.24],[120.26,36.24],[120.26,36.26],[120.24,36.24]]";
  FeatureConfig& site =
      add_areas(feature(square("[" + ring + "," + hole + "]"), R"({"dust":12})"), "building");
  site.variables = {{"PM25", "dust"}};
  site.units = "t km-2 yr-1";
  const auto found = read_areas(site, configuration, 2020, InventoryTarget(grid), problems);
  ASSERT_EQ(found.size(), 1U);
  const GeoPolygon polygon{{{120.2, 36.2}, {120.3, 36.2}, {120.3, 36.3}, {120.2, 36.3}, {120.2, 36.2}},
                           {{{120.24, 36.24}, {120.26, 36.24}, {120.26, 36.26}, {120.24, 36.24}}}};
  EXPECT_NEAR(found[0].pollutants.at("PM25").whole_t[0] / (12.0e-6 * area_m2(polygon)), 1.0, closes);
  // 0.1 x 0.1 degrees at 36.25 N, and the half of 0.02 x 0.02: 98 of 100 parts of 8.99 km x 11.10 km.
  EXPECT_NEAR(found[0].pollutants.at("PM25").whole_t[0], 12.0 * 0.98 * 8.986 * 11.096, 1.0);
}

TEST_F(FeatureSources, APortSharesTheTableWithAGriddedSectorOfItsName) {
  FeatureConfig& port =
      add_areas(feature(square("[[[120.2,36.2],[120.3,36.2],[120.3,36.3],[120.2,36.2]]]"), R"({"so2":100})"),
                "shipping");
  port.variables = {{"SO2", "so2"}};
  port.units = "t/yr";
  LineConfig& lanes = add_lines(feature(road_inside, R"({"so2":200})"), "shipping");
  lanes.file = "lanes.geojson";
  lanes.variables = port.variables;
  lanes.units = "t/yr";
  write_text(folder.file("lanes.geojson"), collection(feature(road_inside, R"({"so2":200})")));
  write_text(folder.file("shipping.geojson"),
             collection(feature(square("[[[120.2,36.2],[120.3,36.2],[120.3,36.3],[120.2,36.2]]]"),
                                R"({"so2":100})")));
  Emissions emissions = make();
  (void)hour(emissions, "shipping", "SO2");
  EXPECT_EQ(emissions.mass_table().size(), 1U);
  EXPECT_EQ(emissions.sectors(), std::vector<std::string>{"shipping"});
  EXPECT_EQ(emissions.files().size(), 2U);
}

TEST_F(FeatureSources, CutsMeetFeaturesByTheDistrictTheyName) {
  LineConfig& roads = add_lines(feature(road_inside, R"({"co":100,"qu":"Shibei"})") + "," +
                                feature(road_inside, R"({"co":300,"qu":"Licang"})") + "," +
                                feature(road_inside, R"({"co":600,"qu":null})"));
  roads.variables = {{"CO", "co"}};
  roads.units = "t/yr";
  roads.district = "qu";
  ScalingConfig cut;
  cut.sectors = {"road"};
  cut.districts = {"Licang"};
  cut.factor = 0.0;
  configuration.emissions.scaling = {cut};
  Emissions emissions = make();
  const MassTableRow row = hour(emissions, "road", "CO");
  EXPECT_NEAR(row.cut_t / row.inventory_t, 0.3, closes);
  EXPECT_NEAR(row.injected_t / row.inventory_t, 0.7, closes);
  EXPECT_EQ(emissions.districts(), (std::vector<std::string>{"Licang", "Shibei"}));
  ScalingConfig shibei;
  shibei.districts = {"Shibei"};
  const UtcTime from = configuration.run.start, to = configuration.run.end;
  EXPECT_NEAR(emissions.mean_rate_t_d(shibei, "CO", from, to) / emissions.mean_rate_t_d({}, "CO", from, to),
              100.0 / 700.0, closes);
}

TEST_F(FeatureSources, ASecondReadingHasTheSameBits) {
  const auto rates = [&] {
    configuration.emissions.lines.clear();
    LineConfig& roads = add_lines(feature(road_inside, R"({"co":100})") + "," +
                                  feature(line("[[119.1,36.0],[121.7,36.6]]"), R"({"co":300})"));
    roads.variables = {{"CO", "co"}};
    roads.units = "t km-1 yr-1";
    Emissions emissions = make();
    return emissions.rates_mol_s(configuration.run.start, weather, surface)[3];
  };
  const Array3<double> first = rates(), second = rates();
  for (std::size_t n = 0; n < first.values().size(); ++n) ASSERT_EQ(first.values()[n], second.values()[n]);
}

TEST_F(FeatureSources, ALineOfNoLengthIsAFaultOnlyWhereMassWouldBeLost) {
  const std::string point = line("[[120.3,36.3],[120.3,36.3]]");
  LineConfig& roads =
      add_lines(feature(road_inside, R"({"co":1})") + "," + feature(point, R"({"co":5,"name":"dot"})"));
  roads.variables = {{"CO", "co"}};
  roads.units = "t km-1 yr-1";
  EXPECT_EQ(faults(), "") << "no length, no mass";
  roads.units = "t/yr";
  EXPECT_EQ(faults(),
            "road.geojson: features[1] \"dot\": has no length and yet an emission; its places must "
            "differ, or its emission be 0");
}

TEST_F(FeatureSources, FaultsNameFeaturePropertyAndValue) {
  LineConfig& roads = add_lines(feature(road_inside, R"({"name":"Ring","CO_t":"12"})"));
  roads.variables = {{"CO", "CO_t"}};
  roads.units = "t/yr";
  const auto with_properties = [&](const std::string& properties) {
    problems = Problems();
    write_text(folder.file("road.geojson"), collection(feature(road_inside, properties)));
    return faults();
  };
  EXPECT_EQ(faults(), "road.geojson: features[0] \"Ring\": CO_t is \"12\"; a number is needed, t/yr of CO");
  EXPECT_EQ(with_properties(R"({"name":"Ring","co_t":12})"),
            "road.geojson: features[0] \"Ring\": has no property \"CO_t\"; found co_t, name. Did you mean "
            "\"co_t\"?; the case reads t/yr of CO from \"CO_t\"");
  EXPECT_EQ(with_properties(R"({"name":"Ring","CO_t":-3})"),
            "road.geojson: features[0] \"Ring\": CO_t is -3; allowed is 0 or more, t/yr of CO");
  EXPECT_EQ(with_properties(R"({"name":"Ring","CO_t":1e9})").substr(0, 68),
            "road.geojson: features[0] \"Ring\": emits 1e+09 t of CO a year on 17.9");
  EXPECT_EQ(with_properties(R"({"CO_t":null})"), "") << "null is no emission";
}

TEST_F(FeatureSources, PM10HoldsPM25) {
  FeatureConfig& port = add_areas(
      feature(square("[[[120.2,36.2],[120.3,36.2],[120.3,36.3],[120.2,36.2]]]"), R"({"fine":10,"all":8})"));
  port.variables = {{"PM25", "fine"}, {"PM10", "all"}};
  port.units = "t/yr";
  EXPECT_EQ(faults(), "port.geojson: features[0]: PM25 of 10 t exceeds PM10 of 8 t; PM10 holds PM25");
}

TEST_F(FeatureSources, TheExampleOfTheDocumentationIsSound) {
  const std::filesystem::path example = LANTIAN_FEATURE_EXAMPLE;
  using enum std::filesystem::copy_options;
  std::filesystem::copy(example, folder.path(), recursive | overwrite_existing);
  write_text(folder.file("case.toml"), with(sound_case, "[[boundary.air]]",
                                            text_of(folder.file("entries.toml")) + "\n[[boundary.air]]"));
  configuration.emissions = read_case(folder.file("case.toml")).emissions;
  Emissions emissions = make();
  EXPECT_GT(hour(emissions, "road", "NOx").injected_t, 0.0);
  EXPECT_GT(hour(emissions, "shipping", "SO2").injected_t, 0.0);
  EXPECT_GT(hour(emissions, "port", "PMC").injected_t, 0.0);
  EXPECT_EQ(emissions.districts(), std::vector<std::string>{"Shinan"});
}

TEST(RoadFactors, WeightStandardsWithTheirShares) {
  Problems problems;
  const CsvTable factors = CsvTable::parse("f.csv",
                                           "vehicle_class,standard,pollutant,g_per_km\n"
                                           "bus,a,NOx,10\nbus,b,NOx,2\nbus,a,CO,1\nbus,b,CO,3\n"),
                 fleet = CsvTable::parse("s.csv", "vehicle_class,standard,share\nbus,a,0.25\nbus,b,0.75\n");
  const auto mean = fleet_factors(factors, fleet, {"bus"}, problems);
  EXPECT_TRUE(problems.empty());
  EXPECT_DOUBLE_EQ(mean.at("bus").at("NOx"), 4.0);
  EXPECT_DOUBLE_EQ(mean.at("bus").at("CO"), 2.5);
}

TEST(RoadFactors, NameWhatIsMissingOrDoubled) {
  const auto faults = [](const std::string& factors, const std::string& fleet,
                         const std::string& name = "bus") {
    Problems problems;
    (void)fleet_factors(CsvTable::parse("f.csv", "vehicle_class,standard,pollutant,g_per_km\n" + factors),
                        CsvTable::parse("s.csv", "vehicle_class,standard,share\n" + fleet), {name}, problems);
    return problems.empty() ? "" : problems.sentences()[0];
  };
  EXPECT_EQ(faults("bus,a,NOx,1\n", "bus,b,1\n"),
            "s.csv: bus: there are no factors for standard \"b\"; known are a; a table of your own goes into "
            "emission_factors");
  EXPECT_EQ(faults("bus,a,NOx,1\n", "bus,a,0.5\n"),
            "s.csv: the shares of bus add up to 0.5; they must add up to 1");
  EXPECT_EQ(faults("bus,a,NOx,1\n", "bus,a,1\n", "buss"),
            "f.csv: there is no vehicle class \"buss\"; known are bus. Did you mean \"bus\"?");
  EXPECT_EQ(faults("bus,a,NOx,1\ncar,a,NOx,1\n", "bus,a,1\n", "car"),
            "s.csv: vehicle class \"car\" has no standards; found bus");
  EXPECT_EQ(faults("bus,a,NOx,1\nbus,a,NOx,2\n", "bus,a,1\n"),
            "f.csv:3: NOx of bus a stands there a second time");
  EXPECT_EQ(faults("bus,a,NOx,1\nbus,b,CO,2\n", "bus,a,0.5\nbus,b,0.5\n"),
            "s.csv: bus: standard \"a\" has no factor for CO, others have one");
  EXPECT_EQ(faults("bus,a,NOx,-1\n", "bus,a,1\n"), "f.csv:2: g_per_km: \"-1\" is no number from 0 on");
  EXPECT_EQ(faults("bus,a,NOX,1\n", "bus,a,1\n"),
            "f.csv:2: \"NOX\" is no pollutant; known are NOx, VOC, SO2, NH3, CO, PM25, PM10. Did you mean "
            "\"NOx\"?");
}

TEST(FeatureUnits, AreOfTheWholeOrOfEachPart) {
  const auto of = [](const std::string& unit, Extent extent) {
    return feature_conversion(unit, "NOx", 2019, extent);
  };
  EXPECT_NEAR(of("t/yr", Extent::length).factor, 1.0, closes);
  EXPECT_FALSE(of("t/yr", Extent::length).is_per_extent);
  EXPECT_NEAR(of("t km-1 yr-1", Extent::length).factor, 1.0e-3, 1.0e-15);
  EXPECT_TRUE(of("t km-1 yr-1", Extent::length).is_per_extent);
  EXPECT_NEAR(of("g m-1 s-1", Extent::length).factor, 1.0e-6 * 365.0 * 86400.0, 1.0e-9);
  EXPECT_NEAR(of("t km-2 yr-1", Extent::area).factor, 1.0e-6, 1.0e-18);
  EXPECT_NEAR(of("kg/yr", Extent::area).factor, 1.0e-3, 1.0e-15);
}

TEST(FeatureUnits, RefuseWhatHasAnotherMeaning) {
  const auto fault = [](const std::string& unit, Extent extent) -> std::string {
    try {
      (void)feature_conversion(unit, "NOx", 2019, extent);
    } catch (const DataError& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(fault("t km-2 yr-1", Extent::length),
            "the unit \"t km-2 yr-1\" is no emission of NOx of a line; known are t/yr, kg s-1, t km-1 yr-1, "
            "kg m-1 s-1");
  EXPECT_EQ(fault("t km-1 yr-1", Extent::area),
            "the unit \"t km-1 yr-1\" is no emission of NOx of an area; known are t/yr, kg s-1, t km-2 yr-1, "
            "kg m-2 s-1");
  EXPECT_EQ(fault("t/month", Extent::area),
            "the unit \"t/month\" is one of a month; a feature has one value for the year, as in t/yr");
  EXPECT_EQ(fault("ton/yr", Extent::area),
            "the unit \"ton/yr\" is ambiguous: a ton may be 907 kg; write \"t\" for 1000 kg");
}

}  // namespace
}  // namespace lantian
