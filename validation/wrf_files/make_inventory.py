#!/usr/bin/python3
"""make_inventory.py WEST EAST SOUTH NORTH OUTPUT.nc: an inventory of one sector, a few towns on a smooth background.

Invented for this check: it says nothing about the places. t/yr on longitude and latitude, 0.25 degrees.
"""
import sys

import netCDF4
import numpy as np

west, east, south, north = map(float, sys.argv[1:5])
lon, lat = np.arange(west, east, 0.25) + 0.125, np.arange(south, north, 0.25) + 0.125
x, y = np.meshgrid(np.linspace(0, 1, lon.size), np.linspace(0, 1, lat.size))
shape = 0.05 + sum(np.exp(-((x - a) ** 2 + (y - b) ** 2) / 0.003) for a, b in ((0.3, 0.4), (0.6, 0.7), (0.5, 0.2)))
with netCDF4.Dataset(sys.argv[5], "w") as file:
    for name, axis, unit in (("lon", lon, "degrees_east"), ("lat", lat, "degrees_north")):
        file.createDimension(name, axis.size)
        variable = file.createVariable(name, "f8", (name,))
        variable.units = unit
        variable[:] = axis
    for name, scale in (("NOx", 400.0), ("VOC", 500.0), ("SO2", 200.0), ("NH3", 150.0), ("CO", 3000.0), ("PM25", 120.0), ("PM10", 200.0)):
        variable = file.createVariable(name, "f8", ("lat", "lon"))
        variable.units = "t/yr"
        variable[:] = scale * shape
