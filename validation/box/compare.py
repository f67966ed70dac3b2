#!/usr/bin/env python3
"""Runs the box scenarios of the reference with lantian box and prints the largest errors beside what is allowed.

Usage: compare.py LANTIAN REFERENCE RESULTS
"""
import csv
import gzip
import json
import pathlib
import subprocess
import sys

PROCESS = {
    "NO2_IUPAC10": "NO2", "O3_O3P_IUPAC10": "O3_O3P", "O3_O1D_IUPAC10": "O3_O1D", "H2O2_IUPAC10": "H2O2",
    "NO3NO2_06": "NO3_NO2", "NO3NO_06": "NO3_NO", "N2O5_IUPAC10": "N2O5", "HONO_IUPAC10": "HONO",
    "HNO3_IUPAC10": "HNO3", "PNA_IUPAC10": "PNA", "PAN_IUPAC10": "PAN", "MEPX_IUPAC10": "MEPX", "NTR_IUPAC10": "NTR",
    "FORM_R_IUPAC13": "HCHO_H", "FORM_M_IUPAC13": "HCHO_H2", "ALD2_R_IUPAC13": "ALD2", "ALDX_R_IUPAC13": "ALDX",
    "GLYD_IUPAC13": "GLYD", "GLY_R_IUPAC13": "GLY", "MGLY_IUPAC10": "MGLY", "KET_IUPAC10": "KET",
    "ACET_IUPAC10": "ACET", "ISPD": "ISPD", "HPALD": "HPALD"}
# Largest relative error at rtol 1e-3; five times less at 1e-6.
ALLOWED = {"O3": 5e-4, "NO2": 1e-3, "OH": 3e-3, "HNO3": 2e-3, "PAN": 2e-3, "H2O2": 2e-3, "FORM": 2e-3}
LEAST_PPB = {"OH": 1e-6}  # others 1e-3


def table(name, amounts):
    return "".join(f"{name}.{species} = {amount!r}\n" for species, amount in amounts.items())


def case_text(scenario, laws, rtol, output):
    text = f'mechanism = "cb6r5_core"\noutput = "{output}"\n'
    for key, name in (("init", "initial_ppb"), ("emis", "emission_ppb_h"),
                      ("emis_light", "light_emission_ppb_h"), ("bg", "background_ppb")):
        text += table(name, {s: float(v) for s, v in scenario[key].items()})
    text += f"[run]\nlength_h = 72.0\nbegin_h = {scenario['t0h']}\nrelative_tolerance = {rtol}\n"
    text += f"[air]\ntemperature_k = {scenario['T']}\npressure_hpa = {scenario['p'] / 100.0}\n"
    text += f"relative_humidity = {scenario['RH']}\nair_per_cm3 = {scenario['M']}\nwater_per_cm3 = {scenario['H2O']}\n"
    text += f"[sun]\nlatitude_deg = {scenario['lat']}\ndeclination_deg = {scenario['dec']}\nfactor = {scenario['jscale']}\n"
    text += f"[exchange]\ndilution_per_s = {scenario['kdil']}\n"
    for name, (l, m, n) in laws.items():
        text += f'[[photolysis]]\nprocess = "{PROCESS[name]}"\nl = {float(l)}\nm = {float(m)}\nn = {float(n)}\n'
    return text


def errors(result, reference):
    """Largest relative error of each species, where the reference is above its least amount."""
    with open(result) as ours, gzip.open(reference, "rt") as theirs:
        pairs = list(zip(csv.DictReader(ours), csv.DictReader(theirs), strict=True))
    worst = {}
    for species in ALLOWED:
        worst[species] = 0.0
        for ours, theirs in pairs:
            assert float(ours["time_s"]) == float(theirs["t_s"])
            truth = float(theirs[species])
            if truth > LEAST_PPB.get(species, 1e-3):
                worst[species] = max(worst[species], abs(float(ours[species + "_ppb"]) - truth) / truth)
    return worst


def main():
    lantian, reference, results = sys.argv[1], pathlib.Path(sys.argv[2]), pathlib.Path(sys.argv[3])
    results.mkdir(parents=True, exist_ok=True)
    document = json.loads((reference / "scenarios.json").read_text())
    misses = 0
    print("scenario  rtol   " + "".join(f"{s:>19}" for s in ALLOWED))
    for rtol, share in (("1e-3", 1.0), ("1e-6", 0.2)):
        print("allowed   " + rtol + "   " + "".join(f"{share * a:>19.1e}" for a in ALLOWED.values()))
        for name, scenario in document["scenarios"].items():
            output = results / f"{name}_{rtol}"
            case = results / f"{name}_{rtol}.toml"
            case.write_text(case_text(scenario, document["photolysis_lmn"], rtol, output))
            subprocess.run([lantian, "box", str(case)], check=True, stdout=subprocess.DEVNULL)
            worst = errors(f"{output}.csv", reference / f"full_{name}.csv.gz")
            cells = ""
            for species, error in worst.items():
                is_missed = error > share * ALLOWED[species]
                misses += is_missed
                cells += f"{error:>14.1e}{' MISS' if is_missed else '     '}"
            print(f"{name:<9} {rtol}   {cells}", flush=True)
    print("all within what is allowed" if misses == 0 else f"{misses} errors above what is allowed")
    return 1 if misses else 0


if __name__ == "__main__":
    sys.exit(main())
