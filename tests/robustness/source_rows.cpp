#include "start.hpp"

#include <algorithm>

namespace lantian {

namespace {

std::function<void(Start&)> in_list(const std::string& old, const std::string& fresh) {
  return replaced(&Start::enterprises, old, fresh);
}

/// Adds a table of speciation of the user's own to the case.
std::function<void(Start&)> own_speciation(
    const std::string& rows, const std::string& header = "profile,pollutant,species,share,mol_per_g\n") {
  return [=](Start& start) {
    start.case_text = with(start.case_text, "[emissions]", "[emissions]\nspeciation_profiles = \"own.csv\"");
    start.after_writing = [=](const std::string& folder) { write_text(folder + "/own.csv", header + rows); };
  };
}

std::vector<Row> inventory_rows() {
  return {
      {"MissingInventory", replaced(&Start::case_text, "inventory.nc", "inventori.nc"), 69,
       "inventori.nc: there is no such file"},
      {"MissingVariableOfTheInventory", replaced(&Start::case_text, "NOx = \"NOx\"", "NOx = \"NOX\""), 65,
       "inventory.nc: there is no variable \"NOX\" (for NOx of sector road); found lat, lon, NOx, SO2. Did "
       "you mean \"NOx\"?"},
      {"UnknownPollutant", replaced(&Start::case_text, "NOx = \"NOx\"", "NOX = \"NOx\""), 65,
       "emissions.inventory \"road\": \"NOX\" is no pollutant; known are NOx, VOC, SO2, NH3, CO, PM25, PM10, "
       "BC, OC. Did you mean \"NOx\"?"},
      {"UnitsThatAreNoEmission", [](Start& start) { start.inventory.units["NOx"] = "ppb"; }, 65,
       "inventory.nc: NOx: the unit \"ppb\" is no emission of NOx; known are t/yr, t/month, t km-2 yr-1, "
       "kg m-2 s-1, kg s-1, mol s-1"},
      {"NoUnits", [](Start& start) { start.inventory.units["NOx"] = ""; }, 65,
       "inventory.nc: NOx: has no units attribute; name the unit in emissions.inventory units"},
      {"NegativeEmission", [](Start& start) { start.inventory.value = -1.0; }, 65,
       "inventory.nc: NOx: lat 35.9, lon 119.9 (row 0, column 0) is -1 (one of 63 such values); an emission "
       "cannot be negative: set it to 0 or to missing\ninventory.nc: SO2: lat 35.9, lon 119.9 (row 0, column "
       "0) is -1 (one of 63 such values); an emission cannot be negative: set it to 0 or to missing"},
      {"AbsurdEmission", [](Start& start) { start.inventory.value = 9.96e36; }, 65,
       "inventory.nc: NOx: lat 35.9, lon 119.9 (row 0, column 0) is 9.96e+36 (one of 63 such values); no "
       "cell "
       "emits so much: check the unit, and that fill values carry _FillValue\ninventory.nc: SO2: lat 35.9, "
       "lon 119.9 (row 0, column 0) is 9.96e+36 (one of 63 such values); no cell emits so much: check the "
       "unit, and that fill values carry _FillValue"},
      {"TonsThatAreNoTonnes", [](Start& start) { start.inventory.units["NOx"] = "ton/yr"; }, 65,
       R"(inventory.nc: NOx: the unit "ton/yr" is ambiguous: a ton may be 907 kg; write "t" for 1000 kg)"},
      {"MilligramsForMegagrams", [](Start& start) { start.inventory.units["NOx"] = "mg/yr"; }, 65,
       R"(inventory.nc: NOx: the unit "mg/yr" means milligrams; tonnes are "Mg" or "t")"},
      {"MonthsInAFileOfOneYear", [](Start& start) { start.inventory.units["NOx"] = "t/month"; }, 65,
       "inventory.nc: NOx: the unit \"t/month\" needs twelve months in the file"},
      {"InventoryOfAnotherPlace", [](Start& start) { start.inventory.first_longitude_deg = 20.0; }, 65,
       "inventory.nc: NOx: no cell touches the model grid; the file spans lon 20 to 20.8, lat 35.9 to 36.5, "
       "the grid's middle is lon 120.32, lat 36.21\n"
       "inventory.nc: SO2: no cell touches the model grid; the file spans lon 20 to 20.8, lat 35.9 to 36.5, "
       "the grid's middle is lon 120.32, lat 36.21"},
      {"SwappedAxes",
       [](Start& start) {
         std::swap(start.inventory.first_longitude_deg, start.inventory.first_latitude_deg);
       },
       65,
       "inventory.nc: lat runs from 119.9 to 120.5; latitudes lie within -90 and 90: lon and lat seem to be "
       "swapped"},
      {"NoAxes", [](Start& start) { start.inventory.longitude_name = "column"; }, 65,
       "inventory.nc: NOx: its dimension \"column\" has no axis; lon and lat (degrees_east, degrees_north), "
       "or x and y with a grid mapping, are needed\ninventory.nc: SO2: its dimension \"column\" has no axis; "
       "lon and lat (degrees_east, degrees_north), or x and y with a grid mapping, are needed"},
      {"UnknownSpeciesInTheBoundary", replaced(&Start::case_text, "O3 = 40.0", "Ozone = 40.0"), 65,
       "boundary.air.0: \"Ozone\" is no species of this run; known are NO, NO2, O3."},
  };
}

std::vector<Row> list_rows() {
  return {
      {"MissingList", replaced(&Start::case_text, "enterprises.csv", "enterprise.csv"), 69,
       "enterprise.csv: there is no such file, or it cannot be read"},
      {"NoNumber", in_list(",900,", ",9OO,"), 65, "enterprises.csv:2: NOx_t_yr: \"9OO\" is no number"},
      {"CommaForThePoint", in_list("36.20", "36,20"), 65,
       "enterprises.csv:2: has 16 cells; the header has 15: a comma for a decimal point, or in a text "
       "without quotes?"},
      {"CutOfASectorThatIsNotThere",
       replaced(&Start::case_text, "[[boundary.air]]",
                "[[emissions.scaling]]\nsectors = [\"raod\"]\nfactor = 0\n[[boundary.air]]"),
       65,
       "emissions.scaling.0: there is no sector \"raod\"; known are road, power, industry_combustion. Did "
       "you mean \"road\"?"},
      {"CutOfAnEnterpriseThatIsNotThere",
       replaced(&Start::case_text, "[[boundary.air]]",
                "[[emissions.scaling]]\nenterprises = [\"F7\"]\nfactor = 0\n[[boundary.air]]"),
       65, R"(emissions.scaling.0: there is no enterprise "F7"; known are E1, E2. Did you mean "E1"?)"},
      {"UnknownColumn", in_list("SO2_t_yr", "SO2_t_year"), 65,
       "enterprises.csv:1: \"SO2_t_year\" is no column of an enterprise list. Did you mean \"SO2_t_yr\"? "
       "Pollutants are named like SO2_t_yr or VOC_kg_d"},
      {"MissingColumn", in_list("longitude,", "lengthitude,"), 65,
       "enterprises.csv:1: \"lengthitude\" is no column of an enterprise list. Did you mean \"longitude\"? "
       "Pollutants are named like SO2_t_yr or VOC_kg_d\nenterprises.csv:1: there is no column \"longitude\"; "
       "found enterprise_id, enterprise_name, district, stack_id, lengthitude, latitude, crs, height_m, "
       "diameter_m, temperature_k, velocity_m_s, fugitive, sector, NOx_t_yr, SO2_t_yr"},
      {"DoubledId", in_list("E2,", "E1,"), 65,
       "enterprises.csv:3: enterprise_id \"E1\", stack_id \"S1\" stands there a second time; give each stack "
       "an id of its own"},
      {"NegativeRate", in_list(",900,", ",-900,"), 65,
       "enterprises.csv:2: NOx_t_yr: -900 is negative; an emission cannot be"},
      {"StackInCelsius", in_list(",400,15", ",127,15"), 65,
       "enterprises.csv:2: temperature_k: 127 is out of range; allowed are 260 to 2000 K; it looks like "
       "degrees Celsius: add 273.15, or name the column temperature_c"},
      {"SwappedPlace", in_list("120.30,36.20", "36.20,120.30"), 65,
       "enterprises.csv:2: latitude 120.3 lies beyond 90: longitude and latitude seem to be swapped"},
      {"UnknownCoordinates", in_list("WGS84", "WGS-84"), 65,
       "enterprises.csv:2: crs: \"WGS-84\" is unknown; known are WGS84, CGCS2000, GCJ02. Did you mean "
       "\"WGS84\"?"},
      {"BytesThatAreNoText", in_list("Steel works", std::string("\xff\xfe\xff", 3)), 65,
       "enterprises.csv: is neither UTF-8 nor GBK (byte 231); save it as \"CSV UTF-8\""},
  };
}

std::vector<Row> receptor_rows() {
  return {
      {"ReceptorWithoutAPlace", replaced(&Start::receptors, "120.32,36.18", ","), 65,
       "receptors.csv:2: \"Shinan\" needs a longitude and a latitude in degrees"},
      {"ReceptorsWithoutNames", replaced(&Start::receptors, "name,", "station,"), 65,
       "receptors.csv:1: there is no column \"name\"; found station, longitude, latitude"},
      {"UnknownProfile",
       replaced(&Start::case_text, "sector = \"road\"", "sector = \"road\"\nvertical = \"shiping\""), 65,
       "sector \"road\": there is no vertical profile \"shiping\"; known are aviation, default, industry, "
       "low, power, residential, shipping, surface. Did you mean \"shipping\"?"},
  };
}

std::vector<Row> air_rows() {
  return {
      {"StationSeriesWithoutTime", replaced(&Start::boundary_air, "time", "hour"), 65,
       "stations.csv:1: there is no column \"time\"; found station, lon, lat, hour, O3_ug_m3, NO2_ug_m3"},
      {"RulesForAStationThatIsNotThere", replaced(&Start::boundary_rules, "Rizhao", "Weihai"), 65,
       "rules.toml: sector south: there is no station \"Weihai\" in stations.csv."},
      {"SectorBeyondTheCircle", replaced(&Start::boundary_rules, "180", "400"), 65,
       "rules.toml:3: sector.0.azimuth_deg: 400 is out of range; allowed is 0 to 360 deg"},
      {"RulesThatShareOutTooLittle",
       replaced(&Start::boundary_rules, "[[sector]]", "pm25_split = { PPM25 = 0.6, PSO4 = 0.3 }\n[[sector]]"),
       65, "rules.toml:1: pm25_split: its shares add up to 0.8999999999999999; they must add up to 1"},
      {"StationSeriesThatEndsEarly",
       replaced(&Start::boundary_air,
                "Rizhao,119.5,35.4,2020-03-30 22:00,78,21\nRizhao,119.5,35.4,2020-03-30 23:00,76,20\n", ""),
       65,
       "boundary.air: 1 of the 3 hours of the run have no NO, the first 2020-03-30T13:00:00Z, the last "
       "2020-03-30T13:00:00Z; give a constant or a profile for them in an entry before\nboundary.air: 1 of "
       "the 3 hours of the run have no NO2, the first 2020-03-30T13:00:00Z, the last 2020-03-30T13:00:00Z; "
       "give a constant or a profile for them in an entry before"},
      {"SpeciationThatDoesNotAddUp", own_speciation("default,NOx,NO,0.9,0.02\ndefault,NOx,NO2,0.2,0.02\n"),
       65, "own.csv: the shares of default NOx add up to 1.1; they must add up to 1"},
      {"SpeciationWithoutAColumn",
       own_speciation("default,NOx,NO,1,0.02\n", "profile,pollutant,species,part,mol_per_g\n"), 65,
       "own.csv:1: there is no column \"share\"; found profile, pollutant, species, part, mol_per_g"},
  };
}

std::vector<Row> further_list_rows() {
  return {
      {"UnclosedQuote", in_list("Power station", "\"Power station"), 65,
       "enterprises.csv:2: a quote is opened and never closed"},
      {"Semicolons", [](Start& start) { std::ranges::replace(start.enterprises, ',', ';'); }, 65,
       "enterprises.csv:1: its cells are separated by semicolons; commas are needed, save it as \"CSV\""},
      {"LatitudeBeyondThePole", in_list("120.30,36.20", "120.30,96.20"), 65,
       "enterprises.csv:2: latitude 96.2 lies beyond 90"},
      {"DoubledReceptor", replaced(&Start::receptors, "Shinan,", "Shinan,120.30,36.20\nShinan,"), 65,
       "receptors.csv:3: the name \"Shinan\" stands there a second time; names must differ"},
      {"SwappedReceptor", replaced(&Start::receptors, "120.32,36.18", "36.18,120.32"), 65,
       "receptors.csv:2: \"Shinan\" lies at latitude 120.32; latitudes lie within -90 and 90: longitude and "
       "latitude seem to be swapped"},
      {"ListWithoutALine", [](Start& start) { start.enterprises.erase(start.enterprises.find('\n') + 1); },
       65, "enterprises.csv: has no line below its header; one a stack is needed"},
      {"ListWithoutEmission",
       [](Start& start) {
         start.enterprises = "enterprise_id,longitude,latitude,sector\nE1,120.30,36.20,power\n";
       },
       65,
       "enterprises.csv:1: there is no column of emission such as SO2_t_yr or VOC_kg_d; found enterprise_id, "
       "longitude, latitude, sector"},
      {"FugitiveInPercent", in_list(",0.1,", ",10,"), 65,
       "enterprises.csv:3: fugitive: 10 is out of range; allowed are 0 to 1; it looks like per cent: divide "
       "by 100"},
      {"PlaceThatIsNoNumber", in_list("120.30", "120°18'"), 65,
       "enterprises.csv:2: longitude: \"120°18'\" is no number"},
  };
}

std::vector<Row> table_rows() {
  return {
      {"SpeciationWithoutAShare", own_speciation("default,NOx,NO,NaN,0.02\ndefault,NOx,NO2,1,0.02\n"), 65,
       "own.csv:2: share is empty; a number is needed"},
      {"DoubledHourOfAStation", replaced(&Start::boundary_air, "19:00,82", "18:00,82"), 65,
       "stations.csv:3: station \"Rizhao\" has the hour 2020-03-30 18:00 in line 2 already"},
      {"ReceptorsWithoutALine", replaced(&Start::receptors, "Shinan,120.32,36.18\n", ""), 65,
       "receptors.csv: has no line below its header; one a receptor is needed"},
      {"AirInTwoUnits",
       replaced(&Start::case_text, "values_ppb = { O3 = 40.0 }",
                "values_ppb = { O3 = 40.0 }\nvalues_ug_m3 = { O3 = 80.0 }"),
       65, "case.toml:29: boundary.air.0.values_ug_m3: O3 stands in values_ppb too; keep one"},
      {"AirWithAFileThatIsNotRead",
       replaced(&Start::case_text, "kind = \"constant\"", "kind = \"constant\"\nfile = \"air.nc\""), 65,
       "case.toml:28: boundary.air.0.file: kind \"constant\" has no use for it; take it out, or give it an "
       "entry "
       "of its own"},
      {"NaturalSourceWithoutItsSpecies",
       replaced(&Start::case_text, "[[boundary.air]]",
                "[emissions.natural.biogenic]\nenabled = true\n[[boundary.air]]"),
       65,
       "emissions.natural.biogenic.enabled: is true, and the mechanism has no species for isoprene, "
       "alpha_pinene, other_monoterpenes, sesquiterpenes, methanol, acetone; set it to false, or take a "
       "mechanism that has, such as \"cb6r5\""},
      {"NaturalSourceThatAnInventoryHas",
       [](Start& start) {
         start.case_text = with(start.case_text, "sector = \"road\"", "sector = \"soil\"");
         start.case_text = with(start.case_text, "[[boundary.air]]",
                                "[emissions.natural.soil]\nenabled = true\n[[boundary.air]]");
       },
       65,
       "emissions.natural.soil: \"soil\" is also the sector of an inventory, so that it would count twice; "
       "set "
       "emissions.natural.soil.enabled = false, or rename the sector"},
      {"FieldOfAnUnknownSpecies",
       replaced(&Start::case_text, "directory = \"results\"",
                "directory = \"results\"\nfields_3d = [\"NO22\"]"),
       65,
       R"(output.fields_3d: "NO22" is no species of this run; known are NO, NO2, O3. Did you mean "NO2"?)"},
  };
}

}  // namespace

std::vector<Row> source_rows() {
  return joined(
      {inventory_rows(), list_rows(), receptor_rows(), air_rows(), further_list_rows(), table_rows()});
}

}  // namespace lantian
