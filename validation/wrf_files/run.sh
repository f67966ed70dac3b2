#!/usr/bin/env bash
# Runs both WRF files on 1, 2, 4 ranks x 1, 2 threads and compares every bit of what they write.
set -euo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
data=${LANTIAN_DATA:-$root/../shared}
program=${LANTIAN:-$root/build/release/lantian}
out=${1:-$root/output/wrf_files}
declare -A file=([tibet]=wrfout_allvars_tibet30km_20050921.nc [katrina]=wrfout_katrina10km_20050828.nc)
met=$data/met; [ -d "$met" ] || met=$data/data/met
for name in "${file[@]}"; do
  if [ ! -f "$met/$name" ]; then
    echo "SKIPPED: no file $met/$name; set LANTIAN_DATA to the folder whose met/ or data/met/ holds the WRF files"
    exit 0
  fi
done
mkdir -p "$out"
python=/usr/bin/python3
$python "$here/make_inventory.py" 85 89 28.5 31.5 "$out/tibet.nc"
$python "$here/make_inventory.py" -94 -87 21 27.5 "$out/katrina.nc"
# There may be more ranks and threads than cores: one that waits gives its core away.
export OMP_WAIT_POLICY=passive OMPI_MCA_mpi_yield_when_idle=1
declare -A last_hour=([tibet]=2005-09-21T08 [katrina]=2005-08-28T20)
for case in tibet katrina; do
  for ranks in 1 2 4; do
    for threads in 1 2; do
      OMP_NUM_THREADS=$threads mpirun --allow-run-as-root --oversubscribe --bind-to none -n $ranks "$program" run "$here/$case.toml" \
        --set "weather.files=[\"$met/${file[$case]}\"]" --set "emissions.inventory.0.file=$out/$case.nc" \
        --set "output.directory=$out/$case.$ranks.$threads" > "$out/$case.$ranks.$threads.log" 2>&1 ||
        { echo "FAILED: $case on $ranks ranks, $threads threads:"; tail -5 "$out/$case.$ranks.$threads.log"; exit 1; }
    done
  done
  $python "$here/compare.py" "$out" "$case"
  $python "$root/scripts/plot_map.py" "$out/$case.1.1" --variable PM25 --hour "${last_hour[$case]}" --utc-offset 0 --output "$out/$case.png"
done
