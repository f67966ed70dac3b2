#!/usr/bin/python3
"""Kills ranks of the demo's first three hours at random moments and compares what the resumed runs end with.

  validation/kill/run.py [--kills 200] [--seed 1] [--work output/kill] [--whole-grid]

Each trial begins the run anew, kills one rank with SIGKILL at a random moment of what the run takes, looks at what
is left, and resumes; the resumed run is killed as well, up to three times in a trial, then left to its end. A kill
that came when the run had already ended is not counted. Results are compared with those of a run that was never
killed: every value of both netCDF files and every byte of the tables.
"""
import argparse
import os
import random
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

import netCDF4
import numpy

ROOT = Path(__file__).resolve().parents[2]
LANTIAN = os.environ.get("LANTIAN", str(ROOT / "build/release/lantian"))
DEMO = ROOT / "inputs/cases/qingdao_spring"
TABLES = ("budget.csv", "mass_table.csv", "state_hashes.csv")
FILES = ("history.nc", "receptors.nc")


def command(ranks, work, directory, whole_grid, *further):
    window = [] if whole_grid else ["--set", "grid.window=[22,16,32,36]"]
    return ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(ranks), LANTIAN, "run", str(DEMO / "case_grs.toml"),
            "--set", "run.spin_up_h=0", "--set", "run.end=2020-03-30T19:00:00Z", "--set", "restart.every_h=1",
            "--set", f"weather.files=[\"{work}/weather/diagnosed_*.nc\"]",
            "--set", f"output.directory={directory}", *window, *further]


def start(words, log):
    # Ranks that wait give their core away: there may be more of them than free cores.
    environment = dict(os.environ, OMP_NUM_THREADS="1", OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1", OMPI_MCA_mpi_yield_when_idle="1",
                       OMPI_MCA_btl="self,vader")
    return subprocess.Popen(words, cwd=ROOT, env=environment, stdout=log, stderr=subprocess.STDOUT)


def ranks_of(launcher):
    """Process numbers of the ranks: children of the launcher that run the program."""
    found = []
    for entry in Path("/proc").glob("[0-9]*"):
        try:
            fields = (entry / "stat").read_text().rsplit(")", 1)[1].split()
            if int(fields[1]) == launcher.pid and os.readlink(entry / "exe") == os.path.realpath(LANTIAN):
                found.append(int(entry.name))
        except OSError:
            pass  # it has just ended
    return sorted(found)


def make_weather(work, end="2020-03-31T00:00:00Z"):
    if any((work / "weather").glob("diagnosed_*.nc")):
        return  # of an earlier call
    subprocess.run([LANTIAN, "diagnose", str(DEMO / "weather.toml"), "--set", f"period.end={end}", "--set",
                    f"output={work}/weather/diagnosed_{{date}}.nc"], cwd=ROOT, check=True,
                   env=dict(os.environ, OMPI_MCA_btl="self,vader"))


def differences(one, other):
    found = [name for name in TABLES if (one / name).read_bytes() != (other / name).read_bytes()]
    for name in FILES:
        with netCDF4.Dataset(one / name) as a, netCDF4.Dataset(other / name) as b:
            a.set_auto_mask(False)
            b.set_auto_mask(False)
            if list(a.variables) != list(b.variables):
                found.append(f"variables of {name}")
                continue
            found += [f"{name}: {v}" for v in a.variables if a[v][...].tobytes() != b[v][...].tobytes()]
            if not numpy.all(numpy.diff(b["time"][:]) > 0):
                found.append(f"{name}: time does not rise")
    return found


def broken_files(directory):
    """Files under their final names that are not what their digests say."""
    files = [directory / name for name in FILES if (directory / name).exists()]
    files += sorted(directory.glob("restart/*.manifest"))
    if not files:
        return [], 0
    checked = subprocess.run([LANTIAN, "verify", *map(str, files)], capture_output=True, text=True,
                             env=dict(os.environ, OMPI_MCA_btl="self,vader"), check=False)
    return ([] if checked.returncode == 0 else checked.stderr.splitlines()), len(files)


def exit_code_of(launcher):
    """Waits; Open MPI's launcher may wait for ever when a rank dies while others start: without ranks it is ended too."""
    while True:
        try:
            return launcher.wait(timeout=60)
        except subprocess.TimeoutExpired:
            if not ranks_of(launcher):
                launcher.kill()


def kill_one(launcher, moment_s):
    """Waits, kills a rank and waits for the launcher. Returns whether it was killed, and how long it ran."""
    begin = time.monotonic()
    while launcher.poll() is None and time.monotonic() - begin < moment_s:
        time.sleep(0.002)
    pids = ranks_of(launcher) if launcher.poll() is None else []
    if pids:
        try:
            os.kill(random.choice(pids), signal.SIGKILL)
        except ProcessLookupError:
            pids = []
    code = exit_code_of(launcher)
    return bool(pids) and code != 0, time.monotonic() - begin


class Trials:
    def __init__(self, options):
        self.options, self.work = options, options.work.resolve()
        self.kills = self.trials = self.verified = 0
        self.whole_s = 0.0  # that a run takes
        self.stages = {"before the first restart": 0, "later": 0, "while results were written": 0}
        self.faults = []

    def run_to_end(self, ranks, directory, *further):
        begin = time.monotonic()
        with open(self.work / "log.txt", "w", encoding="utf-8") as log:
            code = start(command(ranks, self.work, directory, self.options.whole_grid, *further), log).wait(timeout=1200)
        return code, time.monotonic() - begin

    def note_stage(self, directory):
        if any(directory.glob("*.tmp.*")) or (directory / "history.nc").exists():
            self.stages["while results were written"] += 1
        elif any(directory.glob("restart/*.manifest")):
            self.stages["later"] += 1
        else:
            self.stages["before the first restart"] += 1

    def trial(self, reference):
        self.trials += 1
        directory = self.work / "killed"
        shutil.rmtree(directory, ignore_errors=True)
        further = []
        for _ in range(3):
            ranks = random.choice([1, 2, 2, 3])
            with open(self.work / "log.txt", "w", encoding="utf-8") as log:
                launcher = start(command(ranks, self.work, directory, self.options.whole_grid, *further), log)
                killed, lasted_s = kill_one(launcher, random.uniform(0.0, 1.05 * self.whole_s))
            if not killed:
                if not further:
                    self.whole_s = lasted_s  # the machine is freer than it was
                break
            further = ["--resume"]
            self.kills += 1
            self.note_stage(directory)
            broken, count = broken_files(directory)
            self.verified += count
            self.faults += [f"trial {self.trials}: {one}" for one in broken]
        code, _ = self.run_to_end(2, directory, "--resume")
        if code != 0:
            self.faults.append(f"trial {self.trials}: the resumed run ended with {code}")
            self.faults += (self.work / "log.txt").read_text().splitlines()[-3:]
            return
        found = differences(reference, directory)
        self.faults += [f"trial {self.trials}: {one} differs" for one in found]
        left = [p.name for p in directory.rglob("*") if ".tmp." in p.name or p.name in ("restart", ".lantian.lock")]
        self.faults += [f"trial {self.trials}: {one} is left behind" for one in left]


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--kills", type=int, default=200)
    parser.add_argument("--seed", type=int, default=1)
    parser.add_argument("--work", type=Path, default=ROOT / "output/kill")
    parser.add_argument("--whole-grid", action="store_true", help="66 x 82 cells instead of a window of 32 x 36")
    options = parser.parse_args()
    random.seed(options.seed)
    trials = Trials(options)
    (trials.work / "weather").mkdir(parents=True, exist_ok=True)
    make_weather(trials.work)
    reference = trials.work / "whole"
    code, trials.whole_s = trials.run_to_end(2, reference)
    if code != 0:
        sys.exit(f"the run that is not killed ended with {code}; see {trials.work}/log.txt")
    begin = time.monotonic()
    while trials.kills < options.kills and not trials.faults:
        trials.trial(reference)
        print(f"{trials.kills} kills in {trials.trials} runs, {len(trials.faults)} faults", flush=True)
    print(f"kills {trials.kills} (" + ", ".join(f"{name}: {n}" for name, n in trials.stages.items()) + ")")
    print(f"runs resumed to their end {trials.trials}, files found under final names after a kill {trials.verified}")
    print(f"faults {len(trials.faults)}; {time.monotonic() - begin:.0f} s, a run alone {trials.whole_s:.1f} s")
    print("\n".join(trials.faults))
    sys.exit(1 if trials.faults else 0)


if __name__ == "__main__":
    main()
