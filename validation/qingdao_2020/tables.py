#!/usr/bin/python3
"""tables.py PAIRS.csv OBSERVED.csv: the tables of README.md on standard output, each with the boundary-only run and the trivial predictors."""
import sys

from scores import DAY_HOURS, NIGHT_HOURS, PREDICTORS, SPECIES, daily, read_pairs, statistics

TITLES = ["model", "boundary only", "regional mean", "diurnal cycle"]


def digits(species):
    return 0 if species == "CO" else 1


def overall(title, pairs):
    print(f"\n### {title}\n\n| species | predictor | n | observed | predicted | NMB % | NME % | RMSE | r |\n|---|---|---|---|---|---|---|---|---|")
    for species in SPECIES:
        chosen = [p for p in pairs if p["species"] == species]
        for predictor, name in zip(PREDICTORS, TITLES):
            s, d = statistics(chosen, predictor), digits(species)
            print(f"| {species} | {name} | {s['n']} | {s['observed']:.{d}f} | {s['predicted']:.{d}f} | {100 * s['nmb']:.0f} | {100 * s['nme']:.0f} | "
                  f"{s['rmse']:.{d}f} | {s['r']:.2f} |")


def by(key, title, pairs):
    print(f"\n### {title}\n\n| species | {key} | n | observed | " + " | ".join(f"{t}: mean, NMB %, r" for t in TITLES) + " |")
    print("|---" * (4 + len(TITLES)) + "|")
    for species in SPECIES:
        chosen = [p for p in pairs if p["species"] == species]
        for name in sorted({p[key] for p in chosen}):
            own = [p for p in chosen if p[key] == name]
            scores, d = [statistics(own, predictor) for predictor in PREDICTORS], digits(species)
            print(f"| {species} | {name.replace('_', ' ')} | {scores[0]['n']} | {scores[0]['observed']:.{d}f} | "
                  + " | ".join(f"{s['predicted']:.{d}f}, {100 * s['nmb']:+.0f}, {s['r']:.2f}" for s in scores) + " |")


def main():
    pairs = read_pairs(*sys.argv[1:3])
    overall("All stations, hourly", pairs)
    by("group", "By group of stations, hourly", pairs)
    by("group", "By group, 11 to 17 h", [p for p in pairs if p["time"].hour in DAY_HOURS])
    by("group", "By group, 20 to 6 h", [p for p in pairs if p["time"].hour in NIGHT_HOURS])
    overall("Daily means of days with 16 hours or more", daily(pairs))
    by("station", "By station, hourly", pairs)


main()
