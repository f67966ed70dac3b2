#!/usr/bin/python3
"""compare.py FOLDER CASE: every variable of every run against the run on one rank and one thread, bit by bit."""
import sys
from pathlib import Path

import netCDF4
import numpy as np

folder, case = Path(sys.argv[1]), sys.argv[2]
first = folder / f"{case}.1.1"
faults = 0
for run in sorted(folder.glob(f"{case}.?.?")):
    differing = 0
    for name in ("history.nc", "receptors.nc"):
        with netCDF4.Dataset(first / name) as a, netCDF4.Dataset(run / name) as b:
            for variable in a.variables:
                x, y = a[variable][:], b[variable][:]
                x, y = np.ma.getdata(x), np.ma.getdata(y)
                differing += int((np.frombuffer(x.tobytes(), "u1") != np.frombuffer(y.tobytes(), "u1")).sum()) if x.shape == y.shape else x.size
    differing += (first / "state_hashes.csv").read_text() != (run / "state_hashes.csv").read_text()
    print(f"{run.name}: {differing} differing bytes")
    faults += differing
with netCDF4.Dataset(first / "history.nc") as file:
    limits = {"budget_residual_inert": 1e-12, "budget_residual_nitrogen_sulphur": 1e-10}
    for name, most in limits.items():
        value = float(file.getncattr(name))
        print(f"{case}: {name} {value:.1e} (at most {most:.0e})")
        faults += not value <= most
    least, greatest = map(float, file.getncattr("range_of_UNIFORM_ppb").split())
    print(f"{case}: UNIFORM between 1 {least - 1:+.1e} and 1 {greatest - 1:+.1e} ppb (at most 1e-12 off)")
    faults += not max(abs(least - 1), abs(greatest - 1)) <= 1e-12
    print(f"{case}: PM2.5 {file['PM25'][:].min():.2f} to {file['PM25'][:].max():.2f}, O3 {file['O3'][:].min():.1f} to {file['O3'][:].max():.1f} ug m-3")
sys.exit(1 if faults else 0)
