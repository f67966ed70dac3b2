#!/usr/bin/python3
"""scores.py DAILY.csv FOLDER: daily PM2.5 of the runs in FOLDER against the city's, as tables; draws FOLDER/haze.png.

The city's value is the mean of its nine national stations, the model's that of the same nine, each over 24 h of a local day.
"""
import csv
import sys
from datetime import datetime, timedelta
from pathlib import Path

import matplotlib
import netCDF4
import numpy as np

matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402

STATIONS = {"Yangkou", "Licang", "Shibei", "Shinan_East", "Sifang", "Shinan_West", "Laoshan", "Huangdao", "Chengyang"}
RUNS = {"day_before": "full run, air of the day before", "month": "full run, air of the mean January",
        "boundary_only": "no emissions, air of the day before"}
PARTS = {"sulphate": ["PSO4"], "nitrate": ["PNO3"], "ammonium": ["PNH4"], "organic": ["POA", "SOA1", "SOA2", "SOA3", "SOA4", "SOPA", "SOPB"],
         "soot": ["PEC"], "other": ["PPM25", "PCL", "NA", "PCA", "PK", "PMG"]}
DATES = [(datetime(2019, 1, 8) + timedelta(days=k)).strftime("%Y-%m-%d") for k in range(9)]
ALERT_UG_M3 = 150.0  # above it a day is heavily polluted (HJ 633-2012, AQI above 200)


def observed(path):
    with open(path, encoding="utf-8") as file:
        rows = {row["date"]: row["pm25_ugm3"] for row in csv.DictReader(line for line in file if not line.startswith("#"))}
    before = (datetime(2019, 1, 7)).strftime("%Y-%m-%d")
    return np.array([float(rows[date]) for date in [before, *DATES]])


def daily(dataset, names):
    """Sum of the named variables, mean over the city's stations and each local day's 24 hours: (9)."""
    stations = [str(name) for name in dataset["station_name"][:]]
    chosen = [k for k, name in enumerate(stations) if name in STATIONS]
    assert len(chosen) == len(STATIONS), stations
    begins = dataset["time_bnds"][:, 0] + 8 * 3600
    first = (datetime(2019, 1, 8) - datetime(1970, 1, 1)).total_seconds()
    day = ((begins - first) // 86400).astype(int)
    values = sum(dataset[name][:, chosen] for name in names).mean(axis=1)
    assert np.all(np.bincount(day) == 24), np.bincount(day)
    return np.array([values[day == k].mean() for k in range(len(DATES))])


def score(model, truth):
    bias = model - truth
    return (f"{model.mean():.0f} | {100 * bias.sum() / truth.sum():+.0f} | {100 * abs(bias).sum() / truth.sum():.0f} | "
            f"{np.corrcoef(model, truth)[0, 1]:.2f} | {100 * np.mean(2 * bias / (model + truth)):+.0f} | "
            f"{np.mean((model >= truth / 2) & (model <= truth * 2)):.2f} | {np.sum((truth > ALERT_UG_M3) & (model > ALERT_UG_M3))} of "
            f"{np.sum(truth > ALERT_UG_M3)}, {np.sum((truth <= ALERT_UG_M3) & (model > ALERT_UG_M3))}")


def main(path, folder):
    truth = observed(path)
    before, truth = truth[:-1], truth[1:]
    files = {name: netCDF4.Dataset(folder / name / "receptors.nc") for name in RUNS if (folder / name / "receptors.nc").exists()}
    predictors = {RUNS[name]: daily(file, ["PM25"]) for name, file in files.items()}
    predictors["the day before, without a model"] = before
    predictors["mean of the nine days"] = np.full(len(truth), truth.mean()) + 1e-9 * np.arange(len(truth))
    print("| daily PM2.5, n = 9 | mean | NMB % | NME % | r | MFB % | FAC2 | alert days found, false |\n|---|---|---|---|---|---|---|---|")
    print(f"| observed | {truth.mean():.0f} | | | | | | |")
    for name, values in predictors.items():
        print(f"| {name} | {score(values, truth)} |")
    print("\n| day | observed | " + " | ".join(predictors) + " |\n" + "|---" * (len(predictors) + 2) + "|")
    for k, date in enumerate(DATES):
        print(f"| {date} | {truth[k]:.0f} | " + " | ".join(f"{values[k]:.0f}" for values in predictors.values()) + " |")
    parts = {part: daily(files["day_before"], names) for part, names in PARTS.items()}
    print("\n| day, full run, air of the day before | " + " | ".join(parts) + " |\n" + "|---" * (len(parts) + 1) + "|")
    for k, date in enumerate(DATES):
        print(f"| {date} | " + " | ".join(f"{values[k]:.0f}" for values in parts.values()) + " |")
    draw(folder / "haze.png", truth, predictors, parts)


def draw(path, truth, predictors, parts):
    figure, axes = plt.subplots(figsize=(9, 4.5), layout="constrained")
    days = np.arange(len(DATES))
    bottom = np.zeros(len(DATES))
    for part, values in parts.items():
        axes.bar(days, values, 0.6, bottom=bottom, label=part, alpha=0.75)
        bottom += values
    axes.plot(days, truth, "ko-", label="observed")
    for name in list(predictors)[1:3]:
        axes.plot(days, predictors[name], "o--", label=name, markersize=4)
    axes.axhline(ALERT_UG_M3, color="grey", linewidth=0.8)
    axes.set_xticks(days, [date[5:] for date in DATES])
    axes.set_ylabel("PM2.5, ug m$^{-3}$, daily city mean")
    axes.set_title("Qingdao, January 2019; bars: full run, air of the day before")
    axes.legend(fontsize=8, ncols=2)
    figure.savefig(path, dpi=130)


if __name__ == "__main__":
    main(sys.argv[1], Path(sys.argv[2]))
