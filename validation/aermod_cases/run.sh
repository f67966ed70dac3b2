#!/bin/sh
# Hourly concentrations of the engine against those AERMOD printed: validation/aermod_cases/run.sh [BUILD]
set -eu
build=${1:-build/release}
cases=${LANTIAN_DATA:-../shared}/reference/aermod/cases
if [ ! -d "$cases" ]; then
  echo "SKIPPED: $cases is not there; set LANTIAN_DATA to the folder that holds reference/aermod/cases"
  exit 0
fi
"$build"/validation/aermod_cases/aermod_cases "$cases" pt_tall_flat pt_low_nonbuoyant pt_surface_grass vol_flat pt_terrain \
  pt_urban pt_capped_horiz area_rect line_road rline_road nox_nochem no2_arm2 no2_olm dep_part_m1
