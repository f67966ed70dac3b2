#!/usr/bin/env bash
# Compares both policies of the inorganic equilibrium with ISORROPIA II at 8,400 points, and runs the tests of the
# smooth policy's equations, jumps and derivatives.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
data=${LANTIAN_DATA:-$root/../shared}
program=${LANTIAN:-$root/build/release/lantian}
tests=${INORGANIC_TESTS:-$root/build/release/tests/unit/aerosol/inorganic_equilibrium_test}
out=${1:-$root/output/thermo}
reference=$data/reference/aerosol
for file in consensus_A.csv.gz consensus_B.csv.gz zsr_molality.csv; do
  if [ ! -f "$reference/$file" ]; then
    echo "SKIPPED: no file $reference/$file; set LANTIAN_DATA to the folder that holds reference/aerosol"
    exit 0
  fi
done
mkdir -p "$out"
python=/usr/bin/python3
$python "$here/compare.py" points "$reference" "$out"
for set in A B; do
  "$program" thermo "$out/points_$set.csv" --output "$out/smooth_$set.csv"
  "$program" thermo "$out/points_$set.csv" --output "$out/isorropia_$set.csv" --policy isorropia \
    --water-table "$reference/zsr_molality.csv"
done
"$tests" --gtest_filter='Inorganic*' --gtest_brief=1
$python "$here/compare.py" judge "$reference" "$out"
