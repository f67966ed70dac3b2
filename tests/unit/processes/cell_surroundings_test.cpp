// What particles, cloud drops and the ground do to gases in CB6r5: an hour of still air.
#include "support/made_chemistry.hpp"

#include "lantian/base/errors.hpp"
#include "lantian/processes/gas_chemistry.hpp"

#include <gtest/gtest.h>

#include <map>
#include <string>

namespace {

using namespace lantian;
using namespace lantian::testing::chemistry;

/// Amounts of cell (layer, 1, column) after an hour of CB6r5 in still air, of which it begins with those of
/// `begin`.
class HourOfCb6 {
 public:
  HourOfCb6(const std::map<std::string, double>& begin_ppb, const std::map<std::string, double>& rate_factors,
            int layer, const Surface* surface = nullptr, const ChemistryConfig& given = {})
      : species_(mechanism_species("cb6r5", {})), state_(made_state(species_, whole_grid())), layer_(layer) {
    for (int s = 0; s < species_.count(); ++s) {
      const auto found = begin_ppb.find(species_[s].name);
      for (int k = 0; k < layers; ++k)
        for (int j = 0; j < rows; ++j)
          for (int i = 0; i < columns; ++i) {
            state_.mixing_ratio_ppb[s](k, j, i) = found == begin_ppb.end() ? 0.0 : found->second;
            state_.mixing_tendency_ppb_s[s](k, j, i) = 0.0;
          }
    }
    ChemistryConfig config = given;
    config.mechanism = "cb6r5";
    config.inorganic_aerosol = "equilibrium";
    config.rate_factors = rate_factors;
    Ledger ledger(state_.tile, species_.count());
    const WeatherHour weather = mild_weather();
    Environment environment;
    environment.weather = &weather;
    environment.surface = surface;
    const auto chemistry = make_gas_chemistry(config, species_, small_grid(), Communicator::world());
    for (int n = 0; n < 12; ++n)
      chemistry->advance(state_, environment, {.start = midnight.plus_seconds(300LL * n), .length_s = 300.0},
                         ledger);
  }
  double operator()(const char* name, int column = 8) const {
    return state_.mixing_ratio_ppb[species_.find(name).value()](layer_, 1, column);
  }

 private:
  SpeciesTable species_;
  State state_;
  int layer_;
};

const std::map<std::string, double> dusty_air = {{"HNO3", 2.0},  {"O3", 40.0},  {"NO2", 10.0},
                                                 {"PCO3C", 3.0}, {"PCLC", 1.0}, {"PPM25", 20.0},
                                                 {"PSO4", 1.0},  {"NH3", 2.0}};

TEST(CellSurroundings, CoarseNitrateTakesOneBaseEachAndNoMoreThanThereIs) {
  const HourOfCb6 hour(dusty_air, {}, 0);
  EXPECT_GT(hour("PNO3C"), 0.05);
  EXPECT_NEAR(hour("PNO3C"), 3.0 - hour("PCO3C") + 1.0 - hour("PCLC"), 1.0e-12);
  EXPECT_NEAR(hour("HCL") + hour("PCL"), 1.0 - hour("PCLC"), 1.0e-12);
  const HourOfCb6 little({{"HNO3", 200.0}, {"PCO3C", 0.01}}, {}, 0);
  EXPECT_GT(little("PNO3C"), 0.0);
  EXPECT_LE(little("PNO3C"),
            0.01 * (1.0 + 1.0e-3));  // to the solver's tolerance, by lifting what ends below zero
}

TEST(CellSurroundings, RateFactorsTurnReactionsOffByTheirLabels) {
  const HourOfCb6 hour(dusty_air, {{"K1", 0.0}, {"K2", 0.0}, {"K3", 0.0}, {"K4", 0.0}}, 0);
  EXPECT_EQ(hour("PNO3C"), 0.0);
  EXPECT_EQ(hour("PCO3C"), 3.0);
  ChemistryConfig known;
  known.mechanism = "cb6r5";
  known.rate_factors = {{"R45", 0.5}, {"H2", 0.0}, {"Q3", 2.0}};
  EXPECT_NO_THROW(check_rate_factors(known));
  known.rate_factors = {{"K11", 0.0}};
  EXPECT_THROW(static_cast<void>(HourOfCb6(dusty_air, known.rate_factors, 0)), ConfigError);
  try {
    check_rate_factors(known);
    FAIL() << "no error";
  } catch (const ConfigError& error) {
    EXPECT_NE(std::string(error.what()).find("chemistry.rate_factors: the mechanism has no reaction \"K11\""),
              std::string::npos)
        << error.what();
  }
}

TEST(CellSurroundings, CloudDropsMakeSulphateByOzoneAndMetalsWhereThereIsWater) {
  const std::map<std::string, double> air = {
      {"SO2", 5.0}, {"O3", 50.0}, {"NH3", 8.0}, {"PPM25", 30.0}, {"PSO4", 1.0}};
  const HourOfCb6 cloudy(air, {}, 1), by_ozone(air, {{"Q3", 0.0}}, 1), by_metals(air, {{"Q2", 0.0}}, 1),
      by_neither(air, {{"Q2", 0.0}, {"Q3", 0.0}}, 1);
  // column 8 of layer 2 holds 0.08 g kg-1 of cloud water, column 0 none
  EXPECT_GT(by_ozone("PSO4"), by_neither("PSO4") + 0.02);
  EXPECT_GT(by_metals("PSO4"), by_neither("PSO4") + 0.02);
  EXPECT_GT(cloudy("PSO4"), by_ozone("PSO4"));
  EXPECT_EQ(cloudy("PSO4", 0), by_neither("PSO4", 0));
  EXPECT_NEAR(cloudy("PSO4") + cloudy("SO2") + cloudy("SULF"), 6.0, 1.0e-12);
}

/// Air with all that oxidises SO2 in drops.
const std::map<std::string, double> peroxidic_air = {{"SO2", 5.0},    {"O3", 50.0},  {"NH3", 8.0},
                                                     {"PPM25", 30.0}, {"PSO4", 1.0}, {"H2O2", 1.0},
                                                     {"MEPX", 1.0},   {"PACD", 0.5}, {"NO2", 15.0}};

TEST(CellSurroundings, EachOxidantOfCloudDropsMakesSulphateAndLeavesWhatItBecomes) {
  const HourOfCb6 all(peroxidic_air, {}, 1);
  for (const auto& [label, spent] : std::map<std::string, const char*>{
           {"Q1", "H2O2"}, {"Q2", "O3"}, {"Q4", "MEPX"}, {"Q5", "PACD"}, {"Q6", "NO2"}}) {
    const HourOfCb6 without(peroxidic_air, {{label, 0.0}}, 1);
    EXPECT_GT(all("PSO4"), without("PSO4")) << label;
    EXPECT_LT(all(spent), without(spent)) << label;
    EXPECT_EQ(all("PSO4", 0), without("PSO4", 0)) << label << ": no water there";
  }
  const HourOfCb6 without_mhp(peroxidic_air, {{"Q4", 0.0}}, 1), without_no2(peroxidic_air, {{"Q6", 0.0}}, 1);
  EXPECT_GT(all("MEOH"), without_mhp("MEOH"));
  EXPECT_GT(all("HONO"), without_no2("HONO"));
  EXPECT_NEAR(all("PSO4") + all("SO2") + all("SULF"), 6.0, 6.0e-13);
}

TEST(CellSurroundings, TheLawOfNitrogenDioxideInDropsIsTheCases) {
  const auto sulphate = [](const std::string& law) {
    ChemistryConfig config;
    config.cloud_nitrogen_dioxide = law;
    return HourOfCb6(peroxidic_air, {}, 1, nullptr, config)("PSO4");
  };
  EXPECT_GT(sulphate("constant"), sulphate("lee_schwartz"));
  EXPECT_GT(sulphate("lee_schwartz"), sulphate("off"));
  EXPECT_EQ(sulphate("off"), HourOfCb6(peroxidic_air, {{"Q6", 0.0}}, 1, nullptr, [] {
              ChemistryConfig config;
              config.cloud_nitrogen_dioxide = "off";
              return config;
            }())("PSO4"));
}

TEST(CellSurroundings, TheSolverOfACaseMakesTheSulphateOfATightOneWithinAPercent) {
  std::map<std::string, double> air = peroxidic_air;
  ChemistryConfig tight;
  tight.relative_tolerance = 1.0e-6;
  for (const double sulphur_dioxide : {0.5, 25.0})
    for (const double peroxide : {0.1, 10.0}) {
      air["SO2"] = sulphur_dioxide;
      air["H2O2"] = peroxide;
      const HourOfCb6 usual(air, {}, 1), exact(air, {}, 1, nullptr, tight);
      for (const int column : {2, 5, 8})
        EXPECT_NEAR(usual("PSO4", column) / exact("PSO4", column), 1.0, 0.01)
            << "SO2 " << sulphur_dioxide << ", H2O2 " << peroxide << ", column " << column;
    }
}

TEST(CellSurroundings, OrganicNitratesInParticlesHydrolyseToNitricAcid) {
  // 19.8 ppb of 12 g mol-1 are 10 ug m-3 of organic particles, 9.9 to 10.2 in the cells of the row, which
  // hold 0.41 of the nitrate; 6 h of lifetime there, at more than 40 % humidity: 0.066 in an hour.
  const std::map<std::string, double> organic = {{"NTR2", 1.0}, {"POA", 19.8}}, clean = {{"NTR2", 1.0}};
  const HourOfCb6 hour(organic, {}, 0), without(clean, {}, 0);
  EXPECT_NEAR(1.0 - hour("NTR2"), 0.066, 0.003);
  EXPECT_NEAR(hour("NTR2") + hour("HNO3") + hour("PNO3") + hour("PNO3C"), 1.0, 1.0e-4);
  EXPECT_NEAR(without("NTR2"), 1.0, 1.0e-4);
}

TEST(CellSurroundings, LeavesAndBuildingsTurnNitrogenDioxideIntoHonoInTheLowestLayer) {
  Surface town;
  town.land_use = Array2<int>(rows, columns, 21);
  town.latitude_deg = Array2<double>(rows, columns, 36.0);
  town.interface_above_ground_m = Array3<double>(layers + 1, rows, columns);
  for (int k = 0; k <= layers; ++k)
    for (int j = 0; j < rows; ++j)
      for (int i = 0; i < columns; ++i) town.interface_above_ground_m(k, j, i) = 20.0 * k;
  const std::map<std::string, double> air = {{"NO2", 20.0}};
  const HourOfCb6 on_ground(air, {}, 0, &town), above(air, {}, 1, &town), open(air, {}, 0);
  // beginning of April: leaves 0.1 to 0.5, so that 2 LAI + 2 over 20 m is 0.110 to 0.150 m2 m-3
  const double made = on_ground("HONO") - open("HONO"), share = made / 20.0 / 3600.0 / 5.0e-5;
  EXPECT_GT(share, 0.105);
  EXPECT_LT(share, 0.155);
  EXPECT_EQ(above("HONO"), HourOfCb6(air, {}, 1)("HONO"));
}

}  // namespace
