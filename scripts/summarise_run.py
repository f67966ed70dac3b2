#!/usr/bin/env python3
"""summarise_run.py FOLDER: the main figures of a run or a ranking in a few lines."""
import json
import sys
from pathlib import Path

from plot_common import np, open_netcdf, stop


def summarise_ranking(path):
    ranking = json.loads(path.read_text(encoding="utf-8"))
    for metric, share in ranking["share"].items():
        parts = ", ".join(f"{key.removesuffix('_ug_m3').replace('_', ' ')} {value:.1f}" for key, value in share.items())
        print(f"   {metric}: {parts} ug/m3")
    for metric in ranking["share"]:
        for effect in [e for e in ranking["effects"] if e["metric"] == metric]:
            print(f"   {metric:8} {effect['group']:22} {effect['pollutant']:4} {effect['change_ug_m3']:+9.3f} ug/m3 for {effect['removed_t_d']:8.2f} t/d: "
                  f"{effect['change_per_t_d_ug_m3']:+.5f} each")
    print(f"   O3 in the city is {ranking['regime']['city']}; {ranking['note']}")


def summarise_run(path):
    with open_netcdf(path) as file:
        hours = len(file["time"])
        for name in ("PM25", "O3", "NO2", "SO2", "CO"):
            if name in file.variables:
                field = np.ma.filled(file[name][:], np.nan)
                print(f"   {name:5} mean {np.nanmean(field):7.1f}, greatest hour {np.nanmax(field):7.1f} ug/m3 ({hours} h)")
        for key in ("budget_residual_inert", "budget_residual_nitrogen_sulphur", "final_state_hash", "source"):
            print(f"   {key}: {getattr(file, key, '?')}")


def main():
    if len(sys.argv) != 2:
        stop("usage: summarise_run.py FOLDER", 64)
    folder = Path(sys.argv[1])
    if (folder / "ranking.json").exists():
        summarise_ranking(folder / "ranking.json")
    elif (folder / "history.nc").exists():
        summarise_run(folder / "history.nc")
    else:
        stop(f"{folder}: holds neither history.nc nor ranking.json", 69)


main()
