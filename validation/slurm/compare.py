#!/usr/bin/python3
"""compare.py ONE OTHER: every value of the results of two runs, bit by bit."""
import sys
from pathlib import Path

import netCDF4
import numpy as np

one, other = map(Path, sys.argv[1:3])
differing = variables = 0
for name in ("history.nc", "receptors.nc"):
    with netCDF4.Dataset(one / name) as a, netCDF4.Dataset(other / name) as b:
        assert list(a.variables) == list(b.variables)
        for variable in a.variables:
            x, y = (np.ma.getdata(file[variable][:]) for file in (a, b))
            variables += 1
            differing += x.shape != y.shape or x.tobytes() != y.tobytes()
for name in ("budget.csv", "mass_table.csv", "state_hashes.csv"):
    differing += (one / name).read_bytes() != (other / name).read_bytes()
print(f"{variables} variables and 3 tables compared, {differing} differ")
sys.exit(1 if differing else 0)
