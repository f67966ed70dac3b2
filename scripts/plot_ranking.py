#!/usr/bin/env python3
"""plot_ranking.py RANKING.json|FOLDER --output CHART.png: what a cut of each group does to PM2.5 and to O3."""
import argparse
from pathlib import Path

from plot_common import HAS_CHINESE, plt, read_json, save, stop

COLOURS = {"VOC": "#3b8e5a", "NOx": "#c8553d", "SO2": "#e0a526", "NH3": "#5b7bb2", "PM": "#7a6a5d", "CO": "#999999", "all": "#444444"}
TITLES = {"PM25": ("PM$_{2.5}$, mean", "细颗粒物均值"), "O3_MDA8": ("O$_3$, daily maximum 8-h mean", "臭氧日最大8小时均值")}
PARTS = [("own_city_ug_m3", "own city", "#c8553d"), ("neighbours_ug_m3", "neighbours", "#e0a526"), ("boundary_ug_m3", "boundary air", "#5b7bb2"), ("initial_air_ug_m3", "initial air", "#bbbbbb")]


def draw_shares(axes, shares):
    for row, metric in enumerate(TITLES):
        left_up, left_down = 0.0, 0.0
        for key, label, colour in PARTS:
            value = shares[metric][key]
            axes.barh(row, value, left=left_up if value >= 0 else left_down, color=colour, label=label if row == 0 else None, height=0.6)
            left_up, left_down = left_up + max(value, 0.0), left_down + min(value, 0.0)
        axes.plot([shares[metric]["base_ug_m3"]] * 2, [row - 0.38, row + 0.38], color="black", linewidth=1.5, label="base run" if row == 0 else None)
    axes.set_yticks(range(len(TITLES)), [TITLES[m][0] for m in TITLES])
    axes.axvline(0.0, color="black", linewidth=0.8)
    axes.set_xlabel("µg m$^{-3}$, mean over the people of the city; a part below zero lowers the base run")
    axes.legend(ncols=5, fontsize=8, loc="lower right", bbox_to_anchor=(1.0, 1.0), frameon=False)


def draw_effects(axes, effects, metric):
    groups = sorted({e["group"] for e in effects}, key=lambda g: min(e["change_ug_m3"] for e in effects if e["group"] == g), reverse=True)
    pollutants = [p for p in COLOURS if any(e["pollutant"] == p for e in effects)]
    height = 0.8 / len(pollutants)
    reach = max(abs(e["change_ug_m3"]) for e in effects) or 1.0
    for n, pollutant in enumerate(pollutants):
        label = pollutant  # once: not every group emits every pollutant
        for row, group in enumerate(groups):
            for e in (e for e in effects if e["group"] == group and e["pollutant"] == pollutant):
                y = row + 0.4 - (n + 0.5) * height
                axes.barh(y, e["change_ug_m3"], height, color=COLOURS[pollutant], label=label)
                label = None
                if abs(e["change_ug_m3"]) > 0.01 * reach:
                    side = 1 if e["change_ug_m3"] > 0 else -1
                    axes.annotate(f"{e['change_per_t_d_ug_m3']:+.3g}", (e["change_ug_m3"], y), xytext=(3 * side, 0), textcoords="offset points",
                                  ha="left" if side > 0 else "right", va="center", fontsize=7)
    axes.axvline(0.0, color="black", linewidth=0.8)
    axes.set_xlim(-1.35 * reach, 1.35 * reach)
    axes.set_yticks(range(len(groups)), groups)
    english, chinese = TITLES[metric]
    axes.set_title(english + (" " + chinese if HAS_CHINESE else ""), fontsize=10)
    axes.set_xlabel("change [µg m$^{-3}$], negative is cleaner, positive dirtier; figures: µg m$^{-3}$ per t d$^{-1}$ removed", fontsize=8)
    axes.legend(title="cut", fontsize=8)


def main():
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("ranking", help="ranking.json, or the folder that holds it")
    parser.add_argument("--output", required=True)
    options = parser.parse_args()
    path = Path(options.ranking)
    ranking = read_json(path / "ranking.json" if path.is_dir() else path)
    missing = [key for key in ("effects", "share", "regime", "case", "start", "end", "cut", "mechanism") if not ranking.get(key)]
    if missing:
        stop(f"{path}: is no ranking of lantian rank: it holds no {', '.join(missing)}", 65)
    figure = plt.figure(figsize=(12, 8), constrained_layout=True)
    grid = figure.add_gridspec(2, 2, height_ratios=(1.0, 2.6))
    top, left, right = figure.add_subplot(grid[0, :]), figure.add_subplot(grid[1, 0]), figure.add_subplot(grid[1, 1])
    draw_shares(top, ranking["share"])
    for axes, metric in ((left, "PM25"), (right, "O3_MDA8")):
        draw_effects(axes, [e for e in ranking["effects"] if e["metric"] == metric], metric)
    figure.suptitle(f"{ranking['case']}, {ranking['start'][:13]}h to {ranking['end'][:13]}h UTC: {100 * ranking['cut']:g} % cut of each group; O$_3$ in the city is "
                    f"{ranking['regime']['city']} ({ranking['mechanism']}: {ranking.get('standing', 'screening').replace('_', ' ')})", fontsize=11)
    save(figure, options.output, 100)


main()
