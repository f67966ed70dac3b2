// Profiles of boundary air in CMAQ's form, and the map of their species.
#include "start.hpp"

namespace lantian {

namespace {

const std::string sound_profile =
    "VNAME,UNITS,LAYER01,LAYER02,LAYER03\n"
    "PRES,Pa,9.9E4,9.0E4,7.0E4\n"
    "ZH,m,100,900,3000\n"
    "ZF,m,200,1600,4400\n"
    "O3,ppmV,0.03,0.04,0.05\n"
    "NO2,ppmV,0.001,0.0005,0.0001\n"
    "N2O5,ppmV,0.0001,0.0001,0.0001\n";

/// The constant air becomes a profile with a map of the case's own; one of both is spoiled.
std::function<void(Start&)> profile(const std::string& old, const std::string& fresh,
                                    const std::string& map = "O3,O3,1\nNO2,NO2,1\nN2O5,NO2,2\n") {
  return [=](Start& start) {
    start.case_text = with(start.case_text, "kind = \"constant\"\nvalues_ppb = { O3 = 40.0 }",
                           "kind = \"cmaq_profile\"\nfile = \"cmaq.csv\"\nspecies_map = \"map.csv\"");
    start.after_writing = [=](const std::string& folder) {
      write_text(folder + "/cmaq.csv", with(sound_profile, old, fresh));
      write_text(folder + "/map.csv", "cmaq,species,factor\n" + map);
    };
  };
}

}  // namespace

std::vector<Row> boundary_rows() {
  return {
      {"AirProfileWithoutTopsOfLayers", profile("ZF,m", "ZTOP,m"), 65,
       "cmaq.csv: has no row ZF; PRES [Pa], ZH and ZF [m] say where its layers lie"},
      {"AirProfileWithoutAVariableOfItsMap", profile("N2O5,ppmV", "N2O4,ppmV"), 65,
       "cmaq.csv: has no row N2O5, which map.csv counts in NO2 beside NO2; add it, of zeros if there is "
       "none, or give "
       "a species_map without it"},
      {"AirProfileOfGasesByMass", profile("O3,ppmV", "O3,ug m-3"), 65,
       "cmaq.csv:5: O3: the unit \"ug m-3\" is not one of gases, which O3 is; ppmV, ppbV or mol mol-1 is "
       "needed"},
      {"AirProfileInHectopascal", profile("9.9E4,9.0E4,7.0E4", "990,900,700"), 65,
       "cmaq.csv:2: PRES: LAYER01 has 990 Pa; 40000 to 110000 are known at the ground"},
      {"AirProfileWithANegativeAmount", profile("0.03,0.04", "0.03,-0.04"), 65,
       "cmaq.csv:5: O3: LAYER02 is -0.04; a number of 0 or more is needed"},
      {"AirProfileFromTheTopDown", profile("ZF,m,200,1600,4400", "ZF,m,4400,1600,200"), 65,
       "cmaq.csv:4: ZF: LAYER02 is 1600 after 4400 in LAYER01; layers count from the ground up, so it must "
       "rise\n"
       "cmaq.csv:4: ZF: LAYER03 is 200 after 1600 in LAYER02; layers count from the ground up, so it must "
       "rise"},
      {"AirProfileWithItsLayersInAnotherOrder", profile("LAYER02,LAYER03", "LAYER03,LAYER02"), 65,
       "cmaq.csv: column 4 of its header is \"LAYER03\"; LAYER02 is needed: VNAME, UNITS and at least two "
       "layers, "
       "from the ground up"},
      {"AirProfileForAnUnknownSpecies", profile("O3", "O3", "O3,Ozone,1\n"), 65,
       "map.csv:2: \"Ozone\" is no species of this run; known are NO, NO2, O3."},
      {"MapOfSpeciesWithoutAProfile",
       replaced(&Start::case_text, "kind = \"constant\"", "kind = \"constant\"\nspecies_map = \"map.csv\""),
       65,
       "case.toml:28: boundary.air.0.species_map: kind \"constant\" has no use for it; take it out, or give "
       "it an "
       "entry of its own"},
  };
}

}  // namespace lantian
