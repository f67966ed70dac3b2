#include "causes.hpp"

namespace lantian {

namespace {

using enum FaultClass;

std::vector<Cause> case_causes() {
  return {
      {"UnknownKey", form, "spinup_h: there is no such key"},
      {"UnknownTable", form, "chemstry: there is no such key"},
      {"UnknownKeyInAnArrayOfTables", form, "scales: there is no such key"},
      {"WrongType", form, "a number is needed"},
      {"OutOfRange", value, "-1 is out of range"},
      {"UnknownWord", value, "\"nox-o3\" is not known"},
      {"TimeWithoutAZone", unit_or_axis, "has no zone"},
      {"DayThatDoesNotExist", value, "2020-02-30"},
      {"EndBeforeStart", value, "does not lie after run.start"},
      {"StepThatDoesNotDivideTheHour", value, "does not divide an hour"},
      {"FallingLayers", unit_or_axis, "tops must rise"},
      {"MissingKey", missing, "output.directory: is missing"},
      {"TableTwice", form, "cannot redefine existing table"},
      {"NoToml", form, "is no TOML"},
      {"MissingCase", missing, "there is no such file"},
      {"UnknownKeyInASetting", usage, "spinup_h: there is no such key"},
      {"SettingWithoutAValue", usage, "is no key=value"},
      {"FolderThatCannotBeMade", usage, "cannot create the folder"},
      {"UnknownOption", usage, "not expected: --chek"},
      {"UnknownCommand", usage, "\"runn\" is no command"},
      {"NoCommand", usage, "A subcommand is required"},
      {"RankingOfAShortRunWithoutFineParticles", value, "needs PM2.5 and O3"},
      {"RankingWithoutEmission", value, "emissions.enabled: is false"},
      {"RankingOfWhatNobodyEmits", value, "no group emits any of NH3"},
      {"RankingOfNoPollutant", value, "ranking.pollutants: is empty"},
      {"RankingByEnterprisesWithoutAList", missing, "finds no enterprise inside the grid"},
      {"GroupOfAnUnknownSector", value, "no sector \"raod\""},
      {"GroupWithTheNameOfASector", value, "makes a group of that name too"},
      {"CityOfAnUnknownDistrict", value, "no district \"Licangg\""},
      {"RankingInAFolderThatCannotBeMade", usage, "cannot create the folder"},
      {"EvaluationWithoutAModel", missing, "there is no such file"},
      {"EvaluationOfTwoModels", usage, "At Most 1 required but received 2"},
      {"EvaluationAgainstWeather", usage, "is no receptors.nc of a run"},
      {"EvaluationOfHoursThatRunBackwards", usage, "its end does not lie after its beginning"},
      {"EvaluationOfHoursWithoutAnEnd", usage, "is no FROM/TO"},
      {"CaseThatIsAFolder", usage, "is a folder"},
  };
}

std::vector<Cause> weather_causes() {
  return {
      {"MissingFile", missing, "there is no file wrfout_d01_*"},
      {"MissingVariable", missing, "has no variable QVAPOR"},
      {"MissingPositions", missing, "has no variable XLAT"},
      {"CelsiusForKelvin", unit_or_axis, "It looks like degrees Celsius"},
      {"HectopascalForPascal", unit_or_axis, "It looks like hPa"},
      {"SwappedPositions", unit_or_axis, "XLAT and XLONG look swapped"},
      {"UnknownProjection", value, "MAP_PROJ = 9 is not known"},
      {"WrongProjection", unit_or_axis, "The projection's attributes do not belong to these coordinates"},
      {"SwappedAxesOfASquareGrid", unit_or_axis, "expected Time, bottom_top, south_north, west_east"},
      {"InputOfWrfForItsOutput", file, "is an input of WRF"},
      {"AnalysisForWrf", missing, "has no variable Times"},
      {"UnwrittenTimes", value, "Times is \"\""},
      {"SpinUpNotCovered", unit_or_axis, "run.start less run.spin_up_h"},
      {"GapInTime", unit_or_axis, "1 are missing: 2020-03-30T12:00:00Z"},
      {"TooShort", unit_or_axis, "cover 2020-03-30T11:00:00Z to 2020-03-30T12:00:00Z"},
      {"NotANumber", value, "holds no number"},
      {"CutFile", file, "cut short or damaged"},
      {"HeaderOfMoreVariablesThanTheFileHolds", file, "its header speaks of 2684354"},
      {"FileThatHangsTheLibrary", file, "reading it takes longer than 10 s"},
      {"EmptyFile", file, "it is empty"},
      {"TextForNetcdf", file, "is not netCDF"},
      {"WindowBeyondTheGrid", value, "does not lie in the weather's 12 x 10 cells"},
      {"TimesTwice", unit_or_axis, "also stands in wrfout.nc"},
      {"RadiansForDegrees", unit_or_axis, "radians"},
      {"RadiansInTheInventory", unit_or_axis, "radians"},
      {"RadiansInTheList", unit_or_axis, "radians"},
      {"RadiansOfAReceptor", unit_or_axis, "radians"},
      {"GramsForKilogramsOfVapour", unit_or_axis, "It looks like g kg-1"},
      {"WindInCentimetresASecond", unit_or_axis, "It looks like cm s-1"},
      {"WindInKilometresAnHour", unit_or_axis, "U is in \"km h-1\""},
      {"PressureThatSaysItsUnit", unit_or_axis, "P is in \"hPa\""},
      {"MixingHeightInMillimetres", unit_or_axis, "It looks like mm"},
      {"LayersUpsideDown", unit_or_axis, "layers must be ordered from the ground up"},
      {"FillValueForWind", value, "It looks like a fill value"},
      {"WeatherOfLocalTime", unit_or_axis, "local time"},
      {"LeapDayOfACommonYear", unit_or_axis, "2019-02-29"},
      {"TimeOfOneRecordTwice", unit_or_axis, "none may come twice"},
      {"StackInCentimetres", unit_or_axis, "looks like cm"},
  };
}

std::vector<Cause> source_causes() {
  return {
      {"MissingInventory", missing, "there is no such file"},
      {"MissingVariableOfTheInventory", missing, "there is no variable \"NOX\""},
      {"UnknownPollutant", value, "\"NOX\" is no pollutant"},
      {"UnitsThatAreNoEmission", unit_or_axis, "the unit \"ppb\" is no emission"},
      {"NoUnits", unit_or_axis, "has no units attribute"},
      {"NegativeEmission", value, "an emission cannot be negative"},
      {"AbsurdEmission", value, "that fill values carry _FillValue"},
      {"TonsThatAreNoTonnes", unit_or_axis, "a ton may be 907 kg"},
      {"MilligramsForMegagrams", unit_or_axis, "means milligrams"},
      {"MonthsInAFileOfOneYear", unit_or_axis, "needs twelve months"},
      {"InventoryOfAnotherPlace", unit_or_axis, "no cell touches the model grid"},
      {"SwappedAxes", unit_or_axis, "lon and lat seem to be swapped"},
      {"NoAxes", unit_or_axis, "has no axis"},
      {"UnknownSpeciesInTheBoundary", value, "\"Ozone\" is no species"},
      {"MissingList", missing, "there is no such file"},
      {"NoNumber", form, "\"9OO\" is no number"},
      {"CommaForThePoint", form, "comma for a decimal point"},
      {"CutOfASectorThatIsNotThere", value, "there is no sector \"raod\""},
      {"CutOfAnEnterpriseThatIsNotThere", value, "there is no enterprise \"F7\""},
      {"UnknownColumn", form, "is no column of an enterprise list"},
      {"MissingColumn", missing, "there is no column \"longitude\""},
      {"DoubledId", value, "stands there a second time"},
      {"NegativeRate", value, "-900 is negative"},
      {"StackInCelsius", unit_or_axis, "it looks like degrees Celsius"},
      {"SwappedPlace", unit_or_axis, "longitude and latitude seem to be swapped"},
      {"UnknownCoordinates", unit_or_axis, "crs: \"WGS-84\" is unknown"},
      {"BytesThatAreNoText", file, "is neither UTF-8 nor GBK"},
      {"ReceptorWithoutAPlace", missing, "needs a longitude and a latitude"},
      {"ReceptorsWithoutNames", missing, "there is no column \"name\""},
      {"UnknownProfile", value, "there is no vertical profile \"shiping\""},
      {"StationSeriesWithoutTime", unit_or_axis, "there is no column \"time\""},
      {"RulesForAStationThatIsNotThere", value, "there is no station \"Weihai\""},
      {"SectorBeyondTheCircle", unit_or_axis, "400 is out of range"},
      {"RulesThatShareOutTooLittle", value, "they must add up to 1"},
      {"StationSeriesThatEndsEarly", unit_or_axis, "1 of the 3 hours of the run have no NO"},
      {"SpeciationThatDoesNotAddUp", value, "they must add up to 1"},
      {"SpeciationWithoutAColumn", missing, "there is no column \"share\""},
      {"UnclosedQuote", form, "a quote is opened and never closed"},
      {"Semicolons", form, "separated by semicolons"},
      {"LatitudeBeyondThePole", unit_or_axis, "lies beyond 90"},
      {"DoubledReceptor", value, "stands there a second time"},
      {"SwappedReceptor", unit_or_axis, "longitude and latitude seem to be swapped"},
      {"ListWithoutALine", missing, "has no line below its header"},
      {"ListWithoutEmission", missing, "there is no column of emission"},
      {"FugitiveInPercent", unit_or_axis, "per cent"},
      {"PlaceThatIsNoNumber", unit_or_axis, "is no number"},
      {"SpeciationWithoutAShare", value, "share is empty"},
      {"DoubledHourOfAStation", unit_or_axis, "has the hour 2020-03-30 18:00 in line 2 already"},
      {"ReceptorsWithoutALine", missing, "has no line below its header"},
      {"AirInTwoUnits", unit_or_axis, "O3 stands in values_ppb too"},
      {"AirWithAFileThatIsNotRead", value, "kind \"constant\" has no use for it"},
      {"FieldOfAnUnknownSpecies", value, "\"NO22\" is no species"},
      {"ListThatIsAFolder", file, "is a folder"},
      {"ListThatIsEmpty", file, "is empty"},
      {"ListWithANulByte", file, "holds a NUL byte"},
      {"RateThatIsInfinite", value, "\"inf\" is no number"},
  };
}

std::vector<Cause> feature_causes() {
  return {
      {"MissingRoads", missing, "there is no such file"},
      {"RoadsCutShort", form, "unexpected end of input"},
      {"RoadsOnAMap", unit_or_axis, "is not longitude and latitude on WGS 84"},
      {"RoadsInMetres", unit_or_axis, "these seem to be metres on a map"},
      {"RoadsTurnedRound", unit_or_axis, "they seem to be swapped"},
      {"RoadsOfAnotherCity", unit_or_axis, "none of its 1 lines touches the model grid"},
      {"RoadsThatArePoints", form, "its geometry is Point"},
      {"TrafficThatIsText", form, "a number is needed"},
      {"TrafficThatIsNotThere", missing, "has no property \"cars\""},
      {"AbsurdTraffic", value, "allowed are 0 to 1000000 vehicles a day"},
      {"SpeedInMetresASecond", unit_or_axis, "allowed are 1 to 200 km/h"},
      {"UnknownVehicleClass", value, "there is no vehicle class \"light_petrl\""},
      {"StandardWithoutFactors", value, "there are no factors for standard \"china_6\""},
      {"FleetThatDoesNotAddUp", value, "they must add up to 1"},
      {"TrafficWithoutAFleet", missing, "traffic needs the key fleet"},
      {"LinesWithoutAnything", missing, "has neither variables nor traffic"},
      {"MisspeltLinesKey", form, "sped: there is no such key"},
      {"AreaWithoutUnits", unit_or_axis, "units: is missing"},
      {"AreaInTons", unit_or_axis, "a ton may be 907 kg"},
      {"OpenRing", value, "its last place is its first"},
      {"RingThatCrossesItself", value, "a ring crosses or touches itself"},
      {"NegativeArea", value, "allowed is 0 or more"},
      {"AbsurdArea", unit_or_axis, "check the unit"},
  };
}

}  // namespace

std::vector<Cause> causes() {
  std::vector<Cause> all;
  for (const auto& some : {case_causes(), weather_causes(), source_causes(), feature_causes()})
    all.insert(all.end(), some.begin(), some.end());
  return all;
}

}  // namespace lantian
