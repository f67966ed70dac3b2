#pragma once

namespace lantian {

// Each line: value, unit, source.
inline constexpr double gas_constant_j_mol_k = 8.314462618;  // [J mol-1 K-1] CODATA 2018
inline constexpr double avogadro_per_mol = 6.02214076e23;    // [mol-1] CODATA 2018
inline constexpr double boltzmann_j_k = 1.380649e-23;        // [J K-1] CODATA 2018
inline constexpr double gravity_m_s2 = 9.81;                 // [m s-2] WRF model_constants
inline constexpr double air_molar_mass_g_mol = 28.9647;      // [g mol-1] dry air, US Standard Atmosphere 1976
inline constexpr double dry_air_gas_constant_j_kg_k = 287.0;       // [J kg-1 K-1] WRF model_constants
inline constexpr double water_vapour_gas_constant_j_kg_k = 461.6;  // [J kg-1 K-1] WRF model_constants
inline constexpr double air_heat_capacity_j_kg_k = 1004.5;      // [J kg-1 K-1] WRF: 7/2 of the gas constant
inline constexpr double von_karman = 0.4;                       // [1] Dyer 1974 set
inline constexpr double wrf_sphere_radius_m = 6370000.0;        // [m] WRF's sphere
inline constexpr double latent_heat_vaporisation_j_kg = 2.5e6;  // [J kg-1] WRF model_constants
inline constexpr double standard_pressure_pa = 101325.0;        // [Pa]
inline constexpr double reference_gas_temperature_k = 298.15;   // [K] GB 3095-2012 amendment: gases in ug m-3
inline constexpr double seconds_per_hour = 3600.0;

}  // namespace lantian
