// Profiles in CMAQ's form: where their layers lie, what their amounts become, what is refused.
#include "cmaq_profile.hpp"

#include "support/case_text.hpp"
#include "support/made_boundary.hpp"

#include <fmt/format.h>

#include <random>
#include <set>

namespace lantian::made_boundary {
namespace {

constexpr double air_k = 280.0;
const std::vector<double> file_tops_m = {40.0, 120.0, 500.0, 1500.0, 4000.0};

/// Air of 280 K throughout, five layers to 4 km; numbers of CMAQ's form have few digits, these have more.
std::string coordinate_rows() {
  std::string pressure = R"("PRES","Pa")", middle = R"("ZH","m")", top = R"("ZF","m")";
  const double scale_height_m = gas_constant_j_mol_k * air_k / (1.0e-3 * air_molar_mass_g_mol * gravity_m_s2);
  for (std::size_t n = 0; n < file_tops_m.size(); ++n) {
    const double middle_m = 0.5 * (file_tops_m[n] + (n == 0 ? 0.0 : file_tops_m[n - 1]));
    pressure += fmt::format(",{:.12E}", 1.0e5 * std::exp(-middle_m / scale_height_m));
    middle += fmt::format(",{:.12E}", middle_m);
    top += fmt::format(",{:.12E}", file_tops_m[n]);
  }
  return pressure + "\n" + middle + "\n" + top + "\n";
}

const std::string header = "# remarks\nVNAME,UNITS,LAYER01,LAYER02,LAYER03,LAYER04,LAYER05\n";
const std::string rows_of_species =
    "\"O3\",\"ppmV\",3.0E-02,3.2E-02,4.0E-02,5.0E-02,6.0E-02\n"
    "\"CO\",\"ppmV\",1.0E-01,1.0E-01,9.0E-02,8.0E-02,8.0E-02\n"
    "\"NO2\",\"ppbV\",1,0.9,0.5,0.1,0.05\n"
    "\"ASO4J\",\"ug m-3\",2.0,1.9,1.5,0.8,0.2\n"
    "\"ASO4I\",\"ug m-3\",0.2,0.1,0.1,0.0,0.0\n"
    "\"HOI\",\"ppmV\",1E-9,1E-9,1E-9,1E-9,1E-9\n"
    "\"NEW\",\"ppmV\",1E-9,1E-9,1E-9,1E-9,1E-9\n";
const std::string species_map =
    "cmaq,species,factor\nO3,O3,1\nCO,CO,1\nNO2,NO2,1\nASO4J,SO4,1\nASO4I,SO4,1\nHOI,,\n";

class Cmaq : public Boundary {
 protected:
  CmaqProfile profile(const std::string& rows = rows_of_species, const std::string& map = species_map) {
    write_text(folder_.file("cmaq.csv"), header + coordinate_rows() + rows);
    return {folder_.file("cmaq.csv"), CsvTable::parse("map.csv", map), false, species_};
  }
  void add_cmaq(const std::string& text = header + coordinate_rows() + rows_of_species) {
    write_text(folder_.file("map.csv"), species_map);
    add("cmaq_profile", "cmaq.csv", text).species_map = "map.csv";
  }
};

TEST_F(Cmaq, FindsItsAirFromPressuresAndHeights) {
  const CmaqProfile found = profile();
  const double scale_height_m = gas_constant_j_mol_k * air_k / (1.0e-3 * air_molar_mass_g_mol * gravity_m_s2);
  for (std::size_t n = 0; n < file_tops_m.size(); ++n) {
    const double middle_m = 0.5 * (file_tops_m[n] + (n == 0 ? 0.0 : file_tops_m[n - 1]));
    const double expected = 1.0e5 * std::exp(-middle_m / scale_height_m) / (gas_constant_j_mol_k * air_k);
    EXPECT_NEAR(found.air_mol_m3()[n] / expected, 1.0, 1.0e-9);  // 12 digits, differences of a percent
  }
}

TEST_F(Cmaq, HoldsTogetherWhatTheFileHoldsWhateverLayersShareTheColumn) {
  const CmaqProfile found = profile();
  std::mt19937 random(7);
  for (const char* name : {"O3", "SO4"}) {
    double file_amount = 0.0;  // of a column, ppb times mol of air
    for (std::size_t n = 0; n < file_tops_m.size(); ++n) {
      const double bottom_m = n == 0 ? 0.0 : file_tops_m[n - 1];
      file_amount += found.mean_ppb(name, bottom_m, file_tops_m[n]) * found.air_mol_m3()[n] *
                     (file_tops_m[n] - bottom_m);
    }
    for (int trial = 0; trial < 20; ++trial) {
      std::vector<double> tops_m;
      for (int n = 0; n < 9; ++n) tops_m.push_back(std::uniform_real_distribution(0.1, 3999.0)(random));
      tops_m.push_back(file_tops_m.back());
      std::ranges::sort(tops_m);
      double amount = 0.0, bottom_m = 0.0;
      for (const double top_m : tops_m) {
        double air_mol_m2 = 0.0;
        for (std::size_t n = 0; n < file_tops_m.size(); ++n)
          air_mol_m2 += found.air_mol_m3()[n] *
                        std::max(0.0, std::min(top_m, file_tops_m[n]) -
                                          std::max(bottom_m, n == 0 ? 0.0 : file_tops_m[n - 1]));
        amount += found.mean_ppb(name, bottom_m, top_m) * air_mol_m2;
        bottom_m = top_m;
      }
      EXPECT_NEAR(amount / file_amount, 1.0, 1.0e-14);  // a few dozen additions
    }
  }
}

TEST_F(Cmaq, AddsUpWhatTheMapGivesASpeciesAndTurnsParticlesIntoPpbByTheFilesOwnAir) {
  const CmaqProfile found =
      profile(rows_of_species, "cmaq,species,factor\nASO4J,SO4,1\nASO4I,SO4,0.5\nO3,O3,1\n");
  EXPECT_FALSE(found.has("CO"));
  EXPECT_DOUBLE_EQ(found.mean_ppb("O3", 10.0, 20.0), 30.0);
  EXPECT_NEAR(found.mean_ppb("SO4", 0.0, 40.0), 1.0e3 * (2.0 + 0.5 * 0.2) / 96.06 / found.air_mol_m3()[0],
              1.0e-12);
}

TEST_F(Cmaq, HasOneValueInsideALayerAndItsTopLayersAbove) {
  const CmaqProfile found = profile();
  EXPECT_DOUBLE_EQ(found.mean_ppb("O3", 150.0, 300.0), 40.0);
  EXPECT_DOUBLE_EQ(found.mean_ppb("O3", 500.0, 500.0), 50.0) << "at a top counts what lies above";
  EXPECT_DOUBLE_EQ(found.mean_ppb("O3", 4000.0, 6000.0), 60.0);
  EXPECT_DOUBLE_EQ(found.mean_ppb("O3", 5000.0, 5000.0), 60.0);
  const double weight = found.air_mol_m3()[3] / found.air_mol_m3()[4];
  EXPECT_NEAR(found.mean_ppb("O3", 1400.0, 4200.0),
              (100.0 * weight * 50.0 + 2700.0 * 60.0) / (100.0 * weight + 2700.0), 1.0e-12);
}

TEST_F(Cmaq, NamesWhatTheMapDoesNotKnowAndWhatItLeavesOut) {
  const CmaqProfile found = profile();
  EXPECT_EQ(found.unknown(), std::vector<std::string>{"NEW"});
  EXPECT_EQ(found.left_out(), std::vector<std::string>{"HOI"});
}

TEST_F(Cmaq, IsTheAirBehindStationsWhichOverrideWhatTheyObserve) {
  add_cmaq();
  add_stations("station,lon,lat,time,O3_ug_m3\nA,120,36,2020-03-30 12:00,80\nA,120,36,2020-03-30 13:00,80\n",
               "residual_top_m = 1000\n[[sector]]\nname = \"all\"\nazimuth_deg = 0\nstations = [\"A\"]\n");
  const BoundaryHour air = noon();
  expect_near(air.west[O3](ground, 0), ppb_of_gas(80.0, 47.998));
  EXPECT_NEAR(air.west[CO](ground, 0), 100.0, 1.0e-10);
  EXPECT_GT(air.west[O3](aloft, 0), 49.0) << "above the residual layer there is the profile's air";
  EXPECT_NEAR(air.top[O3](0, 0), 60.0, 1.0e-10);
  EXPECT_EQ(air.west[PPM25](ground, 0), 0.0);
}

TEST_F(Cmaq, IsRefusedWhereItIsUnsound) {
  const auto refused = [&](const std::string& what, const std::string& by, const std::string& sentence) {
    std::string text = header + coordinate_rows() + rows_of_species;
    const std::size_t at = text.find(what);
    ASSERT_NE(at, std::string::npos) << what;
    case_.boundary.air.clear();
    add_cmaq(text.replace(at, what.size(), by));
    const std::string found = faults();
    EXPECT_NE(found.find(sentence), std::string::npos) << found;
  };
  refused("LAYER02,LAYER03", "LAYER03,LAYER02", "column 4 of its header is \"LAYER03\"; LAYER02 is needed");
  refused("VNAME,UNITS", "NAME,UNITS", "column 1 of its header is \"NAME\"; VNAME is needed");
  refused(R"("ZF","m")", R"("ZFULL","m")",
          "cmaq.csv: has no row ZF; PRES [Pa], ZH and ZF [m] say where its layers lie");
  refused(R"("PRES","Pa")", R"("PRES","hPa")", "PRES: LAYER01 has 9.97");
  refused(R"("PRES","Pa")", R"("PRES","K")", "PRES: the unit \"K\" cannot be turned into Pa");
  refused("4.000000000000E+03", "4.000000000000E+02",
          "ZF: LAYER05 is 400 after 1500 in LAYER04; layers count from the ground up, so it must rise");
  refused("4.000000000000E+01", "1.000000000000E+01",
          "ZH: LAYER01 has its middle at 20 m; it must lie between its bottom, 0, and its top, 10");
  refused(R"("O3","ppmV",3.0E-02)", R"("O3","ppmV",-3.0E-02)",
          "O3: LAYER01 is -0.03; a number of 0 or more is needed");
  refused(R"("O3","ppmV",3.0E-02)", R"("O3","ppmV",)",
          "O3: LAYER01 is empty; a number of 0 or more is needed");
  refused(R"("O3","ppmV",3.0E-02)", R"("O3","ppmV",many)", "\"many\" is no number");
  refused(R"("O3","ppmV")", R"("O3","ug m-3")",
          "O3: the unit \"ug m-3\" is not one of gases, which O3 is; ppmV, ppbV or mol mol-1 is needed");
  refused(R"("ASO4J","ug m-3")", R"("ASO4J","ppmV")",
          "ASO4J: the unit \"ppmV\" is not one of particles, which SO4 is; ug m-3 is needed");
  refused("\"ASO4I\"", "\"ASO4K\"", "cmaq.csv: has no row ASO4I, which map.csv counts in SO4 beside ASO4J");
  refused("\"CO\"", "\"O3\"", "O3 stands in line 6 already");
}

TEST_F(Cmaq, RefusesAMapThatIsUnsound) {
  const auto fault_of = [&](const std::string& map) -> std::string {
    try {
      profile(rows_of_species, map);
    } catch (const Error& error) {
      return error.what();
    }
    return "";
  };
  EXPECT_EQ(fault_of("cmaq,species,factor\nO3,Ozone,1\n"),
            "map.csv:2: \"Ozone\" is no species of this run; known are NO, NO2, O3, CO, SO4, PPM25, PPMC.");
  EXPECT_EQ(fault_of("cmaq,species,factor\nO3,O3,0\n"),
            "map.csv:2: factor of O3 is \"0\"; a number above 0 is needed");
  EXPECT_NE(fault_of("cmaq,species,factor\nOZONE,O3,1\n").find("has none of the rows that map.csv knows"),
            std::string::npos);
}

/// Species of a mechanism of the product: name, molar mass, phase.
SpeciesTable species_of(const std::string& mechanism) {
  const CsvTable table =
      CsvTable::read(fmt::format("{}/mechanisms/{}/species.csv", LANTIAN_INPUTS, mechanism));
  std::vector<Species> all;
  for (std::size_t row = 0; row < table.rows(); ++row)
    all.push_back(
        {.name = table.cell(row, table.required_column("name")),
         .molar_mass_g_mol = std::stod(table.cell(row, table.required_column("molar_mass_g_mol"))),
         .phase = table.cell(row, table.required_column("phase")) == "gas" ? Phase::gas : Phase::particle});
  return SpeciesTable(all);
}

class CmaqMaps : public Cmaq, public ::testing::WithParamInterface<std::string> {
 protected:
  SpeciesTable known_ = species_of(GetParam());
  CsvTable map_ =
      CsvTable::read(fmt::format("{}/boundary_mappings/cmaq_cb6_ae7_to_{}.csv", LANTIAN_INPUTS, GetParam()));
};
INSTANTIATE_TEST_SUITE_P(Mechanisms, CmaqMaps, ::testing::Values("cb6r5", "grs"));

TEST_P(CmaqMaps, GiveEachSpeciesTheSumOfItsRowsAndMissNoneThatMatters) {
  std::map<std::string, double> sum;  // of factors, by species
  std::string rows;
  for (std::size_t row = 0; row < map_.rows(); ++row) {
    const std::string &name = map_.cell(row, 0), &target = map_.cell(row, 1);
    if (target.empty()) continue;
    ASSERT_TRUE(known_.find(target)) << map_.place(row) << ": " << target;
    sum[target] += std::stod(map_.cell(row, 2));
    const bool is_new = rows.find("\"" + name + "\"") == std::string::npos;  // ASOIL has two
    const bool is_gas = known_[*known_.find(target)].phase == Phase::gas;
    if (is_new) rows += fmt::format("\"{}\",\"{}\",1,1,1,1,1\n", name, is_gas ? "ppbV" : "ug m-3");
  }
  write_text(folder_.file("cmaq.csv"), header + coordinate_rows() + rows);
  const CmaqProfile found(folder_.file("cmaq.csv"), map_, false, known_);
  for (const auto& [name, factors] : sum) {
    const Species& one = known_[*known_.find(name)];
    const double ppb =
        one.phase == Phase::gas ? factors : 1.0e3 * factors / (one.molar_mass_g_mol * found.air_mol_m3()[0]);
    EXPECT_NEAR(found.mean_ppb(name, 0.0, 10.0) / ppb, 1.0, 1.0e-14) << name;
  }
  for (const char* needed :
       {"O3", "NO", "NO2", "CO", "SO2", "HNO3", "NH3", "PSO4", "PNO3", "PNH4", "PPM25", "PPMC"})
    EXPECT_TRUE(sum.contains(needed)) << needed;
  EXPECT_TRUE(found.unknown().empty());
}

}  // namespace
}  // namespace lantian::made_boundary
