#!/usr/bin/env bash
# A Slurm of one node on this machine: a job is stopped by its time limit, preempted, and killed, goes back into the queue
# each time, and must end with the bits of a run that nothing stopped. A ranking is made as a job array.
# As root, on Debian with slurmctld, slurmd, slurm-client, slurm-wlm-basic-plugins and munge; nothing is left running.
set -Eeuo pipefail
here=$(cd "$(dirname "$0")" && pwd)
root=$(cd "$here/../.." && pwd)
export LANTIAN=${LANTIAN:-$root/build/release/lantian}
out=${1:-$root/output/slurm}
demo=$root/inputs/cases/qingdao_spring
export OMP_NUM_THREADS=1 OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1 OMPI_MCA_btl=self,vader
say() { echo "$(date +%H:%M:%S) $*"; }
fail() { echo "FAILED: $*" >&2; exit 1; }

for program in slurmctld slurmd munged srun "$LANTIAN"; do
  command -v "$program" >/dev/null || { echo "SKIPPED: $program is not there (Debian: slurmctld slurmd slurm-client slurm-wlm-basic-plugins munge)"; exit 0; }
done
[[ $(id -u) == 0 ]] || { echo "SKIPPED: starting slurmd needs root"; exit 0; }
rm -rf "$out" && mkdir -p "$out/slurm/state" "$out/slurm/spool"

stop_slurm() {
  for pid in "$out"/slurm/*.pid; do [[ -f $pid ]] && kill "$(<"$pid")" 2>/dev/null; done
  [[ -n ${own_munge:-} ]] && kill "$(</run/munge/munged.pid)"
  true
}

start_slurm() {
  if ! munge -n >/dev/null 2>&1; then
    own_munge=1
    mkdir -p /run/munge && chown munge: /run/munge
    su -s /bin/sh munge -c /usr/sbin/munged
  fi
  sed -e "s|@HOST@|$(hostname)|; s|@FOLDER@|$out/slurm|; s|@CPUS@|2|" "$here/slurm.conf.in" >"$out/slurm/slurm.conf"
  export SLURM_CONF=$out/slurm/slurm.conf
  slurmctld && slurmd
  for ((n = 0; n < 60; n++)); do [[ $(sinfo -h -o %T) == idle ]] && return; sleep 0.5; done
  fail "Slurm does not come up; see $out/slurm/*.log"
}

state_of() { scontrol show job "$1" | grep -o 'JobState=[A-Z]*' | head -1; }
wait_for_state() { # JOB STATE SECONDS; a requeued job would wait two minutes for its turn
  for ((n = 0; n < 4 * $3; n++)); do
    [[ $(state_of "$1") == "JobState=$2" ]] && return
    [[ $(state_of "$1") == JobState=PENDING ]] && scontrol update job="$1" StartTime=now 2>/dev/null || true
    sleep 0.25
  done
  fail "job $1 is not $2 after $3 s: $(state_of "$1")"
}
hours_done() { grep -c ' budget ' "$out/job.log" || true; }
wait_for_hours() { # until so many more hours are done, so that a restart is worth its name
  local goal=$(($(hours_done) + $1))
  for ((n = 0; n < 1200; n++)); do (($(hours_done) >= goal)) && return; sleep 0.1; done
  fail "no hour of the model is done; see $out/job.log"
}
submit() { sbatch --parsable --chdir="$out" "$@"; }

trap stop_slurm EXIT
trap 'echo "FAILED at line $LINENO; the logs are in $out" >&2' ERR
start_slurm
case=("$demo/case_grs.toml" --set run.end=2020-03-31T16:00:00Z)
say "weather, and the run that nothing stops"
(cd "$root" && "$LANTIAN" diagnose "$demo/weather.toml" --set period.end=2020-03-31T16:00:00Z) >"$out/weather.log" 2>&1
"$LANTIAN" run "${case[@]}" --set output.directory="$out/whole" >"$out/whole.log" 2>&1

say "the same as a job with 60 s of wall time, USR1 50 s before"
job=$(submit --partition=low --time=1 --signal=USR1@50 --output=job.log "$root/scripts/slurm/run.sbatch" "${case[@]}" --set output.directory="$out/job")
wait_for_state "$job" RUNNING 20
wait_for_state "$job" PENDING 100 # stopped by the signal and requeued
grep -q 'goes back into the queue' "$out/job.log" || fail "the signal before the time limit did not requeue the job"
say "stopped before its time limit, requeued"
scontrol update job="$job" TimeLimit=30
wait_for_state "$job" RUNNING 20
wait_for_hours 2
urgent=$(submit --partition=high --ntasks=2 --output=urgent.log --wrap "sleep 3")
wait_for_state "$urgent" COMPLETED 100
say "preempted by an urgent job"
wait_for_state "$job" RUNNING 100
wait_for_hours 2
pkill -9 -f "$out/job" || fail "there is nothing to kill"
sleep 2
[[ $(state_of "$job") == JobState=RUNNING ]] || scontrol requeue "$job"
say "killed by signal 9, requeued"
wait_for_state "$job" COMPLETED 300
say "finished; how often it was started: $(grep -c 'needs about' "$out/job.log")"
/usr/bin/python3 "$here/compare.py" "$out/whole" "$out/job"

say "a ranking in one go, and as an array of three jobs"
ranking=(--set run.spin_up_h=0 --set run.end=2020-03-31T01:00:00Z --set grid.window=[22,16,24,24] --set 'ranking.pollutants=["VOC", "NOx"]')
"$LANTIAN" rank "$demo/case_grs.toml" "${ranking[@]}" --set output.directory="$out/rank_whole" >"$out/rank_whole.log" 2>&1
parts=$(submit --ntasks=1 --array=1-3 --output=part_%a.log "$root/scripts/slurm/rank.sbatch" "$demo/case_grs.toml" "${ranking[@]}" --set output.directory="$out/rank")
last=$(submit --ntasks=1 --dependency=afterok:"$parts" --output=rank.log "$root/scripts/slurm/rank.sbatch" "$demo/case_grs.toml" "${ranking[@]}" --set output.directory="$out/rank")
wait_for_state "$last" COMPLETED 300
for name in ranking.csv ranking.json; do cmp "$out/rank_whole/$name" "$out/rank/$name"; done
say "ranking.csv and ranking.json: the same bytes"
