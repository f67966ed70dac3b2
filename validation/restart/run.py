#!/usr/bin/python3
"""Six hours of the demo with full chemistry, at once and in parts, on other ranks and threads: the same bits.

  validation/restart/run.py [--case case.toml] [--work output/restart]

Compared with the run at once on one rank, value by value and byte by byte: runs at once on two and on four ranks and on
one rank with two threads, and runs that SIGUSR1 stops in each of the six hours and that go on with other ranks.
Returns 1 when a bit differs. LANTIAN names the program, build/release/lantian unless set.
"""
import argparse
import os
import shutil
import signal
import subprocess
import sys
import time
from pathlib import Path

sys.path.insert(0, str(Path(__file__).resolve().parents[1] / "kill"))
from run import LANTIAN, DEMO, ROOT, differences, make_weather  # noqa: E402

STOPPED = 85


def launch(options, directory, ranks, threads=1, *further):
    directory.mkdir(parents=True, exist_ok=True)
    environment = dict(os.environ, OMP_NUM_THREADS=str(threads), OMPI_ALLOW_RUN_AS_ROOT="1", OMPI_ALLOW_RUN_AS_ROOT_CONFIRM="1",
                       OMPI_MCA_mpi_yield_when_idle="1", OMPI_MCA_btl="self,vader")
    words = ["mpirun", "--oversubscribe", "--bind-to", "none", "-n", str(ranks), LANTIAN, "run", str(DEMO / options.case),
             "--set", "run.spin_up_h=0", "--set", "run.start=2020-03-30T21:00:00Z", "--set", "run.end=2020-03-31T03:00:00Z",
             "--set", "grid.window=[24,20,24,24]", "--set", f"weather.files=[\"{options.work}/weather/diagnosed_*.nc\"]",
             "--set", f"output.directory={directory}", *further]
    return subprocess.Popen(words, cwd=ROOT, env=environment, stdout=open(f"{directory}.log", "a", encoding="utf-8"), stderr=subprocess.STDOUT)


def hours_done(directory):
    return Path(f"{directory}.log").read_text(encoding="utf-8").count("/6 h | ")


def stop_in_each_hour(options, directory):
    """A run on 2, 1, 4, 2 ... ranks that is stopped once in each hour. Returns how often it was."""
    stops = 0
    for ranks in (2, 1, 4, 2, 1, 4, 2, 1):
        before = hours_done(directory) if stops else 0
        run = launch(options, directory, ranks, 1, *(["--resume"] if stops else []))
        while run.poll() is None and hours_done(directory) <= before:
            time.sleep(0.01)
        if run.poll() is None:
            run.send_signal(signal.SIGUSR1)
        code = run.wait(timeout=3600)
        if code == 0:
            return stops
        if code != STOPPED:
            sys.exit(f"a run that SIGUSR1 had stopped ended with {code}, not {STOPPED}; see {directory}.log")
        stops += 1
    sys.exit(f"the run was stopped {stops} times and has not come to its end; see {directory}.log")


def main():
    parser = argparse.ArgumentParser(description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter)
    parser.add_argument("--case", default="case.toml")
    parser.add_argument("--work", type=Path, default=ROOT / "output/restart")
    options = parser.parse_args()
    options.work = options.work.resolve()
    shutil.rmtree(options.work, ignore_errors=True)
    (options.work / "weather").mkdir(parents=True)
    make_weather(options.work, "2020-03-31T16:00:00Z")
    reference, faults = options.work / "1x1", []
    for ranks, threads in ((1, 1), (2, 1), (4, 1), (1, 2)):
        directory = options.work / f"{ranks}x{threads}"
        code = launch(options, directory, ranks, threads).wait(timeout=3600)
        if code != 0:
            sys.exit(f"the run on {ranks} x {threads} ended with {code}; see {directory}.log")
        found = differences(reference, directory)
        faults += found
        print(f"{ranks} rank(s) x {threads} thread(s), at once: {len(found)} differences", flush=True)
    parts = options.work / "parts"
    stops = stop_in_each_hour(options, parts)
    found = differences(reference, parts)
    print(f"stopped {stops} times, gone on with on 2, 1, 4, 2 ... ranks: {len(found)} differences")
    print("\n".join(faults + found))
    sys.exit(1 if faults + found or stops == 0 else 0)


if __name__ == "__main__":
    main()
