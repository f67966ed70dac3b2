#include "lantian/sources/emissions.hpp"

#include "compensated_sum.hpp"
#include "support/case_text.hpp"
#include "support/made_sources.hpp"
#include "support/temporary_folder.hpp"

#include <gtest/gtest.h>

#include <algorithm>
#include <cmath>
#include <map>
#include <memory>

namespace lantian {
namespace {

using testing::axis;
using testing::grid_config;
using testing::MadeInventory;
using testing::Numbers;

// Thousands of cells and hours, each sum compensated: what is left is rounding of the factors, 1e-16 each.
constexpr double closes = 1.0e-12;

const std::map<std::string, double> molar_mass = {{"NO", 30.006},  {"NO2", 46.0055}, {"ROC", 14.0},
                                                  {"SO2", 64.064}, {"PSO4", 96.06},  {"NH3", 17.031},
                                                  {"CO", 28.01},   {"PPM25", 12.0},  {"PPMC", 12.0}};

SpeciesTable screening_species() {
  std::vector<Species> list;
  for (const auto& [name, mass] : molar_mass) {
    Species one;
    one.name = name;
    one.molar_mass_g_mol = mass;
    list.push_back(one);
  }
  return SpeciesTable(list);
}

/// A case with a folder, a grid and an inventory of two sectors; each test changes what it is about.
struct EmissionsTest : ::testing::Test {
  EmissionsTest() {
    configuration.directory = folder.path();
    configuration.path = folder.file("case.toml");
    configuration.run.start = from_civil(2020, 3, 31, 16);
    configuration.run.end = from_civil(2020, 4, 1, 16);
    made.lon = axis(119.2, 0.13, 20);
    made.lat = axis(35.4, 0.11, 18);
    made.value = [this](const std::string&, int, std::size_t) { return numbers.between(0.0, 500.0); };
    made.write(folder.file("city.nc"), all_variables);
    add_inventory("road_petrol", "city.nc", "surface");
    add_inventory("industry", "city.nc", "industry");
  }

  InventoryConfig& add_inventory(const std::string& sector, const std::string& file,
                                 const std::string& vertical) {
    InventoryConfig entry;
    entry.sector = sector;
    entry.file = file;
    entry.vertical = vertical;
    for (const std::string& name : all_variables) entry.variables[name] = name;
    return configuration.emissions.inventory.emplace_back(entry);
  }

  Emissions make() {
    Emissions emissions(configuration, grid, layers, species, problems);
    for (const std::string& sentence : problems.sentences()) ADD_FAILURE() << sentence;
    return emissions;
  }
  std::vector<std::string> faults() {
    const Emissions emissions(configuration, grid, layers, species, problems);
    return problems.sentences();
  }

  /// Mass [t] of all species of a pollutant that `hours` of rates hold, from mol and molar mass.
  double injected_t(Emissions& emissions, const std::string& name, UtcTime from, int hours) const {
    CompensatedSum sum;
    const auto s = static_cast<std::size_t>(*species.find(name));
    for (int h = 0; h < hours; ++h) {
      const auto rates = emissions.rates_mol_s(from.plus_seconds(3600LL * h), weather, surface);
      if (rates[s].empty()) continue;
      for (const double mol_s : rates[s].values()) sum.add(mol_s * 3600.0 * 1.0e-6);
    }
    return sum.value();
  }

  static void expect_closed(const Emissions& emissions) {
    ASSERT_FALSE(emissions.mass_table().empty());
    for (const MassTableRow& row : emissions.mass_table())
      EXPECT_LE(row.residual(), closes) << row.sector << " " << row.pollutant;
  }

  const std::vector<std::string> all_variables = {"NOx", "VOC", "SO2", "NH3", "CO", "PM25"};
  TemporaryFolder folder;
  Numbers numbers{20200401};
  Case configuration;
  MadeInventory made;
  HorizontalGrid grid = HorizontalGrid::from_config(grid_config("lambert", 24, 20, 6000.0));
  Layers layers{std::vector<double>{20.0, 60.0, 150.0, 400.0, 1200.0, 3000.0}};
  SpeciesTable species = screening_species();
  Surface surface = testing::flat_surface(grid, layers);
  WeatherSnapshot weather = testing::plain_weather(grid, layers);
  Problems problems;
};

TEST_F(EmissionsTest, TheMassTableClosesAfterEveryHour) {
  Emissions emissions = make();
  for (int h = 0; h < 48; ++h) {
    (void)emissions.rates_mol_s(configuration.run.start.plus_seconds(3600LL * h), weather, surface);
    expect_closed(emissions);
  }
  for (const MassTableRow& row : emissions.mass_table()) {
    EXPECT_GT(row.outside_domain_t, 0.0) << "the inventory is wider than the grid";
    EXPECT_GT(row.injected_t, 0.0);
    EXPECT_EQ(row.cut_t, 0.0);
    EXPECT_EQ(row.unused_t, 0.0);
  }
}

TEST_F(EmissionsTest, TheModelReceivesWhatTheTableSays) {
  Emissions emissions = make();
  std::map<std::string, double> mol;
  for (int h = 0; h < 24; ++h) {
    const auto rates =
        emissions.rates_mol_s(configuration.run.start.plus_seconds(3600LL * h), weather, surface);
    for (int s = 0; s < species.count(); ++s)
      for (const double one : rates[static_cast<std::size_t>(s)].values())
        mol[species[s].name] += one * 3600.0;
  }
  std::map<std::string, double> table_t;
  for (const MassTableRow& row : emissions.mass_table()) table_t[row.pollutant] += row.injected_t;
  EXPECT_NEAR(1e-6 * 46.0055 * (mol["NO"] + mol["NO2"]) / table_t["NOx"], 1.0, 1e-8);  // digits of mol_per_g
  EXPECT_NEAR(1e-6 * 64.064 * mol["SO2"] / table_t["SO2"], 1.0, 1e-8);
  EXPECT_NEAR(1e-6 * 28.01 * mol["CO"] / table_t["CO"], 1.0, 1e-8);
  EXPECT_NEAR(1e-6 * 17.031 * mol["NH3"] / table_t["NH3"], 1.0, 1e-8);
  EXPECT_NEAR(1e-6 * (12.0 * mol["PPM25"] + 96.06 * mol["PSO4"]) / table_t["PM25"], 1.0, 1e-8);
}

TEST_F(EmissionsTest, AWholeYearGivesTheInventorysYear) {
  // 2020 is a leap year of 8784 hours, 2019 a common one; the inventory's tonnes are a year's in both.
  configuration.emissions.inventory.resize(1);
  configuration.emissions.inventory[0].variables = {{"CO", "CO"}};
  double whole_t = 0.0;
  const Numbers before = numbers;
  numbers = Numbers(7);
  made.write(folder.file("city.nc"), {"CO"});
  numbers = Numbers(7);
  CompensatedSum sum;
  for (std::size_t n = 0; n < made.lon.size() * made.lat.size(); ++n) sum.add(numbers.between(0.0, 500.0));
  whole_t = sum.value();
  for (const int year : {2019, 2020}) {
    configuration.emissions.inventory[0].year = year;
    configuration.run.start = from_civil(year, 1, 1).plus_seconds(-8 * 3600LL);
    Emissions emissions = make();
    for (int h = 0; h < 24 * days_in_year(year); ++h)
      (void)emissions.rates_mol_s(configuration.run.start.plus_seconds(3600LL * h), weather, surface);
    ASSERT_EQ(emissions.mass_table().size(), 1U);
    EXPECT_NEAR(emissions.mass_table()[0].inventory_t / whole_t, 1.0, closes) << year;
    EXPECT_LE(emissions.mass_table()[0].residual(), closes) << year;
  }
  numbers = before;
}

TEST_F(EmissionsTest, FollowsTheLocalHourTheLocalDayAndTheLocalMonth) {
  // All of it in the seven o'clock hour of Wednesdays in April; 1 April 2020 was one.
  write_text(folder.file("rush.csv"),
             "id,kind,values\nrush,hour,0 0 0 0 0 0 0 1 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0 0\n"
             "rush,weekday,0 0 1 0 0 0 0\nrush,month,0 0 0 1 0 0 0 0 0 0 0 0\n");
  configuration.emissions.temporal_profiles = "rush.csv";
  for (InventoryConfig& entry : configuration.emissions.inventory) entry.temporal = "rush";
  for (const double utc_offset_h : {8.0, -5.0}) {
    configuration.run.utc_offset_h = utc_offset_h;
    Emissions emissions = make();
    const UtcTime seven = from_civil(2020, 4, 1, 7).plus_seconds(-std::llround(utc_offset_h * 3600.0));
    EXPECT_GT(injected_t(emissions, "CO", seven, 1), 0.0) << utc_offset_h;
    for (const long long h : {-24LL, -1LL, 1LL, 24LL, 30 * 24LL})  // 30 days on it is May
      EXPECT_EQ(injected_t(emissions, "CO", seven.plus_seconds(3600 * h), 1), 0.0)
          << utc_offset_h << " " << h;
  }
}

TEST_F(EmissionsTest, ALeapFebruaryGivesTheInventorysFebruary) {
  made.periods = 12;
  made.units = "Mg/month";
  made.value = [](const std::string&, int period, std::size_t) { return 10.0 + period; };
  made.write(folder.file("months.nc"), {"SO2"});
  configuration.emissions.inventory.clear();
  add_inventory("power", "months.nc", "power").variables = {{"SO2", "SO2"}};
  configuration.run.start = from_civil(2020, 1, 31, 16);  // February in China
  Emissions emissions = make();
  for (int h = 0; h < 24 * 29; ++h)
    (void)emissions.rates_mol_s(configuration.run.start.plus_seconds(3600LL * h), weather, surface);
  EXPECT_NEAR(emissions.mass_table()[0].inventory_t / (11.0 * 20 * 18), 1.0, closes);
}

TEST_F(EmissionsTest, ConstantFluxGivesEachCellItsArea) {
  made.units = "kg m-2 s-1";
  made.value = [](const std::string&, int, std::size_t) { return 1.0e-9; };
  made.write(folder.file("flux.nc"), {"CO"});
  configuration.emissions.inventory.clear();
  InventoryConfig& entry = add_inventory("any", "flux.nc", "surface");
  entry.variables = {{"CO", "CO"}};
  Emissions emissions = make();
  const auto rates = emissions.rates_mol_s(configuration.run.start, weather, surface);
  const Array3<double>& co = rates[static_cast<std::size_t>(*species.find("CO"))];
  for (int j = 0; j < grid.rows(); ++j)  // 1e-5: the area by the map factor in the middle of 6 km
    for (int i = 0; i < grid.columns(); ++i)
      EXPECT_NEAR(co(0, j, i) * 0.02801 / (1.0e-9 * grid.cell_area_m2(j, i)), 1.0, 1.0e-5);
}

TEST_F(EmissionsTest, ACutTakesExactlyWhatItNames) {
  Emissions base = make();
  const auto before = base.rates_mol_s(configuration.run.start, weather, surface);
  ScalingConfig cut;
  cut.sectors = {"industry"};
  cut.pollutants = {"NOx", "PM"};
  cut.factor = 0.25;
  configuration.emissions.scaling = {cut};
  Emissions less = make();
  (void)less.rates_mol_s(configuration.run.start, weather, surface);
  expect_closed(less);
  for (const MassTableRow& row : less.mass_table()) {
    const bool is_cut = row.sector == "industry" && (row.pollutant == "NOx" || row.pollutant == "PM25");
    const double emitted_t = row.inventory_t - row.outside_domain_t;
    EXPECT_NEAR(row.cut_t / emitted_t, is_cut ? 0.75 : 0.0, closes) << row.sector << " " << row.pollutant;
    EXPECT_NEAR(row.injected_t / emitted_t, is_cut ? 0.25 : 1.0, closes);
  }
}

TEST_F(EmissionsTest, ACutOfADistrictStopsAtItsBorder) {
  testing::write_text(folder.file("districts.geojson"), R"({"type":"FeatureCollection","features":[
    {"type":"Feature","properties":{"name":"west"},"geometry":{"type":"Polygon","coordinates":
      [[[118,35],[120.3,35],[120.3,38],[118,38],[118,35]]]}}]})");
  configuration.emissions.districts = "districts.geojson";
  Emissions base = make();
  const auto before = base.rates_mol_s(configuration.run.start, weather, surface);
  ScalingConfig cut;
  cut.districts = {"west"};
  cut.factor = 0.0;
  configuration.emissions.scaling = {cut};
  Emissions less = make();
  const auto after = less.rates_mol_s(configuration.run.start, weather, surface);
  const auto co = static_cast<std::size_t>(*species.find("CO"));
  int west = 0;
  for (int j = 0; j < grid.rows(); ++j) {
    for (int i = 0; i < grid.columns(); ++i) {
      const bool is_west = grid.centre(j, i).longitude_deg < 120.3;
      west += is_west ? 1 : 0;
      EXPECT_EQ(after[co](0, j, i), is_west ? 0.0 : before[co](0, j, i));
    }
  }
  EXPECT_GT(west, 0);
  EXPECT_EQ(base.districts(), std::vector<std::string>{"west"});
}

TEST_F(EmissionsTest, CuttingEverythingIsTheSameAsSwitchingOff) {
  ScalingConfig all;
  all.factor = 0.0;
  configuration.emissions.scaling = {all};
  Emissions nothing = make();
  for (const auto& field : nothing.rates_mol_s(configuration.run.start, weather, surface))
    for (const double rate : field.values()) EXPECT_EQ(rate, 0.0);
  configuration.emissions.scaling.clear();
  configuration.emissions.enabled = false;
  Emissions off = make();
  for (const auto& field : off.rates_mol_s(configuration.run.start, weather, surface))
    EXPECT_TRUE(field.empty());
  EXPECT_TRUE(off.mass_table().empty());
}

TEST_F(EmissionsTest, ACutThatNamesNothingIsAFault) {
  ScalingConfig cut;
  cut.sectors = {"road_petrl"};
  configuration.emissions.scaling = {cut};
  const auto found = faults();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_EQ(found[0],
            "emissions.scaling.0: there is no sector \"road_petrl\"; known are road_petrol, "
            "industry. Did you mean \"road_petrol\"?");
}

TEST_F(EmissionsTest, TheMeanRateOfACutIsWhatTheModelReceivesLess) {
  configuration.emissions.scaling.clear();
  Emissions base = make();
  const UtcTime from = configuration.run.start, to = configuration.run.end;
  const double all_t = injected_t(base, "CO", from, 24) * 28.01;
  ScalingConfig selection;
  selection.sectors = {"industry"};
  const double rate_t_d = base.mean_rate_t_d(selection, "CO", from, to);
  configuration.emissions.inventory.pop_back();
  Emissions rest = make();
  const double rest_t = injected_t(rest, "CO", from, 24) * 28.01;
  EXPECT_NEAR(rate_t_d / (all_t - rest_t), 1.0, 1.0e-8);  // digits of mol_per_g
  EXPECT_NEAR(base.mean_rate_t_d({}, "all", from, to),
              base.mean_rate_t_d({}, "NOx", from, to) + base.mean_rate_t_d({}, "VOC", from, to) +
                  base.mean_rate_t_d({}, "SO2", from, to) + base.mean_rate_t_d({}, "NH3", from, to) +
                  base.mean_rate_t_d({}, "CO", from, to) + base.mean_rate_t_d({}, "PM", from, to),
              1.0e-9);
}

TEST_F(EmissionsTest, WhatTheRunHasNoSpeciesForIsCountedAsUnused) {
  species =
      SpeciesTable({{.name = "NO", .molar_mass_g_mol = 30.006, .deposits_as = "", .scavenged_as = ""},
                    {.name = "NO2", .molar_mass_g_mol = 46.0055, .deposits_as = "", .scavenged_as = ""}});
  Emissions emissions = make();
  (void)emissions.rates_mol_s(configuration.run.start, weather, surface);
  expect_closed(emissions);
  for (const MassTableRow& row : emissions.mass_table()) {
    EXPECT_EQ(row.unused_t > 0.0, row.pollutant != "NOx") << row.pollutant;
    EXPECT_EQ(row.injected_t > 0.0, row.pollutant == "NOx") << row.pollutant;
  }
}

TEST_F(EmissionsTest, ATracerOfThePollutantsNameTakesIt) {
  species = SpeciesTable({{.name = "NOx", .molar_mass_g_mol = 46.0, .deposits_as = "", .scavenged_as = ""}});
  Emissions emissions = make();
  const double received_t = injected_t(emissions, "NOx", configuration.run.start, 1) * 46.0;
  double table_t = 0.0;
  for (const MassTableRow& row : emissions.mass_table())
    if (row.pollutant == "NOx") table_t += row.injected_t;
  EXPECT_NEAR(received_t / table_t, 1.0, closes);
}

TEST_F(EmissionsTest, AStackRisesAndItsFugitiveShareStaysLow) {
  testing::write_text(
      folder.file("list.csv"),
      "enterprise_id,stack_id,longitude,latitude,height_m,diameter_m,temperature_k,velocity_m_s,"
      "fugitive,sector,SO2_t_yr\n"
      "A,1,120.3,36.3,100,4,420,15,0.25,power,8784\n"
      "B,1,100.0,36.3,100,4,420,15,0,power,100\n");
  configuration.emissions.inventory.clear();
  configuration.emissions.enterprises = {"list.csv"};
  Emissions emissions = make();
  const auto rates = emissions.rates_mol_s(configuration.run.start, weather, surface);
  const auto cell = grid.locate({120.3, 36.3});
  ASSERT_TRUE(cell);
  const Array3<double>& so2 = rates[static_cast<std::size_t>(*species.find("SO2"))];
  double sum = 0.0;
  for (int k = 0; k < layers.count(); ++k) sum += so2(k, cell->row, cell->column);
  EXPECT_NEAR(so2(0, cell->row, cell->column) / sum, 0.25, 1.0e-12);
  EXPECT_EQ(so2(1, cell->row, cell->column), 0.0) << "the plume has left its stack of 100 m";
  expect_closed(emissions);
  EXPECT_NEAR(emissions.mass_table()[0].outside_domain_t / emissions.mass_table()[0].inventory_t,
              100.0 / 8884.0, closes);
}

TEST_F(EmissionsTest, SwappedLongitudeAndLatitudeOfAStackAreRecognised) {
  grid = HorizontalGrid::from_config([] {
    GridConfig config = grid_config("lambert", 24, 20, 6000.0);
    config.central_meridian_deg = config.centre_longitude_deg = 87.6;  // Urumqi: both are possible latitudes
    config.centre_latitude_deg = 43.8;
    return config;
  }());
  configuration.emissions.inventory.clear();
  testing::write_text(folder.file("list.csv"),
                      "enterprise_id,longitude,latitude,sector,SO2_t_yr\nA,43.8,87.6,power,1\n");
  configuration.emissions.enterprises = {"list.csv"};
  const auto found = faults();
  ASSERT_EQ(found.size(), 1U);
  EXPECT_NE(found[0].find("list.csv:2: longitude 43.8 and latitude 87.6 seem to be swapped"),
            std::string::npos)
      << found[0];
}

TEST_F(EmissionsTest, TwoRunsHaveTheSameBits) {
  Emissions first = make(), second = make();
  const auto a = first.rates_mol_s(configuration.run.start, weather, surface);
  (void)second.rates_mol_s(configuration.run.start.plus_seconds(7200), weather, surface);
  const auto b = second.rates_mol_s(configuration.run.start, weather, surface);
  for (std::size_t s = 0; s < a.size(); ++s)
    for (std::size_t n = 0; n < a[s].values().size(); ++n) ASSERT_EQ(a[s].values()[n], b[s].values()[n]);
}

}  // namespace
}  // namespace lantian
