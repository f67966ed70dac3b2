#!/usr/bin/env bash
# Runs the releases of Project Prairie Grass and compares the highest value of each arc with what was measured and with AERMOD.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
data=${LANTIAN_DATA:-$root/../shared}
program=${LANTIAN:-$root/build/release/lantian}
out=${1:-$root/output/prairie_grass}
field=$data/data/prairie_grass
if [ ! -d "$field" ]; then
  echo "SKIPPED: no folder $field; set LANTIAN_DATA to the folder that holds data/prairie_grass"
  exit 0
fi
exec /usr/bin/python3 "$here/compare.py" "$program" "$field" "$out"
