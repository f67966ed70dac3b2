#!/usr/bin/env python3
"""Run control decks of AERMOD through `lantian plume` and compare with AERMOD's own hourly values.

    compare.py PROGRAM CASES OUT

CASES holds a folder a case: aermod.inp with what it names, and conc*.csv (hour,x,y,zelev,zhill,zflag,conc[,ddep,wdep]).
A difference is relative to AERMOD's value and counts where that is above 0.1 % of the hour's highest. Returns 1 when a
case passes its limit, or cannot be run though it has one.
"""

import collections
import csv
import math
import pathlib
import re
import subprocess
import sys
import time

# What is allowed. AERMOD's files have six digits, so that one unit of the last is 1e-5 of a value that begins with 1.
ONE_DIGIT = 1.01e-5
LARGEST = dict.fromkeys(("pt_tall_flat", "pt_low_nonbuoyant", "pt_surface_grass", "vol_flat", "pt_terrain", "pt_urban",
                          "pt_capped_horiz", "pt_downwash", "nox_nochem", "no2_arm2", "no2_olm", "dep_part_m1", "dep_part_m2",
                          "dep_gas", "no2_pvmrm", "no2_grsm", "area_rect --aermod-areas", "line_road --aermod-areas"), ONE_DIGIT)
# Polygons are integrated by another rule than AERMOD's, unless its own is asked for, and the steps along a road may turn on a last bit: the 99th
# percentile is judged.
PERCENTILE_99 = {"area_rect": 1e-2, "rline_road": ONE_DIGIT}
LEAST_SHARE = 1e-3


def reference_of(path):
    """Values by (hour, type): lists in the order of the receptors."""
    values = collections.defaultdict(list)
    with open(path, newline="", encoding="utf-8") as file:
        for row in csv.DictReader(file):
            for name in ("conc", "ddep", "wdep"):
                if name in row:
                    values[int(row["hour"]), name].append(float(row[name]))
    return values


def results_of(path, types):
    values = collections.defaultdict(list)
    with open(path, encoding="utf-8") as file:
        for line in file:
            if line.startswith("*"):
                continue
            words = line.split()
            date = next(word for word in words[2 + len(types):] if re.fullmatch(r"\d{8}", word))
            for n, name in enumerate(types):
                values[int(date[-2:]), name].append(float(words[2 + n]))
    return values


def differences(reference, results):
    found = []
    for key, expected in reference.items():
        given = results.get(key, [])
        if len(given) != len(expected):
            raise ValueError(f"{key}: {len(given)} values, {len(expected)} expected")
        highest = max(expected)
        found += [abs(g - e) / e for g, e in zip(given, expected) if e > LEAST_SHARE * highest and e > 0.0]
    return sorted(found)


def run_case(program, case, out, options):
    begin = time.perf_counter()
    done = subprocess.run([program, "plume", str(case / "aermod.inp"), "--output", str(out), "--no-netcdf", *options],
                          capture_output=True, text=True, check=False)
    took_s = time.perf_counter() - begin
    speed = re.search(r"([0-9.e+]+) values of a source", done.stderr)
    if done.returncode != 0:
        return None, took_s, done.stderr.strip().splitlines()[-1].split("aermod.inp: ")[-1]
    return float(speed.group(1)) if speed else 0.0, took_s, ""


def main():
    program, cases, out = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    passed_limit = []
    print("| case | what | values | median | 99th percentile | largest | limit | s | values/s |")
    print("|---|---|---|---|---|---|---|---|---|")
    found = sorted(path for path in cases.iterdir() if (path / "aermod.inp").is_file())
    runs = [(case, []) for case in found] + [(case, ["--aermod-areas"]) for case in found if case.name in ("area_rect", "line_road")]
    for case, options in runs:
        name_of_run = " ".join([case.name, *options])
        largest_allowed, percentile_allowed = LARGEST.get(name_of_run), PERCENTILE_99.get(name_of_run)
        limit = largest_allowed or (f"{percentile_allowed:g} (99th)" if percentile_allowed else "")
        results_folder = out / name_of_run.replace(" --", "_")
        speed, took_s, fault = run_case(program, case, results_folder, options)
        if speed is None:
            print(f"| {name_of_run} | not run: {fault} | | | | | {limit} | | |")
            if limit:
                passed_limit.append(name_of_run)
            continue
        for table in sorted(case.glob("conc*.csv")):
            reference = reference_of(table)
            types = sorted({name for _, name in reference})
            results = results_of(results_folder / (table.stem + ".pst"), types)
            for name in types:
                both = [{key: rows for key, rows in one.items() if key[1] == name} for one in (reference, results)]
                found = differences(*both)
                largest, percentile = found[-1], found[int(0.99 * (len(found) - 1))]
                print(f"| {name_of_run} | {table.stem} {name} | {len(found)} | {found[len(found) // 2]:.1e} | "
                      f"{percentile:.1e} | {largest:.1e} | {limit} | {took_s:.2f} | "
                      f"{speed:.2g} |")
                if largest > (largest_allowed or math.inf) or percentile > (percentile_allowed or math.inf):
                    passed_limit.append(name_of_run)
    if passed_limit:
        print(f"limit passed: {', '.join(dict.fromkeys(passed_limit))}")
        sys.exit(1)


if __name__ == "__main__":
    main()
