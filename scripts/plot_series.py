#!/usr/bin/env python3
"""plot_series.py PAIRS.csv --output-dir FOLDER: observed and modelled series by station and a scatter plot, one picture a species."""
import argparse
import datetime
from pathlib import Path

from plot_common import hour_of, np, number, plt, rows_of, save, stop

VALUES = ("observed_ug_m3", "model_ug_m3", "boundary_only_ug_m3")


def with_gaps(series):
    """The series in order of time, with an empty point where hours are missing, so that no line crosses them."""
    result = []
    for values in sorted(series):
        if result and values[0] - result[-1][0] > datetime.timedelta(hours=1):
            result.append((result[-1][0] + datetime.timedelta(hours=1), np.nan, np.nan, np.nan))
        result.append(values)
    return result


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", help="pairs.csv of lantian evaluate")
    parser.add_argument("--output-dir", required=True)
    parser.add_argument("--utc-offset", type=float, default=8.0, help="hours of local time ahead of UTC; 8 unless given")
    options = parser.parse_args()
    rows = rows_of(options.pairs, ("species", "station", "hour_begin_utc", *VALUES))
    if not rows:
        stop(f"{options.pairs}: holds no pairs", 65)
    for species in sorted({row["species"] for row in rows}):
        by_station = {}
        for row in (r for r in rows if r["species"] == species):
            time = hour_of(row["hour_begin_utc"], options.pairs) + datetime.timedelta(hours=options.utc_offset)
            by_station.setdefault(row["station"], []).append((time, *(number(row[c], options.pairs) for c in VALUES)))
        count = len(by_station)
        columns = 3
        lines = -(-(count + 1) // columns)
        figure, panels = plt.subplots(lines, columns, figsize=(15, 2.3 * lines), squeeze=False, constrained_layout=True)
        every = np.array([values[1:] for series in by_station.values() for values in series], dtype=float)
        if not np.isfinite(every).any():
            stop(f"{options.pairs}: every value of {species} is empty", 65)
        top = float(np.nanpercentile(every, 99.5)) * 1.1 or 1.0
        for axes, (station, series) in zip(panels.flat, sorted(by_station.items())):
            series = with_gaps(series)
            times = [values[0] for values in series]
            axes.plot(times, [v[3] for v in series], color="0.65", linewidth=1.0, label="boundary only")
            axes.plot(times, [v[2] for v in series], color="#c8553d", linewidth=1.2, label="model")
            axes.plot(times, [v[1] for v in series], "k.", markersize=3, label="observed")
            axes.set_title(station.replace("_", " "), fontsize=9)
            axes.set_ylim(0, top)
            axes.xaxis.set_major_locator(plt.matplotlib.dates.AutoDateLocator(minticks=2, maxticks=6))
            axes.xaxis.set_major_formatter(plt.matplotlib.dates.DateFormatter("%d %b" if series[-1][0] - series[0][0] > datetime.timedelta(days=4) else "%d %b %Hh"))
            axes.tick_params(labelsize=7)
        panels.flat[0].legend(fontsize=7)
        scatter = panels.flat[count]
        scatter.plot(every[:, 0], every[:, 1], ".", markersize=2, color="#c8553d", alpha=0.4)
        for slope in (0.5, 1.0, 2.0):
            scatter.plot([0, top], [0, slope * top], color="black", linewidth=0.6)
        scatter.set(xlim=(0, top), ylim=(0, top), xlabel="observed", ylabel="model", title="all stations")
        for axes in panels.flat[count + 1:]:
            axes.axis("off")
        figure.suptitle(f"{species} [µg m$^{{-3}}$], UTC{options.utc_offset:+g}")
        save(figure, Path(options.output_dir) / f"series_{species}.png", 80)
        plt.close(figure)


main()
