#!/bin/sh
# Box runs against the reference: validation/box/run.sh [RESULTS]. LANTIAN names the program (build/release/lantian).
set -eu
cd "$(dirname "$0")/../.."
reference=${LANTIAN_DATA:-../shared}/reference/chemistry/box
if [ ! -f "$reference/scenarios.json" ]; then
  echo "SKIP: $reference is not there; set LANTIAN_DATA to the folder that holds reference/"
  exit 0
fi
export OMPI_MCA_btl="${OMPI_MCA_btl:-self}" OMP_NUM_THREADS=1
exec python3 validation/box/compare.py "${LANTIAN:-build/release/lantian}" "$reference" "${1:-build/validation/box}"
