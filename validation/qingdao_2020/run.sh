#!/usr/bin/env bash
# Runs the nine days of inputs/cases/qingdao_spring, with and without emissions, and scores both against the stations.
#
#   validation/qingdao_2020/run.sh                     both runs, tables and plots in output/qingdao_2020
#   validation/qingdao_2020/run.sh --score-only        tables and plots of runs that are there
#   validation/qingdao_2020/run.sh --members [END [--set key=value]...]
#                                                      six wind members beside the base up to END (2020-04-08T16:00:00Z
#                                                      unless given) and their spread; settings are for the runs
#
#   LANTIAN_DATA  folder that holds obs/ (or data/obs/); without it nothing is run and the exit code is 0
#   LANTIAN       the program, build/release/lantian unless set
#   RANKS         MPI ranks, 2 unless set
#   CASE          a file of that folder, case.toml unless set; case_grs.toml: compact chemistry
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
data=${LANTIAN_DATA:-$root/../shared}
[ -d "$data/obs" ] || data=$data/data
hourly=$data/obs/hourly_shandong_20200326_20200413.csv
if [ ! -f "$hourly" ]; then
  echo "SKIPPED: validation/qingdao_2020 was not run: there is no file $hourly; set LANTIAN_DATA to the folder that holds obs/"
  exit 0
fi
program=${LANTIAN:-$root/build/release/lantian}
python=/usr/bin/python3  # Debian's python has the packages; another on the path may not
case=$root/inputs/cases/qingdao_spring
case_file=${CASE:-case.toml}
out=$root/output/qingdao_2020
ranks=${RANKS:-2}
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}
cd "$root"
mkdir -p "$out"
launch() { mpirun --allow-run-as-root --oversubscribe --bind-to none -n "$ranks" "$program" "$@"; }

# one_member NAME [--set key=value]...: weather with another sea breeze, and the run in it
one_member() {
  local folder=$out/members/$1
  shift
  rm -rf "$folder"
  "$program" diagnose "$case/weather.toml" --set period.end="$members_end" --set "output=$folder/weather/diagnosed_{date}.nc" "$@"
  launch run "$case/$case_file" --set run.end="$members_end" --set output.directory="$folder" \
    --set "weather.files=[\"$folder/weather/diagnosed_*.nc\"]" "${member_settings[@]}"
  rm -rf "$folder/weather"
}

run_members() {
  "$python" "$here/prepare.py" "$hourly" "$out/observed.csv"
  one_member base
  one_member weaker --set sea_breeze.peak_m_s=1.5
  one_member stronger --set sea_breeze.peak_m_s=3.5
  one_member earlier --set sea_breeze.onset_h=9.5
  one_member later --set sea_breeze.onset_h=11.5
  one_member backed --set sea_breeze.from_begin_deg=115.0 --set sea_breeze.from_end_deg=175.0
  one_member veered --set sea_breeze.from_begin_deg=165.0 --set sea_breeze.from_end_deg=225.0
  "$python" "$here/spread.py" "$out/members" "$out/observed.csv" | tee "$out/spread.md"
}

if [ "${1:-}" = --members ]; then
  shift
  members_end=${1:-2020-04-08T16:00:00Z}
  member_settings=("${@:2}")
  run_members
  exit 0
fi
if [ "${1:-}" != --score-only ]; then
  rm -f "$root"/output/qingdao_spring/weather/diagnosed_*.nc  # of other inputs, perhaps
  "$program" diagnose "$case/weather.toml"
  launch run "$case/$case_file" --set output.directory="$out/full"
  launch run "$case/$case_file" --set output.directory="$out/boundary_only" --set emissions.enabled=false
fi
"$python" "$here/prepare.py" "$hourly" "$out/observed.csv"
# 31 March 00 h to 5 April 23 h and 7 April 07 to 23 h local time; 1314A stands at a wrong place in the record
"$program" evaluate --model "$out/full/receptors.nc" --boundary-only "$out/boundary_only/receptors.nc" --observations "$out/observed.csv" \
  --utc-offset 8 --stamp end --exclude Huangdao --hours 2020-03-30T16:00:00Z/2020-04-05T16:00:00Z \
  --hours 2020-04-06T23:00:00Z/2020-04-07T16:00:00Z --output "$out/evaluation" | tee "$out/evaluation.txt"
"$python" "$here/tables.py" "$out/evaluation/pairs.csv" "$out/observed.csv" > "$out/tables.md"
"$python" "$here/criteria.py" "$out/full/receptors.nc" "$out/boundary_only/receptors.nc" "$out/evaluation/pairs.csv" "$hourly" "$out/observed.csv" >> "$out/tables.md"
"$python" "$here/plots.py" "$out/evaluation/pairs.csv" "$out/observed.csv" "$out/plots"
"$python" "$root/scripts/plot_series.py" "$out/evaluation/pairs.csv" --output-dir "$out/evaluation"
echo "tables: $out/tables.md; plots: $out/plots and $out/evaluation"
