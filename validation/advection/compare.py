#!/usr/bin/python3
"""compare.py FOLDER: norms.csv and hole.csv against reference.csv; 1 when a scheme is worse than allowed."""
import csv
import math
import sys
from pathlib import Path

MOST_WORSE = 1.05  # a norm, or what a top has lost, may be 5 % larger than the reference's
MOST_ORDER_LOST = 0.2
MOST_OVERSHOOT_PPB = 0.5
ROUNDING = 1e-15
MOST_LOSS_BY_SELECTION = 1.3

folder = Path(sys.argv[1])
with open(folder / "norms.csv", encoding="utf-8") as file:
    measured = {(row["scheme"], row["problem"]): {key: float(row[key]) for key in ("l1", "l2", "linf", "least", "greatest")}
                for row in csv.DictReader(file)}
for scheme in {scheme for scheme, _ in measured}:
    coarse, middle, fine = (measured[scheme, f"swirl_gauss_{cells}"]["l2"] for cells in (50, 100, 200))
    measured[scheme, "swirl_gauss"] = {"order_50_100": math.log2(coarse / middle), "order_100_200": math.log2(middle / fine)}

faults = 0


def judge(line, is_met):
    global faults
    faults += not is_met
    print(f"{line} {'' if is_met else 'WORSE'}".rstrip())


with open(Path(__file__).parent / "reference.csv", encoding="utf-8") as file:
    for row in csv.DictReader(file):
        value, reference = measured[row["scheme"], row["problem"]][row["quantity"]], float(row["value"])
        if row["quantity"].startswith("order"):
            is_met = value >= reference - MOST_ORDER_LOST
        elif row["quantity"] == "greatest":
            is_met = value >= 1 - MOST_WORSE * (1 - reference)
        else:
            is_met = value <= MOST_WORSE * reference
        judge(f"{row['scheme']:18} {row['problem']:15} {row['quantity']:14} {value:8.4f}   reference {reference:<7}", is_met)

for (scheme, problem), norms in sorted(measured.items()):
    if "least" in norms and scheme != "unlimited" and norms["least"] < -ROUNDING:
        judge(f"{scheme:18} {problem:15} least {norms['least']}: below 0", False)
ratio = measured["selective", "swirl_hill"]["l2"] / measured["positive_definite", "swirl_hill"]["l2"]
judge(f"selective over positive_definite, l2 of swirl_hill: {ratio:.2f}, at most {MOST_LOSS_BY_SELECTION}", ratio <= MOST_LOSS_BY_SELECTION)
with open(folder / "hole.csv", encoding="utf-8") as file:
    greatest = {row[0]: float(row[2]) for row in list(csv.reader(file))[1:]}
overshoot = greatest["selective"] - 45
judge(f"selective leaves {overshoot:.3f} ppb beside the hole, at most {MOST_OVERSHOOT_PPB}", overshoot <= MOST_OVERSHOOT_PPB)
sys.exit(1 if faults else 0)
