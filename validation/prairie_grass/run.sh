#!/usr/bin/env bash
# Project Prairie Grass beside AERMOD: validation/prairie_grass/run.sh [RESULTS]
#
#   LANTIAN_DATA  folder that holds data/prairie_grass (or prairie_grass); without it nothing is run and the exit code is 0
#   LANTIAN       the program, build/release/lantian unless set
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
data=${LANTIAN_DATA:-$root/../shared}
[ -d "$data/prairie_grass" ] || data=$data/data
if [ ! -f "$data/prairie_grass/runs.csv" ]; then
  echo "SKIPPED: no file $data/prairie_grass/runs.csv; set LANTIAN_DATA to the folder that holds prairie_grass/"
  exit 0
fi
# Debian's python has the packages; another on the path may not.
exec /usr/bin/python3 "$here/compare.py" "${LANTIAN:-$root/build/release/lantian}" "$data/prairie_grass" "${1:-$root/output/prairie_grass}"
