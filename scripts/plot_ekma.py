#!/usr/bin/env python3
"""plot_ekma.py BOX_ekma.csv --output PICTURE.png: lines of equal highest ozone over factors of NOx and VOC emissions."""
import argparse

from plot_common import np, number, plt, rows_of, save, stop

COLUMNS = ("nox_factor", "voc_factor", "peak_O3_ppb")


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("peaks", help="_ekma.csv of lantian box --ekma")
    parser.add_argument("--output", required=True)
    options = parser.parse_args()
    rows = [[number(row[c], options.peaks) for c in COLUMNS] for row in rows_of(options.peaks, COLUMNS)]
    nox, voc = sorted({row[0] for row in rows}), sorted({row[1] for row in rows})
    if len(nox) < 2 or len(voc) < 2 or len(rows) != len(nox) * len(voc):
        stop(f"{options.peaks}: holds {len(rows)} rows for {len(nox)} NOx and {len(voc)} VOC factors; lines need a full grid of two each", 65)
    peak = np.empty((len(nox), len(voc)))
    for row in rows:
        peak[nox.index(row[0]), voc.index(row[1])] = row[2]
    figure, axes = plt.subplots(figsize=(6.5, 5.2), constrained_layout=True)
    filled = axes.contourf(voc, nox, peak, levels=16, cmap="YlOrRd")
    lines = axes.contour(voc, nox, peak, levels=8, colors="black", linewidths=0.7)
    axes.clabel(lines, fmt="%.0f", fontsize=8)
    axes.plot([1.0], [1.0], "ko", markersize=5)
    axes.set(xlabel="VOC emissions, times the case's", ylabel="NOx emissions, times the case's")
    figure.colorbar(filled, label="highest ozone [ppb]")
    save(figure, options.output, 110)


main()
