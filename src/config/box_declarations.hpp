#pragma once

#include "lantian/config/box_case.hpp"

namespace lantian {

// Every key of the file of `lantian box`, declared once. A visitor reads or documents them.

template <class Visitor>
void declare(Visitor& v, BoxRunConfig& c) {
  v.key("begin_h", c.begin_h,
        {.unit = "h", .meaning = "local solar hour of the beginning", .least = 0.0, .most = 24.0});
  v.key("length_h", c.length_h,
        {.unit = "h", .meaning = "length of the run", .least = 1.0e-3, .most = 8784.0});
  v.key("output_interval_s", c.output_interval_s,
        {.unit = "s", .meaning = "between rows of the output", .least = 1.0, .most = 86400.0});
  v.key("solver", c.solver,
        {.meaning = "Rosenbrock method (Sandu et al. 1997)", .allowed = {"ros3", "rodas3"}});
  v.key("relative_tolerance", c.relative_tolerance,
        {.meaning = "of the error of a step", .least = 1.0e-10, .most = 0.5});
  v.key("absolute_tolerance_ppb", c.absolute_tolerance_ppb,
        {.unit = "ppb",
         .meaning = "amounts far below it have no say in the step",
         .least = 1.0e-15,
         .most = 1.0});
  v.key("longest_step_s", c.longest_step_s,
        {.unit = "s", .meaning = "of the solver", .least = 1.0, .most = 86400.0});
}

template <class Visitor>
void declare(Visitor& v, BoxAirConfig& c) {
  v.key("temperature_k", c.temperature_k,
        {.unit = "K", .meaning = "of the air", .least = 180.0, .most = 340.0});
  v.key("pressure_hpa", c.pressure_hpa,
        {.unit = "hPa", .meaning = "of the air", .least = 1.0, .most = 1100.0});
  v.key("relative_humidity", c.relative_humidity, {.meaning = "0 to 1", .least = 0.0, .most = 1.0});
  v.key("cloud_water_g_m3", c.cloud_water_g_m3,
        {.unit = "g m-3", .meaning = "liquid water", .least = 0.0, .most = 10.0});
  v.key("air_per_cm3", c.air_per_cm3,
        {.unit = "molecules cm-3",
         .meaning = "M; 0: from temperature and pressure",
         .least = 0.0,
         .most = 1.0e21});
  v.key("water_per_cm3", c.water_per_cm3,
        {.unit = "molecules cm-3",
         .meaning = "H2O; 0: from temperature and relative humidity",
         .least = 0.0,
         .most = 1.0e20});
  v.key("particle_surface_m2_m3", c.particle_surface_m2_m3,
        {.unit = "m2 m-3",
         .meaning = "of humid fine particles, SURFACE of a mechanism",
         .least = 0.0,
         .most = 1.0});
  v.key("particle_radius_m", c.particle_radius_m,
        {.unit = "m", .meaning = "of the particles that have it", .least = 1.0e-9, .most = 1.0e-4});
  v.key("n2o5_uptake", c.n2o5_uptake,
        {.meaning = "share of its collisions with particles that react, GAMMA_N2O5",
         .least = 0.0,
         .most = 1.0});
  v.key("organic_nitrate_share", c.organic_nitrate_share,
        {.meaning = "of organic nitrates, in particles, ORGANIC_NITRATE", .least = 0.0, .most = 1.0});
  const auto oxidant_key = [&v](const char* name, double& rate, const char* meaning) {
    v.key(name, rate, {.unit = "cm3 molecule-1 s-1", .meaning = meaning, .least = 0.0, .most = 1.0e-9});
  };
  oxidant_key("aqueous_ozone_cm3_s", c.aqueous_ozone_cm3_s, "SO2 with O3 in cloud drops, AQUEOUS_O3");
  oxidant_key("aqueous_peroxide_cm3_s", c.aqueous_peroxide_cm3_s,
              "SO2 with H2O2 in cloud drops, AQUEOUS_H2O2");
  oxidant_key("aqueous_methyl_hydroperoxide_cm3_s", c.aqueous_methyl_hydroperoxide_cm3_s,
              "SO2 with CH3OOH in cloud drops, AQUEOUS_MHP");
  oxidant_key("aqueous_peroxyacetic_acid_cm3_s", c.aqueous_peroxyacetic_acid_cm3_s,
              "SO2 with peroxyacetic acid in cloud drops, AQUEOUS_PAA");
  oxidant_key("aqueous_nitrogen_dioxide_cm3_s", c.aqueous_nitrogen_dioxide_cm3_s,
              "SO2 with NO2 in cloud drops, AQUEOUS_NO2");
  v.key("aqueous_metals_per_s", c.aqueous_metals_per_s,
        {.unit = "s-1",
         .meaning = "SO2 with oxygen and metals in cloud drops, AQUEOUS_METALS",
         .least = 0.0,
         .most = 1.0e3});
  v.key("ground_surface_m2_m3", c.ground_surface_m2_m3,
        {.unit = "m2 m-3", .meaning = "of leaves and buildings, GROUND_SURFACE", .least = 0.0, .most = 10.0});
}

template <class Visitor>
void declare(Visitor& v, BoxSunConfig& c) {
  v.key("latitude_deg", c.latitude_deg, {.unit = "deg", .meaning = "north", .least = -90.0, .most = 90.0});
  v.key("declination_deg", c.declination_deg,
        {.unit = "deg", .meaning = "of the sun, held for the whole run", .least = -23.5, .most = 23.5});
  v.key(
      "factor", c.factor,
      {.meaning = "times all photolysis; 0: darkness, without light emissions", .least = 0.0, .most = 10.0});
}

template <class Visitor>
void declare(Visitor& v, BoxPhotolysisConfig& c) {
  v.key("process", c.process, {.meaning = "name as in J(...) of the mechanism", .required = true});
  v.key("l", c.l,
        {.unit = "s-1",
         .meaning = "J = l cos(chi)^m exp(-n / cos(chi))",
         .least = 0.0,
         .most = 10.0,
         .required = true});
  v.key("m", c.m, {.meaning = "exponent of cos(chi)", .least = 0.0, .most = 10.0, .required = true});
  v.key("n", c.n, {.meaning = "slant attenuation", .least = 0.0, .most = 10.0, .required = true});
}

template <class Visitor>
void declare(Visitor& v, BoxExchangeConfig& c) {
  v.key("dilution_per_s", c.dilution_per_s,
        {.unit = "s-1", .meaning = "exchange with the background", .least = 0.0, .most = 1.0});
  v.key("height_m", c.height_m,
        {.unit = "m", .meaning = "of the box, for deposition", .least = 1.0, .most = 20000.0});
  v.key("deposition_velocity_cm_s", c.deposition_velocity_cm_s,
        {.unit = "cm s-1", .meaning = "by species", .least = 0.0, .most = 100.0});
}

template <class Visitor>
void declare(Visitor& v, EkmaConfig& c) {
  v.key("nox_factors", c.nox_factors,
        {.meaning = "of the emissions of nox_species, for lantian box --ekma", .least = 0.0, .most = 1.0e3});
  v.key("voc_factors", c.voc_factors,
        {.meaning = "of the emissions of voc_species", .least = 0.0, .most = 1.0e3});
  v.key("nox_species", c.nox_species, {.meaning = "species whose emissions count as NOx"});
  v.key("voc_species", c.voc_species, {.meaning = "species whose emissions count as VOC"});
}

template <class Visitor>
void declare(Visitor& v, BoxCase& c) {
  v.key("mechanism", c.mechanism, {.meaning = "a folder of inputs/mechanisms"});
  v.key("output", c.output,
        {.meaning = "path of the results without .csv and .nc, relative to the working directory",
         .required = true});
  v.key("initial_ppb", c.initial_ppb,
        {.unit = "ppb", .meaning = "amounts at the beginning; others: 0", .least = 0.0, .most = 1.0e9});
  v.key("emission_ppb_h", c.emission_ppb_h,
        {.unit = "ppb h-1",
         .meaning = "constant emissions; below 0: a constant loss",
         .least = -1.0e6,
         .most = 1.0e6});
  v.key("light_emission_ppb_h", c.light_emission_ppb_h,
        {.unit = "ppb h-1", .meaning = "emissions times max(0, cos(chi))", .least = 0.0, .most = 1.0e6});
  v.key("background_ppb", c.background_ppb,
        {.unit = "ppb", .meaning = "what dilution leads to; others: 0", .least = 0.0, .most = 1.0e9});
  v.table("run", c.run, "Time and solver.");
  v.table("air", c.air, "The air of the box, constant.");
  v.table("sun", c.sun, "Sun and light.");
  v.tables("photolysis", c.photolysis,
           "Photolysis of each process; without any: clear sky by MCM (Saunders et al. 2003)");
  v.table("exchange", c.exchange, "Dilution and deposition.");
  v.table("ekma", c.ekma, "Emissions for isopleths of ozone.");
}

}  // namespace lantian
