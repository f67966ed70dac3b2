#!/usr/bin/python3
"""compare.py points|judge REFERENCE RESULTS

points: writes the reference's points as `lantian thermo` reads them. judge: compares what it wrote with the reference;
writes by_regime.csv and thermo.png and ends with 1 when the policy isorropia is farther from it than allowed, or a
policy breaks a balance."""
import csv
import gzip
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

INPUTS = ["T_K", "RH", "tNa", "tSO4", "tNH4", "tNO3", "tCl", "tCa", "tK", "tMg"]
GASES = {"nitrate": ("gHNO3", "tNO3"), "ammonium": ("gNH3", "tNH4"), "chloride": ("gHCl", "tCl")}
# 99th percentile of the difference over the total, of water over water
ALLOWED = {"nitrate": 1e-4, "ammonium": 1e-4, "chloride": 1e-4, "water": 1e-3}
CHARGE_ALLOWED, TOTALS_ALLOWED, SETTLED = 1e-10, 1e-12, 1e-8
LEAST_CHLORIDE = 1e-10  # the reference counts no chloride as this much [mol m-3]
LEAST_WATER = 1e-11  # drier particles are compared with this [mol m-3]


def reference_rows(folder, name):
    """Rows on which two codes agree, as they are written."""
    with gzip.open(Path(folder) / f"consensus_{name}.csv.gz", "rt") as file:
        return [row for row in csv.DictReader(file) if row["agree"] == "1"]


def write_points(reference, out):
    for name in "AB":
        with open(out / f"points_{name}.csv", "w", encoding="utf-8", newline="") as file:
            writer = csv.DictWriter(file, INPUTS, extrasaction="ignore")
            writer.writeheader()
            writer.writerows(reference_rows(reference, name))


def columns(rows):
    return {key: np.array([float(row[key]) for row in rows]) for key in rows[0] if key not in ("case", "agree")}


def answers(path):
    with open(path, encoding="utf-8") as file:
        return columns(list(csv.DictReader(file)))


def differences(found, truth):
    """Of what is condensed, over its total; of water."""
    result = {}
    for what, (gas, total) in GASES.items():
        most = np.maximum(truth[total], 1e-30)
        result[what] = np.abs((found[total] - found[gas]) - (truth[total] - truth[gas])) / most
    result["chloride"] = np.where(truth["tCl"] > LEAST_CHLORIDE, result["chloride"], 0.0)
    result["water"] = np.abs(found["H2O_mol"] - truth["H2O_mol"]) / np.maximum(truth["H2O_mol"], LEAST_WATER)
    return result


def charge_imbalance(e):
    positive = e["H_mol"] + e["NH4"] + e["Na"] + e["K"] + 2 * (e["Mg"] + e["Ca"])
    negative = e["OH"] + e["NO3"] + e["Cl"] + e["HSO4"] + 2 * e["SO4"]
    return np.max(np.abs(positive - negative) / (positive + negative))


def totals_imbalance(e):
    worst = 0.0
    for ions, gas, total in (("NH4", "gNH3", "tNH4"), ("NO3", "gHNO3", "tNO3"), ("Cl", "gHCl", "tCl")):
        worst = max(worst, np.max(np.abs(e[ions] + e[gas] - e[total]) / np.maximum(e[total], 1e-30)))
    return max(worst, np.max(np.abs(e["SO4"] + e["HSO4"] + e["CaSO4"] - e["tSO4"]) / e["tSO4"]))


def percentiles(values):
    return [float(np.percentile(values, p)) for p in (50, 95, 99)]


class Judge:
    faults = 0

    def check(self, line, value, allowed):
        is_met = value <= allowed
        self.faults += not is_met
        print(f"{line:58} {value:9.2e}   allowed {allowed:.0e} {'' if is_met else 'WORSE'}".rstrip())


def draw(sets, out):
    figure, axes = plt.subplots(1, 3, figsize=(14, 4.4), layout="constrained")
    for axis, what, (gas, total) in zip(axes, ("nitrate", "ammonium"), (GASES["nitrate"], GASES["ammonium"])):
        for found, truth in sets:
            share = [1 - e[gas] / np.maximum(truth[total], 1e-30) for e in (truth, found)]
            dots = axis.scatter(*share, c=100 * truth["RH"], s=3, cmap="viridis_r", vmin=10, vmax=98)
        axis.plot([0, 1], [0, 1], color="0.4", lw=0.8)
        axis.set(title=f"condensed {what}, share of total", xlabel="ISORROPIA II", ylabel="smooth")
    for found, truth in sets:
        axes[2].loglog(truth["H2O_mol"] * 18e6, found["H2O_mol"] * 18e6, ".", ms=1.5, color="tab:blue")
    axes[2].plot([1e-3, 1e4], [1e-3, 1e4], color="0.4", lw=0.8)
    axes[2].set(title="water [ug m-3]", xlabel="ISORROPIA II", ylabel="smooth", xlim=(1e-2, 1e4), ylim=(1e-2, 1e4))
    figure.colorbar(dots, ax=axes[:2], label="relative humidity [%]")
    figure.savefig(out / "thermo.png", dpi=110)


def judge(reference, out):
    judged, sets, table = Judge(), [], []
    for name in "AB":
        rows = reference_rows(reference, name)
        truth, regimes = columns(rows), np.array([row["case"][0] for row in rows])
        exact, smooth = (answers(out / f"{policy}_{name}.csv") for policy in ("isorropia", "smooth"))
        print(f"set {name}: {len(rows)} rows")
        for what, values in differences(exact, truth).items():
            judged.check(f"  isorropia: {what}, 99th percentile", np.percentile(values, 99), ALLOWED[what])
        for policy, found in (("isorropia", exact), ("smooth", smooth)):
            judged.check(f"  {policy}: charges, worst row", charge_imbalance(found), CHARGE_ALLOWED)
        judged.check("  smooth: N, S and Cl, worst row", totals_imbalance(smooth), TOTALS_ALLOWED)
        judged.check("  smooth: residual before the last step, worst row", np.max(smooth["residual"]), SETTLED)
        sets.append((smooth, truth))
        apart = differences(smooth, truth)
        humid = truth["RH"] >= 0.3
        groups = [("all", regimes != ""), ("RH >= 30 %", humid), ("RH < 30 %", ~humid)]
        groups += [(regime, regimes == regime) for regime in sorted(set(regimes))]
        for group, chosen in groups:
            for what, values in apart.items():
                table.append([name, group, int(chosen.sum()), what, *(f"{v:.2e}" for v in percentiles(values[chosen]))])
    with open(out / "by_regime.csv", "w", encoding="utf-8", newline="") as file:
        writer = csv.writer(file)
        writer.writerow(["set", "regime", "rows", "quantity", "median", "p95", "p99"])
        writer.writerows(table)
    print("smooth against ISORROPIA II, median / 95th / 99th percentile:")
    for row in table:
        if row[1] in ("all", "RH >= 30 %", "RH < 30 %"):
            print(f"  {row[0]} {row[1]:12} {row[3]:9} {row[4]} {row[5]} {row[6]}")
    draw(sets, out)
    return 1 if judged.faults else 0


if __name__ == "__main__":
    what, reference, out = sys.argv[1], sys.argv[2], Path(sys.argv[3])
    sys.exit(judge(reference, out) if what == "judge" else write_points(reference, out))
