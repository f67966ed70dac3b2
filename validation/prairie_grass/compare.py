"""Runs the 53 releases of Project Prairie Grass as hours of a control deck and scores the highest value of each arc.

  compare.py PROGRAM DATA RESULTS
"""
import csv
import math
import subprocess
import sys
from pathlib import Path

import matplotlib
matplotlib.use("Agg")
import matplotlib.pyplot as plt  # noqa: E402
import netCDF4  # noqa: E402
import numpy as np  # noqa: E402

ARCS_M = (50, 100, 200, 400, 800)
ROUGHNESS_M, TEMPERATURE_K, KARMAN = 0.006, 300.0, 0.4
SET_UPS = {"withSigTheta": "with measured direction spread", "noSigTheta": "without"}
# AERMOD 24142 on the same pairs, run 12 at 200 m mended: FAC2, FB, MG, VG
AERMOD = {"withSigTheta": (0.917, 0.102, 1.046, 1.224), "noSigTheta": (0.853, 0.190, 1.148, 1.337)}

DECK = """CO STARTING
   TITLEONE  Project Prairie Grass
   MODELOPT  CONC FLAT
   AVERTIME  1
   POLLUTID  OTHER
   FLAGPOLE  1.5
   RUNORNOT  RUN
CO FINISHED
SO STARTING
   LOCATION  S1  POINT  0.0 0.0 0.0
   SRCPARAM  S1  1.0 0.46 0.0 0.01 0.05
   SRCGROUP  ALL
SO FINISHED
RE STARTING
{receptors}
RE FINISHED
ME STARTING
   SURFFILE  met.sfc
   PROFFILE  met.pfl
   SURFDATA  99999 1956
   UAIRDATA  99999 1956
   PROFBASE  0.0 METERS
ME FINISHED
OU STARTING
   RECTABLE  1 FIRST
OU FINISHED
"""


def read(path):
    with open(path, encoding="utf-8") as text:
        return list(csv.DictReader(text))


def observed(data):
    """Arc maxima in mg m-3: the raw value times the factor, of arcs with five samplers."""
    arcs = {}
    for row in read(data / "arcs.csv"):
        if float(row["conc_mgm3_raw"]) < 0.0:
            continue
        key = int(row["run"]), int(float(row["arc_m"]))
        # Of run 12 at 200 m the factor 0.09 is a misprint of 0.94: 0.95 at 100 m, 0.93 at 400 m.
        factor = 0.94 if key == (12, 200) else float(row["so2_corr_factor"] or "nan")
        arcs.setdefault(key, []).append(float(row["conc_mgm3_raw"]) * factor)
    return {key: max(values) for key, values in arcs.items() if len(values) >= 5}


def mixing_heights_m(run):
    """Convective and mechanical. The table's height is the convective one, in stable runs, where it gives one at all,
    the mechanical; else that is 2300 u*^1.5 (Venkatram 1980)."""
    given = float(run["mixing_h_m"])
    by_friction = 2300.0 * float(run["ustar_ms"]) ** 1.5
    if float(run["L_m"]) < 0.0:
        return given, by_friction
    return -999.0, given if given > 0.0 else by_friction


def surface_line(run, hour):
    u_star, length = float(run["ustar_ms"]), float(run["L_m"])
    convective, mechanical = mixing_heights_m(run)
    heat = -1.2 * 1004.0 * TEMPERATURE_K * u_star**3 / (KARMAN * 9.81 * length)
    w_star = u_star * (convective / (KARMAN * -length)) ** (1.0 / 3.0) if length < 0.0 else -9.0
    gradient = 0.005 if length < 0.0 else -9.0
    day, clock = 1 + hour // 24, 1 + hour % 24
    return (f"56  7 {day:2d} {182 + day:3d} {clock:2d} {heat:8.2f} {u_star:8.5f} {w_star:8.4f} {gradient:8.4f} {convective:7.1f} {mechanical:7.1f} {length:9.3f} "
            f"{ROUGHNESS_M:7.4f} 1.00 0.20 {float(run['u_2m_ms']):7.3f} {float(run['wind_dir_deg']):6.1f} 2.0 {TEMPERATURE_K:6.1f} 2.0 0 0.00 60 1000 0 NAD-OS NoSubs")


def profile_line(run, hour, with_spread):
    spread = float(run["sigma_azimuth_deg"]) if with_spread else 99.0
    return (f"56  7 {1 + hour // 24:2d} {1 + hour % 24:2d} 2.0 1 {float(run['wind_dir_deg']):6.1f} {float(run['u_2m_ms']):7.3f} {TEMPERATURE_K - 273.15:6.2f} "
            f"{spread:6.2f} 99.00")


def write_deck(folder, runs, with_spread):
    folder.mkdir(parents=True, exist_ok=True)
    places = [f"   DISCCART  {arc * math.sin(math.radians(bearing)):.4f} {arc * math.cos(math.radians(bearing)):.4f}" for arc in ARCS_M for bearing in range(360)]
    (folder / "grass.inp").write_text(DECK.format(receptors="\n".join(places)), encoding="utf-8")
    header = "   42.500N   98.500W          UA_ID: 00099999  SF_ID: 99999     OS_ID: 99999        VERSION: 24142    "
    (folder / "met.sfc").write_text("\n".join([header] + [surface_line(run, n) for n, run in enumerate(runs)]) + "\n", encoding="utf-8")
    (folder / "met.pfl").write_text("\n".join(profile_line(run, n, with_spread) for n, run in enumerate(runs)) + "\n", encoding="utf-8")


def modelled(program, folder, runs):
    """Arc maxima in mg m-3 by (run, arc)."""
    ran = subprocess.run([program, "plume", str(folder / "grass.inp")], capture_output=True, text=True, check=False)
    if ran.returncode != 0:
        sys.exit(f"the program ended with {ran.returncode}:\n{ran.stderr}")
    with netCDF4.Dataset(folder / "grass.nc") as file:
        values = np.asarray(file["concentration"][0], float).reshape(-1, len(ARCS_M), 360)
    return {(int(run["run"]), arc): values[n, a].max() * 1.0e-3 * float(run["Q_gs"]) for n, run in enumerate(runs) for a, arc in enumerate(ARCS_M)}


def scores(pairs):
    """FAC2, FB, MG, VG, NMSE of (observed, modelled, release): FB and NMSE on C/Q."""
    o, p, q = np.array(pairs).T
    ratio, co, cp = p / o, o / q, p / q
    return (np.mean((ratio >= 0.5) & (ratio <= 2.0)), 2.0 * (co.mean() - cp.mean()) / (co.mean() + cp.mean()), math.exp(np.mean(np.log(o / p))),
            math.exp(np.mean(np.log(o / p) ** 2)), np.mean((co - cp) ** 2) / (co.mean() * cp.mean()))


def print_scores(label, pairs):
    fac2, fb, mg, vg, nmse = scores(pairs)
    print(f"| {label} | {len(pairs)} | {fac2:.3f} | {fb:+.3f} | {mg:.3f} | {vg:.3f} | {nmse:.2f} |")


def compare(set_up, runs, measured, ours, reference):
    """Prints the tables of a set-up. Whether the scores are at least AERMOD's, and how far the values lie from its."""
    keys = [key for key in reference if key in measured]
    release = {int(run["run"]): float(run["Q_gs"]) for run in runs}
    length = {int(run["run"]): float(run["L_m"]) for run in runs}

    def pairs(values, chosen):
        return [(measured[key], values[key], release[key[0]]) for key in keys if chosen(key)]

    print(f"\n{SET_UPS[set_up]}\n\n| pairs | n | FAC2 | FB | MG | VG | NMSE |\n|---|---|---|---|---|---|---|")
    every = {"all": lambda key: True, "unstable": lambda key: length[key[0]] < 0.0, "stable": lambda key: length[key[0]] > 0.0}
    every.update({f"{arc} m": (lambda key, arc=arc: key[1] == arc) for arc in ARCS_M})
    for name, chosen in every.items():
        print_scores(name, pairs(ours, chosen))
        print_scores(f"{name}, AERMOD", pairs(reference, chosen))
    away = np.array([ours[key] / reference[key] - 1.0 for key in keys])
    print(f"\nfrom AERMOD's values (given with four digits): median {np.median(np.abs(away)):.1e}, 99th percentile {np.percentile(np.abs(away), 99):.1e}, "
          f"largest {np.abs(away).max():.1e}")
    fac2, fb, mg, vg, _ = scores(pairs(ours, lambda key: True))
    wanted = AERMOD[set_up]  # given with three digits
    return (round(fac2, 3) >= wanted[0] and round(abs(fb), 3) <= abs(wanted[1]) and round(abs(math.log(mg)), 3) <= round(abs(math.log(wanted[2])), 3) + 5e-4
            and round(vg, 3) <= wanted[3])


def draw(results, measured, ours):
    figure, axes = plt.subplots(1, 2, figsize=(9.0, 4.5), sharex=True, sharey=True, constrained_layout=True)
    colours = plt.get_cmap("viridis")(np.linspace(0.0, 0.9, len(ARCS_M)))
    for axis, set_up in zip(axes, SET_UPS):
        for arc, colour in zip(ARCS_M, colours):
            keys = [key for key in ours[set_up] if key in measured and key[1] == arc]
            axis.loglog([measured[key] for key in keys], [ours[set_up][key] for key in keys], ".", color=colour, label=f"{arc} m")
        line = np.array([0.02, 2000.0])
        axis.plot(line, line, "k", lw=0.8)
        axis.plot(line, 2.0 * line, "k--", line, 0.5 * line, "k--", lw=0.6)
        axis.set(title=SET_UPS[set_up], xlabel="observed arc maximum, mg m$^{-3}$", xlim=line, ylim=line, aspect="equal")
    axes[0].set_ylabel("modelled, mg m$^{-3}$")
    axes[0].legend(frameon=False)
    figure.savefig(results / "scatter.png", dpi=110)


def main():
    program, data, results = sys.argv[1], Path(sys.argv[2]), Path(sys.argv[3]).resolve()
    runs = [run for run in read(data / "runs.csv") if run["ustar_ms"]]
    measured, ours, is_good = observed(data), {}, True
    for set_up in SET_UPS:
        write_deck(results / set_up, runs, set_up == "withSigTheta")
        ours[set_up] = modelled(program, results / set_up, runs)
        reference = {(int(row["run"]), int(float(row["arc_m"]))): float(row["aermod_mgm3"]) for row in read(data / f"pg_{set_up}_arcmax.csv")}
        is_good = compare(set_up, runs, measured, ours[set_up], reference) and is_good
    draw(results, measured, ours)
    print("\nat least as good as AERMOD" if is_good else "\nworse than AERMOD")
    sys.exit(0 if is_good else 1)


if __name__ == "__main__":
    main()
