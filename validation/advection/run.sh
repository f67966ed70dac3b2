#!/usr/bin/env bash
# Measures the schemes of advection, compares them with the reference figures and draws them.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
program=${ADVECTION_NORMS:-$root/build/release/validation/advection/advection_norms}
out=${1:-$root/output/advection}
mkdir -p "$out"
"$program" norms > "$out/norms.csv"
"$program" hole > "$out/hole.csv"
/usr/bin/python3 "$here/plot.py" "$out"
/usr/bin/python3 "$here/compare.py" "$out"
