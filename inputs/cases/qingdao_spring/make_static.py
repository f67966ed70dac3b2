#!/usr/bin/python3
"""Remakes static.nc and coastline.csv: terrain, coast and land use on the model grid of this case.

Needed only to remake the committed files, with the Debian packages gmt, gmt-gshhg-full and ferret-datasets
and python3-numpy, python3-netcdf4:

    ./make_static.py

Sources
    coast     GSHHG full resolution (Wessel & Smith 1996, J. Geophys. Res. 101, 8741; LGPL), by `gmt`
    terrain   ETOPO5, 5 arc minutes (NOAA NGDC 1988; public domain), in ferret-datasets
    districts population of the 2020 census (Qingdao Bureau of Statistics 2021) and seats of the districts
Assumptions (marked in the attributes of the file)
    urban land is a disc about each seat of 110 m2 a head (GB 50137-2011: 65 to 115 m2 a head): in Qingdao for the
    76 % of the people who lived in towns in 2020 (census), in its neighbours for half of them, rounded (assumed);
    Huangdao has two seats, Jiaonan and the shore of the bay; mixed forest above 150 m; cropland elsewhere
    ETOPO5 has Mount Lao 20 km north-west of its place and at 335 m: it is taken out there, and three massifs
    are put in as round hills, of the height that a cell of 3 km may have below the published summit
"""
import csv
import subprocess
import tempfile
from pathlib import Path

import netCDF4
import numpy as np

HERE = Path(__file__).resolve().parent
RADIUS_M = 6370000.0
PARALLELS_DEG = (25.0, 47.0)
CENTRE_DEG = (120.3, 36.3)
CELL_M = 3000.0
COLUMNS, ROWS = 66, 82
BOX = (119.0, 121.6, 35.1, 37.5)  # west, east, south, north
ETOPO5 = "/usr/share/ferret-vis/data/etopo5.cdf"

# name, seat longitude, seat latitude, people on 1 November 2020 (seventh national census)
DISTRICTS = [
    ("Shinan", 120.391, 36.071, 486643), ("Shibei", 120.350, 36.084, 1096879),
    ("Huangdao, Jiaonan", 119.990, 35.875, 903595), ("Huangdao, bay", 120.190, 35.960, 1000000), ("Laoshan", 120.462, 36.102, 502370),
    ("Licang", 120.416, 36.160, 737281), ("Chengyang", 120.384, 36.306, 1109606),
    ("Jimo", 120.442, 36.391, 1336077), ("Jiaozhou", 120.001, 36.286, 987820),
    ("Pingdu", 119.954, 36.789, 1191348), ("Laixi", 120.521, 36.865, 720103)]
# towns of the neighbours that lie in the domain: name, longitude, latitude, people of the seat (assumed, see above)
NEIGHBOUR_TOWNS = [
    ("Rizhao", 119.50, 35.42, 700000), ("Wulian", 119.21, 35.76, 200000), ("Zhucheng", 119.41, 36.00, 530000), ("Gaomi", 119.76, 36.38, 440000),
    ("Changyi", 119.40, 36.86, 290000), ("Anqiu", 119.22, 36.43, 400000), ("Laizhou", 119.94, 37.18, 410000),
    ("Laiyang", 120.71, 36.98, 390000), ("Haiyang", 121.17, 36.78, 290000), ("Zhaoyuan", 120.40, 37.34, 270000)]
URBAN_M2_A_HEAD, URBAN_SHARE = 110.0, 0.76
WATER, MIXED_FOREST, CROPLAND, URBAN = 17, 5, 12, 13  # MODIFIED_IGBP_MODIS_NOAH
FOREST_ABOVE_M = 150.0
# name (summit), longitude, latitude, height of the round hill [m] (assumed), its radius at 1/e [m] (assumed)
MASSIFS = [("Laoshan (1133 m)", 120.62, 36.18, 650.0, 8000.0),
           ("Xiaozhushan (725 m)", 120.05, 35.99, 350.0, 5000.0),
           ("Dazeshan (737 m)", 119.99, 36.98, 300.0, 6000.0)]
FALSE_HILL = (120.42, 36.36, 20000.0)  # longitude, latitude, radius at 1/e [m]


class Lambert:
    """Lambert conformal conic on a sphere. Snyder (1987), USGS Professional Paper 1395, eqs. 15-1 to 15-5."""

    def __init__(self):
        first, second = np.radians(PARALLELS_DEG)
        self.n = np.log(np.cos(first) / np.cos(second)) / np.log(self.t(second) / self.t(first))
        self.f = np.cos(first) * self.t(first) ** self.n / self.n
        self.lon0, lat0 = np.radians(CENTRE_DEG)
        self.rho0 = RADIUS_M * self.f / self.t(lat0) ** self.n

    @staticmethod
    def t(latitude):
        return np.tan(np.pi / 4 + latitude / 2)

    def forward(self, lon_deg, lat_deg):
        rho = RADIUS_M * self.f / self.t(np.radians(lat_deg)) ** self.n
        theta = self.n * (np.radians(lon_deg) - self.lon0)
        return rho * np.sin(theta), self.rho0 - rho * np.cos(theta)

    def inverse(self, x, y):
        rho = np.hypot(x, self.rho0 - y)
        theta = np.arctan2(x, self.rho0 - y)
        lat = 2 * np.arctan((RADIUS_M * self.f / rho) ** (1 / self.n)) - np.pi / 2
        return np.degrees(theta / self.n + self.lon0), np.degrees(lat)


def land_fraction(projection):
    """Share of land of each cell, counted on a mask of 0.005 degrees."""
    with tempfile.TemporaryDirectory() as folder:
        mask = Path(folder) / "mask.nc"
        subprocess.run(["gmt", "grdlandmask", "-R%g/%g/%g/%g" % BOX, "-I0.005", "-Df", "-N0/1/0/1/0", "-r",
                        f"-G{mask}=nf"], check=True, cwd=folder)
        with netCDF4.Dataset(mask) as file:
            lon, lat = np.meshgrid(file["lon"][:], file["lat"][:])
            land = np.asarray(file["z"][:], float)
    x, y = projection.forward(lon, lat)
    column = np.floor(x / CELL_M + COLUMNS / 2).astype(int)
    row = np.floor(y / CELL_M + ROWS / 2).astype(int)
    inside = (column >= 0) & (column < COLUMNS) & (row >= 0) & (row < ROWS)
    cell = row[inside] * COLUMNS + column[inside]
    count = np.bincount(cell, minlength=ROWS * COLUMNS)
    return (np.bincount(cell, land[inside], ROWS * COLUMNS) / count).reshape(ROWS, COLUMNS)


def terrain(lon, lat):
    """Bilinear from ETOPO5; the sea floor counts as 0 before the interpolation."""
    with netCDF4.Dataset(ETOPO5) as file:
        xs, ys = np.asarray(file["ETOPO05_X"][:]), np.asarray(file["ETOPO05_Y"][:])
        i = (xs > BOX[0] - 0.5) & (xs < BOX[1] + 0.5)
        j = (ys > BOX[2] - 0.5) & (ys < BOX[3] + 0.5)
        xs, ys = xs[i], ys[j]
        height = np.maximum(np.asarray(file["ROSE"][j, i], float), 0.0)
    fx = np.interp(lon, xs, np.arange(xs.size))
    fy = np.interp(lat, ys, np.arange(ys.size))
    i0, j0 = fx.astype(int), fy.astype(int)
    fx, fy = fx - i0, fy - j0
    south = height[j0, i0] * (1 - fx) + height[j0, i0 + 1] * fx
    north = height[j0 + 1, i0] * (1 - fx) + height[j0 + 1, i0 + 1] * fx
    return south * (1 - fy) + north * fy


def with_massifs(height_m, projection, x, y):
    """ETOPO5 without its false hill, and with the massifs it misses."""
    def bell(lon, lat, radius_m):
        x0, y0 = projection.forward(lon, lat)
        return np.exp(-((x[None, :] - x0) ** 2 + (y[:, None] - y0) ** 2) / radius_m ** 2)

    mended = height_m * (1.0 - 0.85 * bell(*FALSE_HILL))
    for _, lon, lat, top_m, radius_m in MASSIFS:
        mended = np.maximum(mended, top_m * bell(lon, lat, radius_m))
    return mended


def land_use(projection, x, y, land, height_m):
    classes = np.where(height_m > FOREST_ABOVE_M, MIXED_FOREST, CROPLAND)
    towns = [(lon, lat, people * URBAN_SHARE) for _, lon, lat, people in DISTRICTS]
    towns += [(lon, lat, people) for _, lon, lat, people in NEIGHBOUR_TOWNS]
    for lon, lat, people in towns:
        radius = np.sqrt(people * URBAN_M2_A_HEAD / np.pi)
        x0, y0 = projection.forward(lon, lat)
        distance = np.hypot(x[None, :] - x0, y[:, None] - y0)
        classes[(distance < max(radius, 0.5 * CELL_M)) & (height_m < FOREST_ABOVE_M)] = URBAN
    classes[land < 0.5] = WATER
    return classes


def write_static(path):
    projection = Lambert()
    x = (np.arange(COLUMNS) + 0.5 - COLUMNS / 2) * CELL_M
    y = (np.arange(ROWS) + 0.5 - ROWS / 2) * CELL_M
    lon, lat = projection.inverse(*np.meshgrid(x, y))
    land = land_fraction(projection)
    height = np.where(land > 0.0, land * with_massifs(terrain(lon, lat), projection, x, y), 0.0)
    fields = [("lon", lon, "degrees_east", "longitude of the cell's centre"),
              ("lat", lat, "degrees_north", "latitude of the cell's centre"),
              ("terrain_m", height, "m", "height of the ground above sea level, ETOPO5 with three massifs put in"),
              ("land_fraction", land, "1", "share of land, GSHHG full resolution")]
    with netCDF4.Dataset(path, "w") as file:
        file.Conventions = "CF-1.8"
        file.title = "Terrain, coast and land use of the case qingdao_spring"
        file.source = ("coast: GSHHG full resolution (LGPL); terrain: ETOPO5 (NOAA) with three massifs put in; "
                       "land use: assumed from census and terrain, see make_static.py")
        file.createDimension("y", ROWS)
        file.createDimension("x", COLUMNS)
        crs = file.createVariable("crs", "i4")
        crs.grid_mapping_name = "lambert_conformal_conic"
        crs.standard_parallel = PARALLELS_DEG
        crs.longitude_of_central_meridian, crs.latitude_of_projection_origin = CENTRE_DEG
        crs.false_easting = crs.false_northing = 0.0
        crs.earth_radius = RADIUS_M
        for name, values in (("x", x), ("y", y)):
            axis = file.createVariable(name, "f8", (name,))
            axis.standard_name, axis.units = f"projection_{name}_coordinate", "m"
            axis[:] = values
        for name, values, units, meaning in fields:
            field = file.createVariable(name, "f8" if name in ("lon", "lat") else "f4", ("y", "x"), zlib=True)
            field.units, field.long_name = units, meaning
            field[:] = values
            if units in ("m", "1"):
                field.grid_mapping, field.coordinates = "crs", "lon lat"
        classes = file.createVariable("land_use", "i4", ("y", "x"), zlib=True)
        classes.long_name = "land use, an assumption: discs about the seats are urban, forest above 150 m"
        classes.scheme = "MODIFIED_IGBP_MODIS_NOAH"
        classes.flag_values = np.array([MIXED_FOREST, CROPLAND, URBAN, WATER], "i4")
        classes.flag_meanings = "mixed_forest cropland urban water"
        classes.grid_mapping, classes.coordinates = "crs", "lon lat"
        classes[:] = land_use(projection, x, y, land, height)


def simplified(line, tolerance_deg):
    """Douglas & Peucker (1973), Cartographica 10, 112."""
    if len(line) < 3:
        return line
    chord = line[-1] - line[0]
    length = np.hypot(*chord)
    off = line - line[0]
    away = np.abs(off[:, 0] * chord[1] - off[:, 1] * chord[0]) / length if length > 0 else np.hypot(*off.T)
    far = int(np.argmax(away))
    if away[far] < tolerance_deg:
        return line[[0, -1]]
    return np.vstack([simplified(line[:far + 1], tolerance_deg)[:-1], simplified(line[far:], tolerance_deg)])


def write_coastline(path, tolerance_deg=0.002):
    with tempfile.TemporaryDirectory() as folder:
        text = subprocess.run(["gmt", "coast", "-R%g/%g/%g/%g" % BOX, "-Df", "-A0.5/0/1", "-W", "-M"], check=True,
                              cwd=folder, capture_output=True, text=True).stdout
    segments, points = [], []
    for line in text.splitlines() + [">"]:
        if line.startswith((">", "#")):
            if len(points) > 1:
                segments.append(simplified(np.array(points), tolerance_deg))
            points = []
        else:
            points.append([float(word) for word in line.split()[:2]])
    with open(path, "w", newline="", encoding="utf-8") as file:
        file.write("# Coast, GSHHG full resolution (Wessel & Smith 1996; LGPL), simplified to 0.002 degrees; "
                   "a blank line ends a line\n")
        writer = csv.writer(file, lineterminator="\n")
        writer.writerow(["lon", "lat"])
        for number, segment in enumerate(segments):
            if number:
                file.write("\n")
            writer.writerows((f"{lon:.4f}", f"{lat:.4f}") for lon, lat in segment)


if __name__ == "__main__":
    write_static(HERE / "static.nc")
    write_coastline(HERE / "coastline.csv")
