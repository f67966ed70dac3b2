#!/usr/bin/python3
"""criteria.py FULL.nc BOUNDARY_ONLY.nc PAIRS.csv HOURLY.csv OBSERVED.csv: figures by the day beside published goals and criteria, on standard output.

Ozone: the greatest 8-hour mean of a station's day. Observed is the agency's own column of running means; the model's are those of the
same ends of 8 hours, 8 to 24 h, so that a gap of the record is a gap of both. Days with fewer than 14 of these 17 ends are left out (HJ
663-2013). PM2.5: means of days of 16 paired hours or more. The city is the old one and its edge, without county towns and Rizhao.
Limits: Emery et al. 2017, J. Air Waste Manage. Assoc. 67, 582, table 2 (NMB, NME, r); Boylan and Russell 2006, Atmos. Environ. 40, 4946 (MFB, MFE).
"""
import datetime
import sys
from collections import defaultdict

import netCDF4

from prepare import EDGE, OLD_CITY, STATIONS
from scores import EXCLUDED, UTC_OFFSET, daily, read_pairs, rows_of, statistics

WINDOW_H, FIRST_END_H, LEAST_ENDS = 8, 8, 14
OF_THE_CITY = {station for station, group in STATIONS.values() if group in (OLD_CITY, EDGE)}
GOAL_AND_CRITERION = {"O3": {"nmb": (0.05, 0.15), "nme": (0.15, 0.25), "r": (0.75, 0.50)},
                      "PM25": {"nmb": (0.10, 0.30), "nme": (0.35, 0.50), "r": (0.70, 0.40), "mfb": (0.30, 0.60), "mfe": (0.50, 0.75)}}


def read_model(path):
    """{station: {local end of the hour: O3 in ug m-3}}."""
    with netCDF4.Dataset(path) as data:
        names = [str(name).strip() for name in data["station_name"][:]]
        ends = [datetime.datetime.fromtimestamp(int(t), datetime.timezone.utc).replace(tzinfo=None) + UTC_OFFSET for t in data["time"][:]]
        ozone = data["O3"][:]
    return {name: {end: float(ozone[i, j]) for i, end in enumerate(ends)} for j, name in enumerate(names)}


def greatest_eight_hour_means(models, hourly_path, scored_days):
    """One dictionary a station and day: observed, and the greatest of the same ends by each of `models`, {predictor: read_model(...)}."""
    days = defaultdict(list)
    for row in rows_of(hourly_path):
        if row["code"] not in STATIONS:
            continue
        station = STATIONS[row["code"]][0]
        end = datetime.datetime.fromisoformat(row["time_bjt"])
        day = (end - datetime.timedelta(seconds=1)).date()
        hours = [end - datetime.timedelta(hours=h) for h in range(WINDOW_H)]
        if station in EXCLUDED or day not in scored_days or not row["o3_8h_ugm3"] or 0 < end.hour < FIRST_END_H:
            continue
        if all(hour in series[station] for series in models.values() for hour in hours):
            means = {name: sum(series[station][hour] for hour in hours) / WINDOW_H for name, series in models.items()}
            days[station, day].append({"observed": float(row["o3_8h_ugm3"]), **means})
    return [{"station": station, "time": day, **{name: max(end[name] for end in ends) for name in ends[0]}}
            for (station, day), ends in sorted(days.items()) if len(ends) >= LEAST_ENDS]


def mean_of_the_city(values, names):
    days = defaultdict(list)
    for value in values:
        if value["station"] in OF_THE_CITY:
            days[value["time"]].append(value)
    return [{name: sum(v[name] for v in day) / len(day) for name in names} for _, day in sorted(days.items())]


def fractional(values, predictor):
    pairs = [(v["observed"], v[predictor]) for v in values]
    bias = sum(2.0 * (m - o) / (m + o) for o, m in pairs) / len(pairs)
    return {"mfb": bias, "mfe": sum(2.0 * abs(m - o) / (m + o) for o, m in pairs) / len(pairs)}


def verdict(limits, key, value):
    if key not in limits:
        return ""
    meets = (lambda limit: value >= limit) if key == "r" else (lambda limit: abs(value) <= limit)
    goal, criterion = limits[key]
    return ": goal" if meets(goal) else ": criterion" if meets(criterion) else ": missed"


def row(title, values, predictor, limits):
    scores = {**statistics(values, predictor), **fractional(values, predictor)}
    cells = [(f"{scores[k]:.2f}" if k == "r" else f"{100 * scores[k]:+.0f} %" if k in ("nmb", "mfb") else f"{100 * scores[k]:.0f} %") + verdict(limits, k, scores[k])
             for k in ("nmb", "nme", "r", "mfb", "mfe")]
    print(f"| {title} | {predictor.replace('_', ' ')} | {scores['n']} | {scores['observed']:.1f} | {scores['predicted']:.1f} | " + " | ".join(cells) + " |")


def main():
    full, boundary_only, pairs_path, hourly_path, observed_path = sys.argv[1:]
    pairs = read_pairs(pairs_path, observed_path)
    predictors = ["model", "boundary_only"]
    ozone = greatest_eight_hour_means({"model": read_model(full), "boundary_only": read_model(boundary_only)}, hourly_path, {p["time"].date() for p in pairs})
    particles = [day for day in daily(pairs) if day["species"] == "PM25"]
    print("\n### By the day, beside goals and criteria\n\n| | predictor | n | observed | predicted | NMB | NME | r | MFB | MFE |\n" + "|---" * 10 + "|")
    for title, values, species in [("greatest 8-hour mean of O3", ozone, "O3"), ("PM2.5", particles, "PM25")]:
        for predictor in predictors:
            row(f"{title}, stations", values, predictor, GOAL_AND_CRITERION[species])
            row(f"{title}, mean of the city", mean_of_the_city(values, ["observed", *predictors]), predictor, {})


main()
