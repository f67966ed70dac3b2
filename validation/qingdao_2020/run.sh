#!/usr/bin/env bash
# Runs the nine days of inputs/cases/qingdao_spring, with and without emissions, and scores both against the stations.
# validation/qingdao_2020/run.sh [--score-only]   (results in output/qingdao_2020)
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
data=${LANTIAN_DATA:-$root/../shared}
[ -d "$data/obs" ] || data=$data/data
hourly=$data/obs/hourly_shandong_20200326_20200413.csv
if [ ! -f "$hourly" ]; then
  echo "SKIPPED: no file $hourly; set LANTIAN_DATA to the folder that holds obs/"
  exit 0
fi
program=${LANTIAN:-$root/build/release/lantian}
case=$root/inputs/cases/qingdao_spring
out=$root/output/qingdao_2020
ranks=${RANKS:-2}
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
cd "$root"
mkdir -p "$out"
launch() { mpirun --allow-run-as-root --oversubscribe --bind-to none -n "$ranks" "$program" "$@"; }
if [ "${1:-}" != --score-only ]; then
  ls output/qingdao_spring/weather/diagnosed_2020-04-08.nc > /dev/null 2>&1 || "$program" diagnose "$case/weather.toml"
  launch run "$case/case.toml" --set output.directory="$out/full"
  launch run "$case/case.toml" --set output.directory="$out/boundary_only" --set emissions.enabled=false
fi
/usr/bin/python3 "$here/prepare.py" "$hourly" "$out/observed.csv"
# 31 March 00 h to 5 April 23 h and 7 April 07 to 23 h local time; 1314A stands at a wrong place in the record
"$program" evaluate --model "$out/full/receptors.nc" --boundary-only "$out/boundary_only/receptors.nc" --observations "$out/observed.csv" \
  --utc-offset 8 --stamp end --exclude Huangdao --hours 2020-03-30T16:00:00Z/2020-04-05T16:00:00Z \
  --hours 2020-04-06T23:00:00Z/2020-04-07T16:00:00Z --output "$out/evaluation" | tee "$out/evaluation.txt"
/usr/bin/python3 "$root/scripts/plot_series.py" "$out/evaluation/pairs.csv" --output-dir "$out/evaluation"
