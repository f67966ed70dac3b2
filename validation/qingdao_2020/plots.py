#!/usr/bin/python3
"""plots.py PAIRS.csv OBSERVED.csv FOLDER: mean diurnal cycles, series of group means and daily means as small PNGs."""
import sys
from collections import defaultdict
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.dates as mdates
import matplotlib.pyplot as plt
import numpy as np
from scores import daily, read_pairs

GROUPS = ["old city", "edge of the city", "county towns", "Rizhao"]
LINES = [("observed", "black", "observed"), ("model", "#c8553d", "model"), ("boundary_only", "0.6", "boundary only")]
LABELS = {"PM25": "PM2.5", "O3": "O$_3$", "NO2": "NO$_2$"}


def mean_by(pairs, key):
    sums = defaultdict(list)
    for pair in pairs:
        sums[key(pair)].append(pair)
    return {k: {name: np.mean([p[name] for p in part]) for name, _, _ in LINES} for k, part in sorted(sums.items())}


def diurnal_cycles(pairs, path):
    figure, panels = plt.subplots(3, len(GROUPS), figsize=(11, 6.5), sharex=True, sharey="row", constrained_layout=True)
    for row, species in zip(panels, LABELS):
        for axes, group in zip(row, GROUPS):
            means = mean_by([p for p in pairs if p["species"] == species and p["group"] == group], lambda p: p["time"].hour)
            hours = np.arange(24)
            for name, colour, label in LINES:
                axes.plot(hours + 0.5, [means[h][name] if h in means else np.nan for h in hours], color=colour, label=label, linewidth=1.3)
            if species == "PM25":
                axes.set_title(group, fontsize=9)
        row[0].set_ylim(bottom=0.0)  # the row shares it
        row[0].set_ylabel(LABELS[species] + " [µg m$^{-3}$]")
    for axes in panels[-1]:
        axes.set(xlim=(0, 24), xticks=range(0, 25, 6), xlabel="local hour")
    panels[0, 0].legend(fontsize=7)
    figure.savefig(path, dpi=80)


def series(pairs, path):
    figure, panels = plt.subplots(6, 1, figsize=(11, 10), sharex=True, constrained_layout=True)
    for axes, (species, group) in zip(panels, [(s, g) for s in LABELS for g in ("old city", "county towns")]):
        means = mean_by([p for p in pairs if p["species"] == species and p["group"] == group], lambda p: p["time"])
        times = sorted(means)
        for name, colour, label in LINES:
            points = [(times[0], np.nan)]
            for time in times:
                if (time - points[-1][0]).total_seconds() > 3600:
                    points.append((time, np.nan))
                points.append((time, means[time][name]))
            style = {"linestyle": "none", "marker": ".", "markersize": 3} if name == "observed" else {"linewidth": 1.2}
            axes.plot([p[0] for p in points], [p[1] for p in points], color=colour, label=label, **style)
        axes.set_ylabel("µg m$^{-3}$", fontsize=8)
        axes.set_title(f"{LABELS[species]}, mean of the stations, {group}", fontsize=9, loc="left")
        axes.set_ylim(bottom=0.0)
    panels[0].legend(fontsize=7, ncol=3)
    panels[-1].xaxis.set_major_formatter(mdates.DateFormatter("%d %b"))
    figure.savefig(path, dpi=80)


def daily_means(pairs, path):
    figure, panels = plt.subplots(1, 3, figsize=(11, 3.8), constrained_layout=True)
    days = daily(pairs)
    for axes, species in zip(panels, LABELS):
        for group, colour in zip(GROUPS, ["#c8553d", "#e0a030", "#3a7d44", "#33658a"]):
            part = [d for d in days if d["species"] == species and d["group"] == group]
            axes.plot([d["observed"] for d in part], [d["model"] for d in part], ".", color=colour, label=group)
        top = 1.05 * max(max(d["observed"], d["model"]) for d in days if d["species"] == species)
        for slope in (0.5, 1.0, 2.0):
            axes.plot([0, top], [0, slope * top], color="black", linewidth=0.6)
        axes.set(xlim=(0, top), ylim=(0, top), xlabel="observed", ylabel="model", title=LABELS[species] + ", daily means [µg m$^{-3}$]")
    panels[0].legend(fontsize=7)
    figure.savefig(path, dpi=80)


def main():
    pairs, folder = read_pairs(*sys.argv[1:3]), Path(sys.argv[3])
    folder.mkdir(parents=True, exist_ok=True)
    diurnal_cycles(pairs, folder / "diurnal_cycles.png")
    series(pairs, folder / "series.png")
    daily_means(pairs, folder / "daily_means.png")


main()
