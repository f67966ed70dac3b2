#!/usr/bin/env python3
"""Draws the model of cost per rank of docs/performance.md: scripts/plot_scaling.py [-o docs/images/scaling.png]

Everything measured or assumed stands in the constants below; `--table` prints the numbers instead.
"""
import argparse
import math

from plot_common import np, plt, save

COLUMNS, ROWS, LAYERS, SPECIES = 800, 600, 20, 90  # a province at 1 km
STEPS_PER_HOUR = 36  # 100 s at 1 km has the Courant numbers of 300 s at 3 km, for which the cost was measured
HALO_WIDTH = 3
EXCHANGES_PER_STEP = 3  # in each direction: two half steps of advection, one of diffusion

# Measured on the machine of docs/performance.md, both cores busy
NS_PER_CELL_SPECIES_STEP = 62.0
NS_PER_HALO_BYTE = 0.48  # packing, passing through memory, unpacking; by bytes sent
WEATHER_US_PER_CELL_HOUR = 1.6  # reading, mapping and balancing the weather, which each rank does for the whole grid

# Assumed of a cluster: 64 cores a node, 12.5 GB/s a node, an eighth of the halo leaves a node of 8 x 8 tiles
NS_PER_NETWORK_BYTE = 64 / 12.5 / 8
US_PER_MESSAGE = 2.0
COLLECTIVES_PER_STEP = 10  # numbers of sub-steps, audits
RANKS = [1, 2, 4, 8, 16, 32, 64, 128, 256, 512, 1000, 2000, 4000, 10000]


def tile_of(ranks):
    """Columns and rows of a tile of the split with the shortest borders; ranks need not divide the grid."""
    across = min(max(math.sqrt(ranks * COLUMNS / ROWS), 1.0), ranks)
    return COLUMNS / across, ROWS * across / ranks


def seconds_per_hour(ranks):
    """Transport, halos (a tile with four neighbours) and weather of one model hour on each rank [s]."""
    columns, rows = tile_of(ranks)
    transport = STEPS_PER_HOUR * columns * rows * LAYERS * SPECIES * NS_PER_CELL_SPECIES_STEP * 1e-9
    halo = 0.0
    if ranks > 1:
        sent = 2 * (columns + rows) * HALO_WIDTH * LAYERS * (SPECIES + 1) * 8
        messages = 4 * EXCHANGES_PER_STEP + COLLECTIVES_PER_STEP * math.log2(ranks)
        halo = STEPS_PER_HOUR * (
            EXCHANGES_PER_STEP * sent * (NS_PER_HALO_BYTE + NS_PER_NETWORK_BYTE) * 1e-9 + messages * US_PER_MESSAGE * 1e-6
        )
    weather = COLUMNS * ROWS * LAYERS * WEATHER_US_PER_CELL_HOUR * 1e-6
    return transport, halo, weather


def print_table():
    print("| ranks | tile | transport s | halo s | weather s | efficiency without weather | with |")
    print("|---|---|---|---|---|---|---|")
    alone = seconds_per_hour(1)
    for ranks in RANKS:
        transport, halo, weather = seconds_per_hour(ranks)
        columns, rows = tile_of(ranks)
        ideal = (alone[0] / ranks) / (transport + halo)
        built = (alone[0] + alone[2]) / ranks / (transport + halo + weather)
        print(f"| {ranks} | {columns:.0f} x {rows:.0f} | {transport:.3g} | {halo:.2g} | {weather:.3g} | {ideal:.0%} | {built:.0%} |")


def draw(path):
    ranks = np.geomspace(2, 10000, 200)
    transport, halo, weather = np.array([seconds_per_hour(r) for r in ranks]).T
    figure, axis = plt.subplots(figsize=(7.5, 5), constrained_layout=True)
    axis.loglog(ranks, transport + halo + weather, color="black", lw=2.5, label="all, as built")
    axis.loglog(ranks, transport + halo, color="tab:blue", lw=2, label="transport and halo")
    axis.loglog(ranks, transport, color="tab:blue", ls=":", label="transport alone (perfect scaling)")
    axis.loglog(ranks, halo, color="tab:red", ls="--", label="halo exchange and collectives")
    axis.loglog(ranks, weather, color="tab:green", ls="--", label="weather, whole grid on each rank")
    for each in (axis.xaxis, axis.yaxis):
        each.set_major_formatter(lambda value, _: f"{value:g}")  # the Chinese font has no minus for exponents
    axis.set_xlabel("ranks, one core each")
    axis.set_ylabel("seconds per model hour")
    axis.set_title(f"Inert transport over a province: {COLUMNS} x {ROWS} x {LAYERS} cells at 1 km, {SPECIES} species (model)")
    axis.grid(which="major", alpha=0.4)
    axis.legend(fontsize=9)
    save(figure, path, 130)


def main():
    wishes = argparse.ArgumentParser(description=__doc__.split("\n")[0])
    wishes.add_argument("-o", "--output", default="docs/images/scaling.png")
    wishes.add_argument("--table", action="store_true", help="print the numbers as a table")
    chosen = wishes.parse_args()
    print_table() if chosen.table else draw(chosen.output)


main()
