#include "start.hpp"

#include "lantian/io/netcdf_file.hpp"

#include <iterator>

namespace lantian {

namespace {

void write_inventory(const std::string& path, const MadeInventory& made) {
  NetcdfWriter file(path, made.format);
  file.dimension(made.latitude_name, made.rows);
  file.dimension(made.longitude_name, made.columns);
  const auto axis = [&](const std::string& name, std::size_t length, double first) {
    std::vector<double> values;
    for (std::size_t n = 0; n < length; ++n)
      values.push_back(first + made.spacing_deg * static_cast<double>(n));
    file.variable(name, NetcdfWriter::Type::real64, {name});
    file.write(name, values);
  };
  axis(made.latitude_name, made.rows, made.first_latitude_deg);
  axis(made.longitude_name, made.columns, made.first_longitude_deg);
  for (const auto& [name, unit] : made.units) {
    file.variable(name, NetcdfWriter::Type::real32, {made.latitude_name, made.longitude_name});
    if (!unit.empty()) file.attribute(name, "units", unit);
    file.write(name, std::vector<double>(made.rows * made.columns, made.value));
  }
  file.finish();
}

}  // namespace

Start::Start()
    : case_text(R"([run]
start = 2020-03-30T12:00:00Z
end = 2020-03-30T14:00:00Z
spin_up_h = 1

[output]
directory = "results"

[grid]
layer_tops_m = [50, 150, 400, 1000, 2500]

[weather]
files = ["wrfout.nc"]

[chemistry]
mechanism = "nox_o3"

[emissions]
enterprises = ["enterprises.csv"]

[[emissions.inventory]]
sector = "road"
file = "inventory.nc"
variables = { NOx = "NOx", SO2 = "SO2" }

[[boundary.air]]
kind = "constant"
values_ppb = { O3 = 40.0 }

[[boundary.air]]
kind = "stations"
file = "stations.csv"
rules = "rules.toml"

[receptors]
file = "receptors.csv"
)"),
      enterprises(
          "enterprise_id,enterprise_name,district,stack_id,longitude,latitude,crs,height_m,diameter_m,"
          "temperature_k,"
          "velocity_m_s,fugitive,sector,NOx_t_yr,SO2_t_yr\n"
          "E1,Power station,Shibei,S1,120.30,36.20,WGS84,120,5,400,15,0,power,900,300\n"
          "E2,Steel works,Licang,S1,120.25,36.15,WGS84,60,3,420,12,0.1,industry_combustion,500,200\n"),
      receptors("name,longitude,latitude\nShinan,120.32,36.18\n"),
      boundary_air(
          "station,lon,lat,time,O3_ug_m3,NO2_ug_m3\n"
          "Rizhao,119.5,35.4,2020-03-30 18:00,80,20\n"
          "Rizhao,119.5,35.4,2020-03-30 19:00,82,22\n"
          "Rizhao,119.5,35.4,2020-03-30 20:00,84,24\n"
          "Rizhao,119.5,35.4,2020-03-30 21:00,80,22\n"
          "Rizhao,119.5,35.4,2020-03-30 22:00,78,21\n"
          "Rizhao,119.5,35.4,2020-03-30 23:00,76,20\n"),
      boundary_rules("[[sector]]\nname = \"south\"\nazimuth_deg = 180\nstations = [\"Rizhao\"]\n") {
  weather.start = from_civil(2020, 3, 30, 11);
}

void Start::write(const std::string& folder) const {
  write_text(folder + "/case.toml", case_text);
  write_text(folder + "/enterprises.csv", enterprises);
  write_text(folder + "/receptors.csv", receptors);
  write_text(folder + "/stations.csv", boundary_air);
  write_text(folder + "/rules.toml", boundary_rules);
  write_tiny_wrf(folder + "/wrfout.nc", weather);
  write_inventory(folder + "/inventory.nc", inventory);
  if (after_writing) after_writing(folder);
}

std::vector<Row> joined(const std::vector<std::vector<Row>>& tables) {
  std::vector<Row> all;
  for (const std::vector<Row>& table : tables) all.insert(all.end(), table.begin(), table.end());
  return all;
}

std::function<void(Start&)> rewritten(const std::string& file,
                                      const std::function<std::string(std::string)>& change) {
  return [=](Start& start) {
    start.after_writing = [=](const std::string& folder) {
      std::ifstream in(folder + "/" + file, std::ios::binary);
      const std::string content{std::istreambuf_iterator<char>(in), {}};
      write_text(folder + "/" + file, change(content));
    };
  };
}

}  // namespace lantian
