#!/usr/bin/python3
"""Remakes emissions.nc, districts.nc, population.nc and enterprises.csv of this case from totals.csv and static.nc.

Needs python3-numpy and python3-netcdf4. Rules (all assumptions but the census and the coordinates of power stations):
    people       each district's census (2020) about its seat, land cells only: in the five districts of the city and by the bay of Huangdao one
                 Gaussian, elsewhere half of the people in a Gaussian of 4 km (the town), half in a wide one
    districts    a cell belongs to the seat that is nearest, distances divided by the root of the people: NOT the
                 administrative outline
    industry     half at the works and ports named below; the other half of combustion (heating plants) with the
                 people, that of processes with the people outside the four old districts, whose works moved away
    residential  coal and biomass: people weighted with the share of households that cook with solid fuel, city 0.08,
                 town 0.36, country 0.75 (Tang & Liao 2014, Energy Sustain. Dev. 23, 122)
    diesel       0.3 with all people (buses, vans), 0.2 at works and ports, 0.3 with the people outside the four old
                 districts, 0.2 on open land: heavy trucks emit most of it and keep out of the old city
    machines     0.2 at works and ports, 0.4 with the people, 0.4 on open land
    agriculture  land outside towns, evenly in each region
    ships        half at berths, in the ratio of the ports' cargo, half along the approach lanes, sea cells only
    largest works and the power stations stand in enterprises.csv; their emission is taken out of the gridded totals
Sources: seventh national census; Global Power Plant Database (WRI 2021, CC BY 4.0) for coordinates and capacity of
power stations; positions of works, ports and lanes from general knowledge (0.01 to 0.02 degrees).
"""
import csv
from pathlib import Path

import netCDF4
import numpy as np

HERE = Path(__file__).resolve().parent
POLLUTANTS = ["SO2", "NOx", "CO", "VOC", "NH3", "PM25", "PM10"]
PROJ = "+proj=lcc +lat_1=25 +lat_2=47 +lat_0=36.3 +lon_0=120.3 +R=6370000 +units=m +no_defs"

# name, longitude, latitude of the seat, people 2020, spread of the (wide) Gaussian [km]; Huangdao has two seats
QINGDAO = [("Shinan", 120.380, 36.070, 486643, 2.5), ("Shibei", 120.360, 36.100, 1096879, 3.0),
           ("Huangdao", 119.990, 35.875, 903595, 12.0), ("Huangdao bay", 120.190, 35.960, 1000000, 6.0), ("Laoshan", 120.470, 36.120, 502370, 4.5),
           ("Licang", 120.416, 36.170, 737281, 3.5), ("Chengyang", 120.384, 36.300, 1109606, 7.0),
           ("Jimo", 120.460, 36.400, 1336077, 11.0), ("Jiaozhou", 120.001, 36.280, 987820, 9.0),
           ("Pingdu", 119.960, 36.790, 1191348, 17.0), ("Laixi", 120.521, 36.865, 720103, 12.0)]
NEIGHBOURS = [("Rizhao", 119.50, 35.42, 1.20e6, 15.0), ("Rizhao", 119.21, 35.76, 0.43e6, 10.0), ("Rizhao", 119.32, 35.25, 0.47e6, 8.0),
              ("Weifang", 119.41, 36.00, 1.06e6, 12.0),
              ("Weifang", 119.76, 36.38, 0.88e6, 10.0), ("Weifang", 119.40, 36.86, 0.58e6, 10.0),
              ("Weifang", 119.22, 36.43, 0.80e6, 10.0), ("Yantai", 119.94, 37.18, 0.83e6, 10.0),
              ("Yantai", 120.71, 36.98, 0.78e6, 10.0), ("Yantai", 121.17, 36.78, 0.58e6, 10.0),
              ("Yantai", 120.40, 37.34, 0.54e6, 9.0)]
OLD_CITY = {"Shinan", "Shibei", "Laoshan", "Licang"}  # no heavy industry any more
CITY = OLD_CITY | {"Chengyang", "Huangdao bay"}        # one Gaussian each
TOWN_SHARE, TOWN_SPREAD_KM = 0.5, 4.0                 # assumed
SOLID_FUEL = {"city": 0.08, "town": 0.36, "country": 0.75}
# works and ports: name, longitude, latitude, weight
WORKS = {"Qingdao": [("Dongjiakou", 119.78, 35.62, 3.0), ("Huangdao petrochemicals", 120.17, 36.02, 3.0), ("Qianwan", 120.22, 36.01, 1.0),
                     ("Jiaozhou", 120.05, 36.28, 1.5), ("Chengyang and Liuting", 120.37, 36.27, 1.5), ("Pingdu Xinhe", 119.60, 36.95, 1.0),
                     ("Laixi", 120.50, 36.84, 1.0), ("Licang", 120.38, 36.18, 0.5), ("Jimo", 120.50, 36.40, 1.0)],
         "Rizhao": [("Lanshan road", 119.45, 35.36, 2.0), ("Rizhao port", 119.55, 35.38, 1.0)],
         "Weifang": [("Gaomi", 119.76, 36.38, 1.0), ("Zhucheng", 119.41, 36.00, 1.0), ("Changyi", 119.40, 36.90, 1.0)],
         "Yantai": [("Laizhou", 119.94, 37.18, 1.0), ("Laiyang", 120.71, 36.98, 1.0)]}
BERTHS = {"Qingdao": [("Qianwan", 120.24, 36.00, 3.0), ("Dagang", 120.31, 36.09, 0.3), ("Dongjiakou", 119.80, 35.58, 1.5)],
          "Rizhao": [("Shijiu", 119.57, 35.37, 1.0)]}
LANES = {"Qingdao": [[(120.27, 36.02), (120.36, 35.97), (120.60, 35.80), (121.00, 35.55), (121.40, 35.30)],
                     [(119.81, 35.57), (120.10, 35.42), (120.60, 35.30), (121.30, 35.22)], [(120.60, 35.80), (121.00, 36.00), (121.40, 36.30)]],
         "Rizhao": [[(119.58, 35.36), (119.90, 35.28), (120.40, 35.22)]]}
AIRPORT = (120.374, 36.266)  # Liuting, in use in spring 2020

# id, name, district, industry, grade, stack, lon, lat, height, diameter, temperature, velocity, fugitive, sector, kt/yr by pollutant
STACKS = [
    ("QD0001", "黄岛发电厂", "Huangdao", "4411", "A", "1", 120.2193, 36.0390, 210, 8.0, 325, 18, 0, "power", (1.30, 1.47, 2.45, 0.16, 0.02, 0.18, 0.26)),
    ("QD0002", "青岛发电厂", "Shibei", "4411", "A", "1", 120.3291, 36.1123, 210, 7.0, 325, 18, 0, "power", (0.87, 0.97, 1.61, 0.11, 0.02, 0.12, 0.17)),
    ("RZ0001", "日照发电厂", "Rizhao", "4411", "A", "1", 119.5111, 35.3450, 210, 8.0, 325, 18, 0, "power", (1.48, 1.67, 2.78, 0.19, 0.03, 0.20, 0.30)),
    ("WF0001", "华电潍坊发电厂", "Weifang", "4411", "A", "1", 119.2632, 36.6656, 210, 8.0, 325, 18, 0, "power", (1.44, 1.62, 2.70, 0.18, 0.03, 0.20, 0.29)),
    ("YT0001", "华电莱州发电厂", "Yantai", "4411", "A", "1", 120.0177, 37.4323, 210, 8.0, 325, 18, 0, "power", (1.50, 1.68, 2.81, 0.19, 0.03, 0.21, 0.30)),
    ("RZ0002", "钢铁联合企业示例一", "Rizhao", "3120", "B", "sinter", 119.3666, 35.1572, 120, 6.0, 400, 15, 0.2, "industry_process", (6.0, 10.0, 280.0, 5.0, 0.3, 4.4, 7.0)),
    ("QD0003", "钢铁联合企业示例二", "Huangdao", "3120", "B", "sinter", 119.775, 35.625, 120, 6.0, 400, 15, 0.2, "industry_process", (2.0, 3.3, 95.0, 2.0, 0.1, 1.5, 2.4)),
    ("QD0004", "炼油厂示例一", "Huangdao", "2511", "A", "flue", 120.180, 36.020, 100, 3.5, 430, 10, 0.0, "industry_process", (0.5, 0.9, 2.0, 0.5, 0.02, 0.15, 0.2)),
    ("QD0004", "炼油厂示例一", "Huangdao", "2511", "A", "tanks", 120.185, 36.015, 10, None, None, None, 1.0, "industry_process", (0, 0, 0, 4.0, 0, 0, 0)),
    ("QD0005", "炼油厂示例二", "Huangdao", "2511", "A", "flue", 120.155, 36.030, 100, 3.5, 430, 10, 0.0, "industry_process", (0.4, 0.7, 1.5, 0.4, 0.02, 0.12, 0.16)),
    ("QD0005", "炼油厂示例二", "Huangdao", "2511", "A", "tanks", 120.150, 36.025, 10, None, None, None, 1.0, "industry_process", (0, 0, 0, 3.0, 0, 0, 0)),
    ("QD0006", "轮胎厂示例", "Huangdao", "2911", "B", "mix", 119.95, 35.87, 25, 1.2, 310, 12, 0.5, "industry_process", (0, 0.02, 0.05, 1.2, 0, 0.02, 0.03)),
    ("QD0007", "化工厂示例", "Pingdu", "2614", "C", "1", 119.60, 36.95, 35, 1.0, 330, 10, 0.6, "industry_process", (0.1, 0.15, 0.3, 1.8, 0.05, 0.08, 0.12)),
    ("QD0008", "水泥厂示例", "Jiaozhou", "3011", "B", "kiln", 119.92, 36.20, 80, 3.0, 380, 14, 0.1, "industry_process", (0.15, 0.6, 2.0, 0.05, 0.05, 0.2, 0.35)),
    ("QD0009", "汽车涂装厂示例", "Chengyang", "3611", "B", "paint", 120.36, 36.33, 30, None, None, None, 0.3, "industry_process", (0, 0, 0, 1.5, 0, 0.01, 0.01)),
]
COLUMNS = ["SO2", "NOx", "CO", "VOC", "NH3", "PM25", "PM10"]


class Grid:
    def __init__(self):
        with netCDF4.Dataset(HERE / "static.nc") as file:
            self.x, self.y = file["x"][:].data, file["y"][:].data
            self.lon, self.lat = file["lon"][:].data, file["lat"][:].data
            self.land = file["land_fraction"][:].data.astype(float)
            self.urban = file["land_use"][:].data == 13

    def distance_km(self, lon, lat):
        return np.hypot((self.lon - lon) * np.cos(np.radians(lat)), self.lat - lat) * 111.2

    def gaussian(self, lon, lat, spread_km, mask):
        weight = np.exp(-0.5 * (self.distance_km(lon, lat) / spread_km) ** 2) * mask
        weight[weight < 1e-4 * weight.max()] = 0.0
        return weight / weight.sum()


def people_parts(grid, seat, mask):
    """(kind, people a cell) of one seat."""
    name, lon, lat, count, spread = seat
    if name in CITY:
        return [("city", count * grid.gaussian(lon, lat, spread, mask))]
    return [("town", TOWN_SHARE * count * grid.gaussian(lon, lat, TOWN_SPREAD_KM, mask)),
            ("country", (1.0 - TOWN_SHARE) * count * grid.gaussian(lon, lat, spread, mask))]


def lane_weight(grid, lines, sea):
    weight = np.zeros_like(grid.lon)
    for line in lines:
        for (lon0, lat0), (lon1, lat1) in zip(line, line[1:]):
            for t in np.linspace(0.0, 1.0, 60):
                weight += np.exp(-0.5 * (grid.distance_km(lon0 + t * (lon1 - lon0), lat0 + t * (lat1 - lat0)) / 3.0) ** 2) * 0.02
    weight *= sea
    return weight / weight.sum()


def points_weight(grid, points, spread_km, mask):
    total = sum(p[3] for p in points)
    return sum(grid.gaussian(lon, lat, spread_km, mask) * w / total for _, lon, lat, w in points)


def write(path, grid, fields, attributes):
    with netCDF4.Dataset(path, "w") as file:
        file.setncatts(attributes | {"Conventions": "CF-1.8"})
        file.createDimension("y", grid.y.size)
        file.createDimension("x", grid.x.size)
        crs = file.createVariable("crs", "i4")
        crs.setncatts({"grid_mapping_name": "lambert_conformal_conic", "standard_parallel": [25.0, 47.0], "longitude_of_central_meridian": 120.3,
                       "latitude_of_projection_origin": 36.3, "earth_radius": 6370000.0, "proj4": PROJ})
        for name, values in (("x", grid.x), ("y", grid.y)):
            axis = file.createVariable(name, "f8", (name,))
            axis.setncatts({"standard_name": f"projection_{name}_coordinate", "units": "m"})
            axis[:] = values
        for name, values in (("lon", grid.lon), ("lat", grid.lat)):
            place = file.createVariable(name, "f4", ("y", "x"), zlib=True)
            place.units = "degrees_east" if name == "lon" else "degrees_north"
            place[:] = values
        for name, (kind, values, attrs) in fields.items():
            variable = file.createVariable(name, kind, ("y", "x"), zlib=True, complevel=6)
            variable.setncatts(attrs | {"grid_mapping": "crs", "coordinates": "lon lat"})
            variable[:] = values


def weight_of(grid, sector, r, maps, land, sea):
    """Where a sector's total of a region goes; sums to one."""
    crowd, outer, solid_fuel, rural = maps
    if sector in ("industry_combustion", "petrol_evaporation"):
        return 0.5 * points_weight(grid, WORKS[r], 4.0, land) + 0.5 * crowd
    if sector == "industry_process":
        return 0.5 * points_weight(grid, WORKS[r], 4.0, land) + 0.5 * outer
    if sector == "shipping":
        return 0.5 * points_weight(grid, BERTHS[r], 2.5, sea) + 0.5 * lane_weight(grid, LANES[r], sea)
    if sector == "aviation":
        return grid.gaussian(*AIRPORT, 2.5, land)
    if sector == "agriculture":
        return rural
    if sector == "residential":
        return solid_fuel
    if sector == "road_diesel":
        return 0.3 * crowd + 0.2 * points_weight(grid, WORKS[r], 4.0, land) + 0.3 * outer + 0.2 * rural
    if sector == "offroad_machines":
        return 0.2 * points_weight(grid, WORKS[r], 4.0, land) + 0.4 * crowd + 0.4 * rural
    return 0.6 * crowd + 0.4 * rural if sector == "dust" else crowd


def main():
    grid = Grid()
    land, sea = grid.land * (grid.land > 0.3), 1.0 * (grid.land < 0.5)
    seats = [("Qingdao", *seat) for seat in QINGDAO] + [(seat[0], *seat) for seat in NEIGHBOURS]
    names = list(dict.fromkeys(seat[0].split()[0] for seat in QINGDAO)) + ["Rizhao", "Weifang", "Yantai"]
    reach = np.array([grid.distance_km(lon, lat) / people ** 0.5 for _, _, lon, lat, people, _ in seats])
    owner = np.array([names.index(seat[1].split()[0]) + 1 for seat in seats])[reach.argmin(axis=0)]
    region = np.where(owner <= 10, 0, owner - 10)  # 0 Qingdao, 1 Rizhao, 2 Weifang, 3 Yantai
    people, outer, solid_fuel = ({r: np.zeros_like(grid.lon) for r in ("Qingdao", "Rizhao", "Weifang", "Yantai")} for _ in range(3))
    for r, *seat in seats:
        for kind, part in people_parts(grid, seat, land):
            people[r] += part
            outer[r] += part * (seat[0] not in OLD_CITY)
            solid_fuel[r] += part * SOLID_FUEL[kind]

    stacks_t = {}
    for stack in STACKS:
        if stack[13] != "industry_process" or stack[0] == "RZ0002":
            continue
        r = "Qingdao" if stack[0].startswith("QD") else "Rizhao"
        stacks_t[r] = stacks_t.get(r, np.zeros(7)) + np.array(stack[14])

    fields, sums = {}, {}
    with open(HERE / "totals.csv", encoding="utf-8") as text:
        rows = list(csv.DictReader(line for line in text if not line.startswith("#")))
    for row in rows:
        r, sector = row["region"], row["sector"]
        here = region == ["Qingdao", "Rizhao", "Weifang", "Yantai"].index(r)
        maps = [part / part.sum() for part in (people[r], outer[r], solid_fuel[r], land * here * ~grid.urban)]
        weight = weight_of(grid, sector, r, maps, land, sea)
        for n, pollutant in enumerate(POLLUTANTS):
            tonnes = 1000.0 * float(row[pollutant])
            if sector == "industry_process" and r in stacks_t:
                tonnes = max(tonnes - 1000.0 * stacks_t[r][n], 0.0)
            if tonnes > 0.0:
                key = f"{sector}_{pollutant}"
                sums[key] = sums.get(key, 0.0) + tonnes * weight
    for key in sorted(sums):
        fields[key] = ("f4", sums[key], {"units": "t/yr", "long_name": key.replace("_", " ")})
    write(HERE / "emissions.nc", grid, fields, {"title": "Emissions of 2020 about Qingdao, made by make_emissions.py from totals.csv: assumptions, see there"})
    write(HERE / "districts.nc", grid, {"district": ("i4", np.where(land + sea * (region == 0) > 0, owner, 0), {
        "long_name": "nearest seat, weighted with people: not the administrative outline", "district_names": ",".join(names)})},
        {"title": "Districts of the case qingdao_spring"})
    own = people["Qingdao"]
    write(HERE / "population.nc", grid, {"population": ("f4", own, {"units": "1", "long_name": "people of Qingdao a cell (census 2020 as Gaussians)"})},
          {"title": "People of Qingdao"})
    with open(HERE / "enterprises.csv", "w", encoding="utf-8", newline="\n") as out:
        out.write("# Power stations: place and capacity from the Global Power Plant Database (WRI 2021, CC BY 4.0). All stacks and emissions are assumed;\n"
                  "# works are stand-ins for a kind of plant at a place, not statements about a company.\n")
        out.write("enterprise_id,enterprise_name,district,industry_code,grade,stack_id,longitude,latitude,crs,height_m,diameter_m,temperature_k,velocity_m_s,"
                  "fugitive,sector,profile," + ",".join(f"{p}_t_yr" for p in COLUMNS) + "\n")
        for s in STACKS:
            cells = [*s[:6], f"{s[6]:.4f}", f"{s[7]:.4f}", "WGS84", *["" if v is None else v for v in s[8:13]], s[13], ""]
            out.write(",".join(str(c) for c in cells) + "," + ",".join(f"{1000 * v:g}" if v else "" for v in s[14]) + "\n")
    print("people of Qingdao inside:", own.sum(), "NOx [kt/yr]:", sum(v.sum() for k, v in sums.items() if k.endswith("_NOx")) / 1000)


main()
