#include "compensated_sum.hpp"
#include "emission/gong2003.hpp"
#include "support/made_sources.hpp"

#include "lantian/sources/emissions.hpp"

#include <gtest/gtest.h>

#include <cmath>
#include <map>

namespace lantian {
namespace {

// Each sum is compensated: what is left is rounding of the factors.
constexpr double closes = 1.0e-12;

const std::map<std::string, double> all_molar_masses = {
    {"ISOP", 68.12}, {"APIN", 136.23}, {"TERP", 136.23}, {"SQT", 204.35}, {"MEOH", 32.0},
    {"ACET", 58.0},  {"NO", 30.006},   {"NA", 22.99},    {"PCL", 35.453}, {"PSO4", 96.06},
    {"PMG", 24.305}, {"PCA", 40.078},  {"PK", 39.098},   {"PPM25", 12.0}, {"PPMC", 12.0}};

SpeciesTable species_of(const std::vector<std::string>& names) {
  std::vector<Species> list;
  for (const std::string& name : names) {
    Species one;
    one.name = name;
    one.molar_mass_g_mol = all_molar_masses.at(name);
    list.push_back(one);
  }
  return SpeciesTable(list);
}

std::vector<std::string> every_name() {
  std::vector<std::string> names;
  for (const auto& [name, mass] : all_molar_masses) names.push_back(name);
  return names;
}

constexpr int water = 1, lake = 3, broadleaf = 7, crops = 15, desert = 24;

/// Five columns of land use: sea, lake, trees, crops, desert; a warm noon with a strong wind.
struct NaturalSourcesTest : ::testing::Test {
  NaturalSourcesTest() {
    configuration.run.start = from_civil(2020, 7, 1, 4);
    configuration.run.end = from_civil(2020, 7, 1, 6);
    const int rows = grid.rows(), columns = grid.columns();
    surface.land_use = Array2<int>(rows, columns);
    surface.cell_area_m2 = Array2<double>(rows, columns);
    for (int j = 0; j < rows; ++j)
      for (int i = 0; i < columns; ++i) {
        surface.land_use(j, i) =
            std::array{water, lake, broadleaf, crops, desert}[static_cast<std::size_t>(i % 5)];
        surface.cell_area_m2(j, i) = 1.0e6;
      }
    weather.temperature_2m_k = Array2<double>(rows, columns, 303.0);
    weather.surface_pressure_pa = Array2<double>(rows, columns, 101325.0);
    weather.short_wave_w_m2 = Array2<double>(rows, columns, 800.0);
    weather.rain_rate_mm_h = Array2<double>(rows, columns, 0.0);
    weather.friction_velocity_m_s = Array2<double>(rows, columns, 0.6);
    weather.wind_speed_10m_m_s = Array2<double>(rows, columns, 9.0);
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
  std::vector<Array3<double>> rates() {
    Emissions emissions = make();
    return emissions.rates_mol_s(configuration.run.start, weather, surface);
  }
  /// Rate in the lowest layer over a land use [mol s-1]; 0 where nobody emits the species.
  double rate(const std::vector<Array3<double>>& all, const std::string& name, int land_use) {
    const Array3<double>& field = all[static_cast<std::size_t>(*species.find(name))];
    for (int i = 0; i < 5; ++i)
      if (surface.land_use(0, i) == land_use) return field.empty() ? 0.0 : field(0, 0, i);
    return 0.0;
  }
  void only(NaturalSourceConfig& source) {
    NaturalConfig& natural = configuration.emissions.natural;
    for (NaturalSourceConfig* one : std::initializer_list<NaturalSourceConfig*>{
             &natural.biogenic, &natural.soil, &natural.sea_salt, &natural.wind_dust})
      one->enabled = Switch::off;
    source.enabled = Switch::on;
  }

  Case configuration;
  HorizontalGrid grid = HorizontalGrid::from_config(testing::grid_config("lambert", 10, 8, 1000.0));
  Layers layers{std::vector<double>{20.0, 60.0, 150.0}};
  SpeciesTable species = species_of(every_name());
  Surface surface = testing::flat_surface(grid, layers);
  WeatherSnapshot weather = testing::plain_weather(grid, layers);
  Problems problems;
};

TEST_F(NaturalSourcesTest, EachComesFromItsOwnGround) {
  const auto all = rates();
  for (const int land : {water, lake, desert}) EXPECT_EQ(rate(all, "ISOP", land), 0.0);
  EXPECT_GT(rate(all, "ISOP", broadleaf), 1000.0 * rate(all, "ISOP", crops));
  for (const char* name : {"APIN", "TERP", "SQT", "MEOH", "ACET", "NO"}) {
    EXPECT_GT(rate(all, name, broadleaf), 0.0) << name;
    EXPECT_EQ(rate(all, name, water), 0.0) << name;
  }
  for (const int land : {lake, broadleaf, crops, desert}) EXPECT_EQ(rate(all, "NA", land), 0.0);
  EXPECT_GT(rate(all, "NA", water), 0.0);
  EXPECT_GT(rate(all, "PPMC", desert), 0.0);
  for (const int land : {lake, broadleaf, crops}) EXPECT_EQ(rate(all, "PPMC", land), 0.0);
  for (const Array3<double>& field : all)
    for (int k = 1; k < field.layers(); ++k) EXPECT_EQ(field(k, 0, 0), 0.0) << "above the lowest layer";
}

TEST_F(NaturalSourcesTest, TheSeaGivesTheSaltOfTheSourceFunction) {
  only(configuration.emissions.natural.sea_salt);
  const auto all = rates();
  const double kg_s = 1.0e6 * std::pow(9.0, 3.41) * sea_salt_mass_at_1_m_s(0.07, 2.5);
  EXPECT_NEAR(rate(all, "NA", water) * 22.99e-3 / (0.3061 * kg_s), 1.0, closes);
  EXPECT_NEAR(rate(all, "PCL", water) * 35.453e-3 / (0.5504 * kg_s), 1.0, closes);
  // Sea water is neutral: cations balance anions but for the bicarbonate and bromide, 0.7 % of the charge.
  const double cations = rate(all, "NA", water) + rate(all, "PK", water) +
                         2.0 * (rate(all, "PMG", water) + rate(all, "PCA", water));
  const double anions = rate(all, "PCL", water) + 2.0 * rate(all, "PSO4", water);
  EXPECT_NEAR(cations / anions, 1.0, 0.01);
}

TEST_F(NaturalSourcesTest, NoDustRisesFromWetFrozenOrSnowyGroundOrInALightWind) {
  only(configuration.emissions.natural.wind_dust);
  EXPECT_GT(rate(rates(), "PPM25", desert), 0.0);
  const WeatherSnapshot dry = weather;
  weather.rain_rate_mm_h = Array2<double>(grid.rows(), grid.columns(), 0.5);
  EXPECT_EQ(rate(rates(), "PPM25", desert), 0.0);
  weather = dry;
  weather.temperature_2m_k = Array2<double>(grid.rows(), grid.columns(), 270.0);
  EXPECT_EQ(rate(rates(), "PPM25", desert), 0.0);
  weather = dry;
  weather.snow_cover = Array2<double>(grid.rows(), grid.columns(), 1.0);
  EXPECT_EQ(rate(rates(), "PPM25", desert), 0.0);
  weather = dry;
  weather.friction_velocity_m_s = Array2<double>(grid.rows(), grid.columns(), 0.2);
  EXPECT_EQ(rate(rates(), "PPM25", desert), 0.0);
}

TEST_F(NaturalSourcesTest, TheMassTableClosesAndIsWhatTheModelReceives) {
  Emissions emissions = make();
  std::map<std::string, double> mol_s;
  const auto all = emissions.rates_mol_s(configuration.run.start, weather, surface);
  for (int s = 0; s < species.count(); ++s) {
    CompensatedSum sum;
    for (const double one : all[static_cast<std::size_t>(s)].values()) sum.add(one);
    mol_s[species[s].name] = sum.value();
  }
  double organics_t = 0.0;
  for (const char* name : {"ISOP", "APIN", "TERP", "SQT", "MEOH", "ACET"})
    organics_t += 3600.0e-6 * mol_s.at(name) * all_molar_masses.at(name);
  std::map<std::string, double> injected_t;
  for (const MassTableRow& row : emissions.mass_table()) {
    EXPECT_LE(row.residual(), closes) << row.sector << " " << row.pollutant;
    EXPECT_EQ(row.outside_domain_t, 0.0);
    injected_t[row.sector + " " + row.pollutant] = row.injected_t;
  }
  EXPECT_NEAR(injected_t.at("biogenic VOC") / organics_t, 1.0, closes);
  EXPECT_NEAR(injected_t.at("soil NOx") / (3600.0e-6 * mol_s.at("NO") * 46.0055), 1.0, closes);
  EXPECT_EQ(injected_t.size(), 6U);  // sea_salt and wind_dust: PM25, PMC
}

TEST_F(NaturalSourcesTest, AScaleAndACutOfTheSectorMultiply) {
  const auto whole = rates();
  configuration.emissions.natural.biogenic.scale = 0.5;
  configuration.emissions.scaling = {{.sectors = {"biogenic", "sea_salt"},
                                      .districts = {},
                                      .enterprises = {},
                                      .pollutants = {},
                                      .factor = 0.25}};
  const auto less = rates();
  EXPECT_NEAR(rate(less, "ISOP", broadleaf) / rate(whole, "ISOP", broadleaf), 0.125, closes);
  EXPECT_NEAR(rate(less, "NA", water) / rate(whole, "NA", water), 0.25, closes);
  EXPECT_EQ(rate(less, "NO", broadleaf), rate(whole, "NO", broadleaf));
}

TEST_F(NaturalSourcesTest, ACutOfADistrictOrAnEnterpriseDoesNotMeetThem) {
  const auto whole = rates();
  EXPECT_EQ(make().natural_sectors(),
            (std::vector<std::string>{"biogenic", "soil", "sea_salt", "wind_dust"}));
  Emissions emissions = make();
  emissions.survey_natural(configuration.run.start, weather, surface);
  const UtcTime from = configuration.run.start, to = configuration.run.end;
  ScalingConfig selection;
  selection.sectors = {"biogenic"};
  (void)emissions.rates_mol_s(from, weather, surface);
  // One surveyed hour of the two, so half the rate of that hour.
  EXPECT_NEAR(
      emissions.mean_rate_t_d(selection, "VOC", from, to) / (12.0 * emissions.mass_table()[0].injected_t),
      1.0, closes);
  selection.districts = {"any"};
  EXPECT_EQ(emissions.mean_rate_t_d(selection, "VOC", from, to), 0.0);
}

TEST_F(NaturalSourcesTest, AMechanismWithoutSaltAndOrganicsHasThemOffByDefault) {
  species = species_of({"NO", "PPM25", "PPMC"});
  EXPECT_TRUE(make().natural_sectors().empty());
  configuration.emissions.natural.sea_salt.enabled = Switch::on;
  const auto all = rates();
  EXPECT_GT(rate(all, "PPM25", water), 0.0);  // all of the fine salt
  EXPECT_EQ(rate(all, "NO", broadleaf), 0.0);
}

TEST_F(NaturalSourcesTest, WhatCannotBeIsAFault) {
  species = species_of({"NO", "PPM25"});
  configuration.emissions.natural.biogenic.enabled = Switch::on;
  ASSERT_EQ(faults().size(), 1U);
  EXPECT_EQ(problems.sentences()[0],
            "emissions.natural.biogenic.enabled: is true, and the mechanism has no species for isoprene, "
            "alpha_pinene, other_monoterpenes, sesquiterpenes, methanol, acetone; set it to false, or take a "
            "mechanism that has, such as \"cb6r5\"");
}

TEST_F(NaturalSourcesTest, NoLandUseIsTold) {
  surface.land_use = {};
  Emissions emissions = make();
  try {
    (void)emissions.rates_mol_s(configuration.run.start, weather, surface);
    FAIL() << "no fault";
  } catch (const DataError& fault) {
    EXPECT_STREQ(fault.what(),
                 "emissions.natural.biogenic: the weather gives no land use of the cells, which decides it; "
                 "set its enabled to false, or give the weather a land use");
  }
}

TEST_F(NaturalSourcesTest, EmissionsThatAreOffAreOffForAll) {
  configuration.emissions.enabled = false;
  for (const Array3<double>& field : rates()) EXPECT_TRUE(field.empty());
}

}  // namespace
}  // namespace lantian
