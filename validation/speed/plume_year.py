#!/usr/bin/env python3
"""What a year of a control deck takes: 100 stacks, 2,000 receptors, 8,760 hours.

    validation/speed/plume_year.py [--hours 8760] [--ranks 1] [--folder output/plume_year]

Writes the deck and made hourly weather (a fixed course of pseudo-random winds with stable nights and convective days),
runs it, and prints core-seconds, source-receptor-hours a core-second and bytes a value of the hourly netCDF.
LANTIAN names the program.
"""
import argparse
import datetime
import math
import os
import random
import resource
import subprocess
import time

STACKS = 100
COLUMNS, ROWS, SPACING_M = 50, 40, 200.0
KARMAN, GRAVITY, DENSITY, HEAT_CAPACITY = 0.4, 9.81, 1.2, 1004.0
ROUGHNESS_M, ANEMOMETER_M = 0.3, 10.0


def convective(heat_w_m2, wind_m_s, temperature_k, hours_of_sun):
    """Surface layer of an hour of sun: friction velocity, w*, lapse above, both mixing heights, Obukhov length."""
    ustar = KARMAN * wind_m_s / math.log(ANEMOMETER_M / ROUGHNESS_M)
    kinematic = heat_w_m2 / (DENSITY * HEAT_CAPACITY)
    length = -ustar**3 * temperature_k / (KARMAN * GRAVITY * kinematic)
    depth = 200.0 + 180.0 * hours_of_sun * math.sqrt(heat_w_m2 / 150.0)
    wstar = (GRAVITY * kinematic * depth / temperature_k) ** (1.0 / 3.0)
    return ustar, wstar, 0.007, depth, min(2300.0 * ustar**1.5, 3999.0), length


def stable(wind_m_s, temperature_k, cloud_tenths):
    """The same of a night (Venkatram 1980; Holtslag & van Ulden 1983)."""
    drag = KARMAN / math.log(ANEMOMETER_M / ROUGHNESS_M)
    theta_star = 0.09 * (1.0 - 0.5 * (cloud_tenths / 10.0) ** 2)
    u0_squared = 5.0 * ANEMOMETER_M * GRAVITY * theta_star / temperature_k
    root = 1.0 - 4.0 * u0_squared / (drag * wind_m_s**2)
    ustar = 0.5 * drag * wind_m_s * (1.0 + math.sqrt(max(root, 0.0)))
    length = max(ustar**2 * temperature_k / (KARMAN * GRAVITY * theta_star), 1.0)
    heat = -DENSITY * HEAT_CAPACITY * ustar * theta_star
    return heat, ustar, min(2300.0 * ustar**1.5, 3999.0), length


def hours_of_weather(count):
    """Lines of the surface and of the profile file."""
    chance = random.Random(20240101)
    wind, direction = 3.0, 180.0
    surface = ["   36.100N  120.400E          UA_ID: 00099999  SF_ID: 99999     OS_ID:              VERSION: 24142"]
    profile = []
    begin = datetime.datetime(2023, 1, 1)
    for n in range(count):
        now = begin + datetime.timedelta(hours=n)
        day, hour = now.timetuple().tm_yday, now.hour + 1
        wind = min(max(wind + 0.35 * (3.5 - wind) * 0.3 + chance.gauss(0.0, 0.7), 0.6), 14.0)
        direction = (direction + chance.gauss(0.0, 18.0)) % 360.0 or 360.0
        season = -math.cos(2.0 * math.pi * (day - 15) / 365.0)
        sunrise, sunset = 6.0 - 1.2 * season, 18.0 + 1.2 * season
        temperature = 286.0 + 11.0 * season + 4.0 * math.sin(math.pi * (hour - 9) / 12.0)
        cloud = chance.choice((0, 2, 5, 8, 10))
        sun = math.sin(math.pi * (hour - sunrise) / (sunset - sunrise)) if sunrise < hour < sunset else 0.0
        if sun > 0.05:
            heat = (180.0 + 80.0 * season) * sun * (1.0 - 0.06 * cloud)
            ustar, wstar, lapse, convective_m, mechanical_m, length = convective(heat, wind, temperature, hour - sunrise)
        else:
            wstar, lapse, convective_m = -9.0, -9.0, -999.0
            heat, ustar, mechanical_m, length = stable(wind, temperature, cloud)
        surface.append(
            f"{now:%y} {now.month} {now.day} {day} {hour} {heat:.1f} {ustar:.4f} {wstar:.4f} {lapse:.4f} {convective_m:.0f} "
            f"{mechanical_m:.0f} {length:.1f} {ROUGHNESS_M} 1.0 0.2 {wind:.2f} {direction:.1f} {ANEMOMETER_M} {temperature:.1f} 2 "
            f"0 0 60 1010 {cloud}")
        profile.append(f"{now:%y} {now.month} {now.day} {hour} {ANEMOMETER_M} 1 {direction:.1f} {wind:.2f} "
                       f"{temperature - 273.15:.2f} 99 99")
    return surface, profile


def deck():
    chance = random.Random(100)
    lines = ["CO STARTING", "   TITLEONE  100 stacks at 2000 receptors", "   MODELOPT  CONC FLAT", "   AVERTIME  1 24 PERIOD",
             "   POLLUTID  OTHER", "   RUNORNOT  RUN", "CO FINISHED", "SO STARTING"]
    stacks = [f"S{n + 1:03}" for n in range(STACKS)]
    for name in stacks:
        x, y = chance.uniform(-3000.0, 3000.0), chance.uniform(-3000.0, 3000.0)
        height, diameter = chance.uniform(15.0, 150.0), chance.uniform(0.6, 5.0)
        lines.append(f"   LOCATION {name} POINT {x:.1f} {y:.1f} 0.0")
        lines.append(f"   SRCPARAM {name} {chance.uniform(0.5, 50.0):.2f} {height:.1f} {chance.uniform(320.0, 430.0):.1f} "
                     f"{chance.uniform(5.0, 20.0):.1f} {diameter:.2f}")
    lines += ["   SRCGROUP  ALL", "SO FINISHED", "RE STARTING", "   GRIDCART  G STA",
              f"             XYINC {-SPACING_M * (COLUMNS - 1) / 2} {COLUMNS} {SPACING_M} {-SPACING_M * (ROWS - 1) / 2} {ROWS} {SPACING_M}",
              "             END", "RE FINISHED", "ME STARTING", "   SURFFILE  year.sfc", "   PROFFILE  year.pfl",
              "   SURFDATA  99999 2023", "   UAIRDATA  99999 2023", "   PROFBASE  0.0 METERS", "ME FINISHED", "OU STARTING",
              "   RECTABLE  ALLAVE FIRST", "   PLOTFILE  PERIOD ALL period.plt", "OU FINISHED"]
    return lines


def write(path, lines):
    with open(path, "w", encoding="ascii") as file:
        file.write("\n".join(lines) + "\n")


def main():
    root = os.path.abspath(os.path.join(os.path.dirname(__file__), "..", ".."))
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--hours", type=int, default=8760)
    parser.add_argument("--ranks", type=int, default=1)
    parser.add_argument("--folder", default=os.path.join(root, "output", "plume_year"))
    options = parser.parse_args()
    program = os.environ.get("LANTIAN", os.path.join(root, "build", "release", "lantian"))
    os.makedirs(options.folder, exist_ok=True)
    surface, profile = hours_of_weather(options.hours)
    write(os.path.join(options.folder, "year.sfc"), surface)
    write(os.path.join(options.folder, "year.pfl"), profile)
    write(os.path.join(options.folder, "year.inp"), deck())
    command = [program, "plume", os.path.join(options.folder, "year.inp")]
    if options.ranks > 1:
        command = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(options.ranks)] + command
    begin = time.monotonic()
    subprocess.run(command, check=True, env=dict(os.environ, OMP_NUM_THREADS="1"))
    wall_s = time.monotonic() - begin
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    core_s = used.ru_utime + used.ru_stime
    values = STACKS * COLUMNS * ROWS * options.hours
    size = os.path.getsize(os.path.join(options.folder, "year.nc"))
    print(f"{options.hours} hours, {options.ranks} ranks: {core_s:.1f} core-seconds, {wall_s:.1f} s, {values / core_s / 1e6:.1f} M "
          f"source-receptor-hours a core-second, {used.ru_maxrss / 1024:.0f} MB at most in a process, "
          f"{size / (COLUMNS * ROWS * options.hours):.2f} bytes a value")


if __name__ == "__main__":
    main()
