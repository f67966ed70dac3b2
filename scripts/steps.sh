# How scripts/quickstart and scripts/check speak and stop; sourced by them.
#
#   say TEXT            announces what comes next
#   die TEXT            stops with the cause
#   step TEXT COMMAND   announces, runs, and stops with the cause when the command fails

export LC_ALL=C.UTF-8   # messages and number formats do not depend on the user's language
program=$(basename "$0")

say() { printf '\n== %s\n' "$*"; }

die() {
  printf '\n%s: stopped: %s\n' "$program" "$*" >&2
  exit 1
}

step() {
  local what=$1 code=0
  shift
  say "$what"
  printf '   %s\n' "$*"
  "$@" || code=$?
  ((code == 0)) || die "$what: \"$*\" ended with code $code; its last lines above say why"
}
trap 'die "line $LINENO failed: $BASH_COMMAND"' ERR

# Open MPI refuses root unless told; containers often run as root. Shared memory alone serves one machine, and needs
# no host name that resolves.
if ((EUID == 0)); then export OMPI_ALLOW_RUN_AS_ROOT=1 OMPI_ALLOW_RUN_AS_ROOT_CONFIRM=1; fi
export OMPI_MCA_btl=${OMPI_MCA_btl:-self,vader}

# nproc would answer OMP_NUM_THREADS instead of the cores.
cores=$(env -u OMP_NUM_THREADS -u OMP_THREAD_LIMIT nproc)
# A compiler takes up to 1.5 GB: no more of them than memory holds.
memory_gb=$(awk '/MemAvailable/ { print int($2 / 1048576) }' /proc/meminfo)
jobs=$((memory_gb * 2 / 3 < 1 ? 1 : memory_gb * 2 / 3))
jobs=$((jobs < cores ? jobs : cores))
