#!/usr/bin/env bash
# Runs control decks of AERMOD unchanged and compares every hour at every receptor with what AERMOD gave.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
data=${LANTIAN_DATA:-$root/../shared}
program=${LANTIAN:-$root/build/release/lantian}
out=${1:-$root/output/aermod_cases}
cases=$data/reference/aermod/cases
if [ ! -d "$cases" ]; then
  echo "SKIPPED: no folder $cases; set LANTIAN_DATA to the folder that holds reference/aermod/cases"
  exit 0
fi
exec /usr/bin/python3 "$here/compare.py" "$program" "$cases" "$out"
