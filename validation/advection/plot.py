#!/usr/bin/python3
"""plot.py FOLDER: advection.png from norms.csv and hole.csv."""
import csv
import sys
from pathlib import Path

import matplotlib

matplotlib.use("Agg")
import matplotlib.pyplot as plt
import numpy as np

COLOUR = {"upwind": "#999999", "van_leer": "#56b4e9", "monotone": "#0072b2", "positive_definite": "#e69f00",
          "selective": "#009e73", "unlimited": "#cc79a7"}
PROBLEM = {"turn_hill": "turn,\nhill", "turn_cone": "turn,\ncone", "turn_cylinder": "turn,\nslotted\ncylinder",
           "swirl_hill": "swirl,\nhill", "swirl_cone": "swirl,\ncone", "swirl_cylinder": "swirl,\nslotted\ncylinder"}
CELLS = 100
folder = Path(sys.argv[1])
with open(folder / "norms.csv", encoding="utf-8") as file:
    l2 = {(row["scheme"], row["problem"]): float(row["l2"]) for row in csv.DictReader(file)}
with open(folder / "hole.csv", encoding="utf-8") as file:
    hole = {row[0]: np.array(row[3:], float) for row in list(csv.reader(file))[1:]}

figure, (left, right) = plt.subplots(1, 2, figsize=(13, 5), layout="constrained")
exact = np.full(CELLS, 45.0)
exact[60:72] = 5.0
left.step(range(CELLS), exact, where="mid", color="black", linewidth=0.8, label="exact")
for scheme, ozone in hole.items():
    left.plot(ozone, color=COLOUR[scheme], marker=".", markersize=4, linewidth=1.2, label=scheme)
left.set(xlim=(48, 84), ylim=(-2, 62), xlabel="cell", ylabel="ozone, ppb",
         title="A titration hole carried over 50 cells, Courant number 0.1")
left.legend(loc="lower left", fontsize=9)

width = 0.13
for n, (scheme, colour) in enumerate(COLOUR.items()):
    right.bar(np.arange(len(PROBLEM)) + (n - 2.5) * width, [l2[scheme, problem] for problem in PROBLEM], width,
              color=colour, label=scheme)
right.set(yscale="log", ylabel=r"$l_2 = \sqrt{\Sigma (q - q_0)^2 / \Sigma q_0^2}$",
          title="What a turn and a swirl leave wrong, 100 x 100 cells")
right.set_xticks(range(len(PROBLEM)), PROBLEM.values())
right.legend(fontsize=9, ncols=3, loc="upper center")
right.set_ylim(top=3)
figure.savefig(folder / "advection.png", dpi=110)
