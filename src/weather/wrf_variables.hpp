#pragma once

namespace lantian {

/// Where a variable lies and what the case wants it for.
struct Wanted {
  const char* name;
  int extra_columns, extra_rows, extra_layers;  // of the staggered grid
  bool has_layers, is_required;
  const char* purpose;
  const char* units;  // as WRF writes it; empty: a number
};

inline constexpr const char* own_diffusivity = "EXCH_H";
inline constexpr const char* mean_flux = "the mass fluxes between the times";

inline constexpr Wanted wanted[] = {
    {"U", 1, 0, 0, true, true, "the wind along x", "m s-1"},
    {"V", 0, 1, 0, true, true, "the wind along y", "m s-1"},
    {"PH", 0, 0, 1, true, true, "the height of the layers", "m2 s-2"},
    {"PHB", 0, 0, 1, true, true, "the height of the layers", "m2 s-2"},
    {"P", 0, 0, 0, true, true, "the mass of the air", "Pa"},
    {"PB", 0, 0, 0, true, true, "the mass of the air", "Pa"},
    {"T", 0, 0, 0, true, true, "the temperature", "K"},
    {"QVAPOR", 0, 0, 0, true, true, "the humidity", "kg kg-1"},
    {"PSFC", 0, 0, 0, false, true, "the pressure at the ground", "Pa"},
    {"T2", 0, 0, 0, false, true, "the temperature at 2 m", "K"},
    {"W", 0, 0, 1, true, false, "the air that passes the model top", "m s-1"},
    {"AVGFLX_RUM", 1, 0, 0, true, false, mean_flux, "Pa m s-1"},
    {"AVGFLX_RVM", 0, 1, 0, true, false, mean_flux, "Pa m s-1"},
    {"MAPFAC_UY", 1, 0, 0, false, false, mean_flux, ""},
    {"MAPFAC_VX", 0, 1, 0, false, false, mean_flux, ""},
    {"MAPFAC_U", 1, 0, 0, false, false, mean_flux, ""},
    {"MAPFAC_V", 0, 1, 0, false, false, mean_flux, ""},
    {own_diffusivity, 0, 0, 1, true, false, "the eddy diffusivity", "m2 s-1"},
    {"QCLOUD", 0, 0, 0, true, false, "clouds", "kg kg-1"},
    {"QICE", 0, 0, 0, true, false, "clouds", "kg kg-1"},
    {"CLDFRA", 0, 0, 0, true, false, "clouds", ""},
    {"HGT", 0, 0, 0, false, false, "the terrain", "m"},
    {"LU_INDEX", 0, 0, 0, false, false, "land use", ""},
    {"U10", 0, 0, 0, false, false, "the wind at 10 m", "m s-1"},
    {"V10", 0, 0, 0, false, false, "the wind at 10 m", "m s-1"},
    {"TSK", 0, 0, 0, false, false, "the temperature of the ground", "K"},
    {"PBLH", 0, 0, 0, false, false, "the mixing height", "m"},
    {"UST", 0, 0, 0, false, false, "the friction velocity", "m s-1"},
    {"HFX", 0, 0, 0, false, false, "the heat flux", "W m-2"},
    {"SWDOWN", 0, 0, 0, false, false, "the short wave", "W m-2"},
    {"SNOWC", 0, 0, 0, false, false, "the snow cover", ""},
    {"SNOWH", 0, 0, 0, false, false, "snow on the ground", "m"},
    {"RAINC", 0, 0, 0, false, false, "rain", "mm"},
    {"RAINNC", 0, 0, 0, false, false, "rain", "mm"},
    {"RAINSH", 0, 0, 0, false, false, "rain", "mm"},
    {"I_RAINC", 0, 0, 0, false, false, "full buckets of rain", ""},
    {"I_RAINNC", 0, 0, 0, false, false, "full buckets of rain", ""},
};

}  // namespace lantian
