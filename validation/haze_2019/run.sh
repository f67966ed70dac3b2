#!/usr/bin/env bash
# Runs the haze of 8 to 16 January 2019 in a window about the bay of Qingdao with three kinds of entering air, and scores daily PM2.5.
#
#   validation/haze_2019/run.sh                 three runs and the table, in output/haze_2019
#   validation/haze_2019/run.sh --score-only    the table of runs that are there
#
#   LANTIAN_DATA  folder that holds obs/ (or data/obs/); without it nothing is run and the exit code is 0
#   LANTIAN       the program, build/release/lantian unless set
#   RANKS         MPI ranks, 2 unless set
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
data=${LANTIAN_DATA:-$root/../shared}
[ -d "$data/obs" ] || data=$data/data
daily=$data/obs/qingdao_daily_pm_met_201812_201905.csv
if [ ! -f "$daily" ]; then
  echo "SKIPPED: validation/haze_2019 was not run: there is no file $daily; set LANTIAN_DATA to the folder that holds obs/"
  exit 0
fi
program=${LANTIAN:-$root/build/release/lantian}
python=/usr/bin/python3  # Debian's python has the packages; another on the path may not
case=$root/inputs/cases/qingdao_spring
out=$root/output/haze_2019
export OMP_NUM_THREADS=${OMP_NUM_THREADS:-1}

# one_run NAME AIR.csv [--set key=value]...: the case of spring with the weather, the dates and the air of these days
one_run() {
  mpirun --allow-run-as-root --oversubscribe --bind-to none -n "${RANKS:-2}" "$program" run "$case/case.toml" \
    --set run.name=haze_2019 --set run.start=2019-01-07T16:00:00Z --set run.end=2019-01-16T16:00:00Z \
    --set emissions.natural.biogenic.past_temperature_c=0 \
    --set "weather.files=[\"$out/weather/diagnosed_*.nc\"]" --set "output.directory=$out/$1" \
    --set "boundary.air=[{kind=\"constant\",values_ppb={OH=0.0}},{kind=\"profile\",file=\"$case/aloft_cb6r5.csv\"},{kind=\"stations\",file=\"$out/records/$2\",rules=\"$here/rules.toml\"}]" \
    "${@:3}"
}

if [ "${1:-}" != --score-only ]; then
  "$python" "$here/prepare.py" "$daily" "$out/records"
  rm -rf "$out/weather"
  "$program" diagnose "$here/weather.toml" --set "output=$out/weather/diagnosed_{date}.nc" \
    --set "inputs.surface=$out/records/weather_surface.csv" --set "inputs.upper_air=$out/records/weather_upper_air.csv"
  one_run day_before air_day_before.csv
  one_run month air_month.csv
  one_run boundary_only air_day_before.csv --set emissions.enabled=false
fi
"$python" "$here/scores.py" "$daily" "$out" | tee "$out/scores.md"
