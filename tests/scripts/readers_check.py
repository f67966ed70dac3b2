#!/usr/bin/python3
"""Checks that the results of a run keep the rules of CF-1.8 and that programs of the field read them.

  tests/scripts/readers_check.py RESULTS    a folder with history.nc and receptors.nc

Returns 0, 1 with a line for each fault, or 77 where netCDF4 is not installed. A reader that is not installed
(xarray, cdo, gdalinfo, udunits2) is named and left out.
"""
import re
import shutil
import subprocess
import sys
from pathlib import Path

try:
    import netCDF4
    import numpy
except ImportError as missing:
    print(f"skipped: {missing}")
    sys.exit(77)

faults = []
# CF standard name table: names that results may have, and their canonical units.
STANDARD_NAMES = {
    "time": "s", "latitude": "degree_north", "longitude": "degree_east", "projection_x_coordinate": "m",
    "projection_y_coordinate": "m", "height": "m", "atmosphere_hybrid_height_coordinate": "m", "cell_area": "m2",
    "surface_altitude": "m"}
STANDARD_NAMES.update({f"mass_concentration_of_{what}_in_air": "kg m-3" for what in (
    "pm2p5_ambient_aerosol_particles", "pm10_ambient_aerosol_particles", "ozone", "nitrogen_dioxide",
    "nitrogen_monoxide", "sulfur_dioxide", "carbon_monoxide", "ammonia")})


def expect(is_so, sentence):
    if not is_so:
        faults.append(sentence)


def output_of(*words):
    """What a reader prints, or None when it is not installed; a reader that fails is a fault."""
    if shutil.which(words[0]) is None:
        print(f"not installed, left out: {words[0]}")
        return None
    done = subprocess.run(words, capture_output=True, text=True, timeout=60, check=False)
    expect(done.returncode == 0, f"{' '.join(words)} ended with {done.returncode}: {done.stderr.strip()}")
    return done.stdout


def check_variable(file, name):
    """Units, standard names, and that every variable that an attribute names is there."""
    variable, path = file[name], Path(file.filepath()).name
    attributes = {one: variable.getncattr(one) for one in variable.ncattrs()}
    standard = attributes.get("standard_name")
    expect(standard is None or standard in STANDARD_NAMES, f"{path}: {name}: {standard} is no standard name")
    units = attributes.get("units")
    if standard in STANDARD_NAMES and standard != "time" and shutil.which("udunits2"):
        said = output_of("udunits2", "-H", units, "-W", STANDARD_NAMES[standard])
        expect(said is not None and "1 " in said, f"{path}: {name}: {units} is not the unit of {standard}")
    for key in ("coordinates", "bounds", "grid_mapping"):
        for other in attributes.get(key, "").split():
            expect(other in file.variables, f"{path}: {name}: {key} names {other}, which is not there")
    for key in ("formula_terms", "cell_measures"):
        for other in re.findall(r": *(\w+)", attributes.get(key, "")):
            expect(other in file.variables, f"{path}: {name}: {key} names {other}, which is not there")
    if "bounds" in attributes:
        bounds = file[attributes["bounds"]]
        expect(bounds.dimensions[:-1] == variable.dimensions and bounds.shape[-1] == 2,
               f"{path}: {name}: its bounds have other dimensions")
    for dimension in re.findall(r"(\w+):", attributes.get("cell_methods", "")):
        expect(dimension in variable.dimensions, f"{path}: {name}: cell_methods names {dimension}")


def check_rules(path):
    with netCDF4.Dataset(path) as file:
        expect(file.Conventions == "CF-1.8", f"{path.name}: Conventions is {file.Conventions}")
        for name, variable in file.variables.items():
            check_variable(file, name)
            is_data = variable.dtype == numpy.float32
            expect(not is_data or "units" in variable.ncattrs(), f"{path.name}: {name} has no units")
            expect(not is_data or "long_name" in variable.ncattrs(), f"{path.name}: {name} has no long_name")
        axes = sorted(v.axis for v in file.variables.values() if "axis" in v.ncattrs())
        is_history = path.name == "history.nc"
        expect(axes == (["T", "X", "Y", "Z"] if is_history else ["T"]), f"{path.name}: axes {axes}")
        if not is_history:
            expect(file.featureType == "timeSeries", "receptors.nc: featureType")
            roles = [n for n, v in file.variables.items() if getattr(v, "cf_role", "") == "timeseries_id"]
            expect(roles == ["station_name"], f"receptors.nc: cf_role timeseries_id of {roles}")
        time, bounds = file["time"][:], file["time_bnds"][:]
        expect(len(time) > 0 and numpy.all(numpy.diff(time) > 0), f"{path.name}: time does not rise")
        expect(numpy.all(bounds[:, 1] == time) and numpy.all(bounds[:, 1] - bounds[:, 0] == 3600.0),
               f"{path.name}: time_bnds are not the hours that end at time")


def check_xarray(path):
    try:
        import xarray  # pylint: disable=import-outside-toplevel
    except ImportError:
        print("not installed, left out: xarray")
        return
    with xarray.open_dataset(path) as opened, netCDF4.Dataset(path) as file:
        expected = netCDF4.num2date(file["time"][:], file["time"].units)
        said = [str(one)[:19] for one in opened["time"].values]
        expect(said == [one.isoformat() for one in expected], f"{path.name}: xarray reads the times {said}")
        for name in ("lat", "lon", "time"):
            expect(name in opened["O3"].coords, f"{path.name}: {name} is no coordinate of O3 to xarray")


def check_programs(path):
    with netCDF4.Dataset(path) as file:
        times = [one.isoformat() for one in netCDF4.num2date(file["time"][:], file["time"].units)]
        size = file["O3"].shape
    said = output_of("cdo", "-s", "showtimestamp", "-selname,O3", str(path))
    expect(said is None or said.split() == times, f"{path.name}: cdo reads the times {said}")
    if path.name != "history.nc":
        return
    said = output_of("cdo", "-s", "griddes", "-selname,O3", str(path))
    expect(said is None or f"gridsize  = {size[1] * size[2]}" in said, f"history.nc: cdo reads the grid {said}")
    said = output_of("gdalinfo", f"NETCDF:{path}:O3")
    expect(said is None or f"Size is {size[2]}, {size[1]}" in said, "history.nc: gdalinfo reads another size")
    expect(said is None or "PROJCRS[" in said or "GEOGCRS[" in said, "history.nc: gdalinfo finds no projection")
    expect(said is None or f"Band {size[0]} " in said, "history.nc: gdalinfo does not find an hour in each band")


def main():
    for name in ("history.nc", "receptors.nc"):
        path = Path(sys.argv[1]) / name
        check_rules(path)
        check_xarray(path)
        check_programs(path)
    print("\n".join(faults))
    sys.exit(1 if faults else 0)


if __name__ == "__main__":
    main()
