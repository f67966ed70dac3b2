#pragma once

#include "support/case_text.hpp"
#include "support/tiny_wrf.hpp"

#include <string>

namespace lantian {

/// A sound plume case; each line is there to be spoiled by `with`.
inline const std::string sound_plume_case = R"([run]
start = 2020-03-30T02:00:00Z
end = 2020-03-30T05:00:00Z

[output]
directory = "results"

[weather]
files = ["wrfout.nc"]

[emissions]
enterprises = ["enterprises.csv"]

[plume]
pollutants = ["SO2", "NO2"]

[receptors]
file = "receptors.csv"

[[receptors.grid]]
name = "town"
centre_longitude_deg = 120.30
centre_latitude_deg = 36.20
spacing_m = 500.0
columns = 21
rows = 17
)";

inline const std::string sound_plume_enterprises =
    "enterprise_id,enterprise_name,district,stack_id,longitude,latitude,height_m,diameter_m,temperature_k,"
    "velocity_m_s,fugitive,sector,NOx_t_yr,SO2_t_yr\n"
    "E1,Power station,Shibei,S1,120.28,36.20,120,5,400,15,0,power,9000,3000\n"
    "E2,Steel works,Licang,S1,120.25,36.17,60,3,420,12,0.1,industry_combustion,5000,2000\n"
    "E2,Steel works,Licang,S2,120.25,36.17,20,1,350,8,0,industry_combustion,500,200\n"
    "E3,Port,Huangdao,S1,120.40,36.18,15,1,300,5,0.5,industry_combustion,100,80\n";

inline const std::string sound_plume_receptors =
    "name,longitude,latitude,district\n"
    "East,120.35,36.21,Shibei\n"
    "North,120.31,36.24,Licang\n"
    "Coast,120.41,36.19,Huangdao\n";

/// The hours from 01 UTC (09 h local) on, over flat ground.
inline TinyWrf weather_of_plume_case() {
  TinyWrf wrf;
  wrf.start = from_civil(2020, 3, 30, 1);
  wrf.records = 5;
  wrf.wind_change_per_h = 0.1;
  return wrf;
}

/// Writes the case and what it names into a folder as plume.toml.
inline void write_made_plume_case(const std::string& folder, const std::string& text = sound_plume_case,
                                  const TinyWrf& wrf = weather_of_plume_case()) {
  write_text(folder + "/plume.toml", text);
  write_text(folder + "/enterprises.csv", sound_plume_enterprises);
  write_text(folder + "/receptors.csv", sound_plume_receptors);
  write_tiny_wrf(folder + "/wrfout.nc", wrf);
}

}  // namespace lantian
