#pragma once

#include <map>
#include <string>
#include <vector>

namespace lantian {

/// [run] of a box.
struct BoxRunConfig {
  double begin_h = 0.0;  // local solar hour
  double length_h = 24.0;
  double output_interval_s = 600.0;
  std::string solver = "rodas3";  // its last stages see the light at the end of a step
  double relative_tolerance = 1.0e-3;
  double absolute_tolerance_ppb = 1.0e-9;
  double longest_step_s = 300.0;
};

/// [air] of a box.
struct BoxAirConfig {
  double temperature_k = 298.15;
  double pressure_hpa = 1013.25;
  double relative_humidity = 0.5;
  double cloud_water_g_m3 = 0.0;
  double air_per_cm3 = 0.0;    // M; 0: from temperature and pressure
  double water_per_cm3 = 0.0;  // H2O; 0: from temperature and relative humidity
  double particle_surface_m2_m3 = 0.0, particle_radius_m = 1.0e-7, n2o5_uptake = 0.0;
  double organic_nitrate_share = 0.0;
  double aqueous_ozone_cm3_s = 0.0, aqueous_peroxide_cm3_s = 0.0, aqueous_methyl_hydroperoxide_cm3_s = 0.0,
         aqueous_peroxyacetic_acid_cm3_s = 0.0, aqueous_nitrogen_dioxide_cm3_s = 0.0;
  double aqueous_metals_per_s = 0.0;
  double ground_surface_m2_m3 = 0.0;
};

/// [sun] of a box.
struct BoxSunConfig {
  double latitude_deg = 36.0;
  double declination_deg = 20.0;
  double factor = 1.0;  // of all photolysis
};

/// [[photolysis]]: J = l cos(chi)^m exp(-n sec(chi)).
struct BoxPhotolysisConfig {
  std::string process;
  double l = 0.0, m = 0.0, n = 0.0;
};

/// [exchange] of a box with what surrounds it.
struct BoxExchangeConfig {
  double dilution_per_s = 0.0;
  double height_m = 1000.0;
  std::map<std::string, double> deposition_velocity_cm_s;
};

/// [ekma]: the box run over a grid of emissions.
struct EkmaConfig {
  std::vector<double> nox_factors, voc_factors;
  std::vector<std::string> nox_species = {"NO", "NO2", "HONO"};
  std::vector<std::string> voc_species;
};

/// The file that `lantian box` reads, typed and checked.
struct BoxCase {
  std::string path;
  std::string mechanism = "cb6r5_core";
  std::string output;  // .csv and .nc are put behind it
  BoxRunConfig run;
  BoxAirConfig air;
  BoxSunConfig sun;
  std::vector<BoxPhotolysisConfig> photolysis;
  BoxExchangeConfig exchange;
  std::map<std::string, double> initial_ppb, emission_ppb_h, light_emission_ppb_h, background_ppb;
  EkmaConfig ekma;
};

/// What a box case may name in a mechanism.
struct BoxVocabulary {
  std::vector<std::string> species, photolysis;
};

/// Reads and checks the file against the mechanisms there are; `set` as in `read_case`.
/// @throws MissingFileError; ConfigError (Error) with every fault: file:line, key, found, allowed.
[[nodiscard]] BoxCase read_box_case(const std::string& path, const std::vector<std::string>& set,
                                    const std::map<std::string, BoxVocabulary>& mechanisms);

/// All keys of the file with type, unit, default and meaning.
[[nodiscard]] std::string box_reference_page();

}  // namespace lantian
