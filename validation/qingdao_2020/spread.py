#!/usr/bin/python3
"""spread.py MEMBERS_FOLDER OBSERVED.csv: what the wind members make of group means, over the scored hours they share.

For each species and group of stations: the mean observed, the mean of the base run, of each member, and the mean over hours
and stations of the spread (greatest less least of all runs).
"""
import datetime
import sys
from pathlib import Path

import netCDF4
import numpy as np
from scores import SPECIES, UTC_OFFSET, read_observed

NAMES = ["base", "weaker", "stronger", "earlier", "later", "backed", "veered"]
# local hours by their beginning that are scored: README.md
SCORED = [(datetime.datetime(2020, 3, 31), datetime.datetime(2020, 4, 6)), (datetime.datetime(2020, 4, 7, 7), datetime.datetime(2020, 4, 8))]


def read_run(path):
    """{species: {(station, local hour's beginning): ug m-3}}"""
    with netCDF4.Dataset(path) as file:
        names = [str(name) for name in file["station_name"][:]]
        epoch = datetime.datetime(1970, 1, 1)
        times = [epoch + datetime.timedelta(seconds=float(t)) - datetime.timedelta(hours=1) + UTC_OFFSET for t in file["time"][:]]
        return {s: {(name, time): float(v) for time, row in zip(times, file[s][:]) for name, v in zip(names, row)} for s in SPECIES}


def main():
    folder, observed_path = Path(sys.argv[1]), sys.argv[2]
    observed, group = read_observed(observed_path)
    runs = [read_run(folder / name / "receptors.nc") for name in NAMES]
    print("| species | group | n | observed | " + " | ".join(NAMES) + " | mean hourly spread |\n|---" + "|---" * (4 + len(NAMES)) + "|")
    for species in SPECIES:
        pairs = {}
        for key in runs[0][species]:
            station, time = key
            value = observed[species].get(station, {}).get(time)
            is_scored = any(begin <= time < end for begin, end in SCORED)
            if value is not None and station != "Huangdao" and is_scored and all(key in run[species] for run in runs):
                pairs.setdefault(group[station], []).append([value] + [run[species][key] for run in runs])
        for name in sorted(pairs):
            values = np.array(pairs[name])
            means, spread = values.mean(axis=0), np.ptp(values[:, 1:], axis=1).mean()
            d = 0 if species == "CO" else 1
            print(f"| {species} | {name} | {len(values)} | " + " | ".join(f"{m:.{d}f}" for m in means) + f" | {spread:.{d}f} |")


main()
