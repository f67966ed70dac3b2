#!/usr/bin/env bash
# Debian packages that Lantian needs: ./scripts/install_packages.sh [--developer]
# Installs those that are missing, with sudo when not root; does nothing when none is. With --developer also the compiler
# and tools of the presets sanitize, thread, coverage, fuzz and tidy. scripts/quickstart and scripts/check source this
# file and call `install_packages`.

packages=(
  # build
  cmake ninja-build g++ pkg-config git ca-certificates
  libopenmpi-dev openmpi-bin libnetcdf-mpi-dev libhdf5-openmpi-dev
  libtomlplusplus-dev nlohmann-json3-dev libcli11-dev libfmt-dev libspdlog-dev
  libudunits2-dev libproj-dev libxxhash-dev libgtest-dev libbenchmark-dev
  # checks of the tree, and pictures
  python3 python3-numpy python3-matplotlib python3-netcdf4 fonts-wqy-zenhei
)
developer_packages=(
  clang-14 libclang-rt-14-dev   # the compiler and what its sanitizers and libFuzzer link
  libomp-14-dev                 # its OpenMP, with libarcher, which tells the thread sanitizer what a barrier is
  llvm-14                       # llvm-cov, llvm-profdata, and llvm-symbolizer for the lines of a finding
  clang-tidy-14 clang-format-14
)

missing_packages() {
  local one
  for one in "${packages[@]}"; do
    [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$one" 2>/dev/null)" == installed ]] || echo "$one"
  done
}

install_packages() {
  local missing as_root=()
  case ${1:-} in
    '') ;;
    --developer) packages+=("${developer_packages[@]}") ;;
    *) die "\"$1\" is no option; the only one is --developer" ;;
  esac
  if ! command -v apt-get dpkg-query >/dev/null; then
    say "this is no Debian: apt-get is not there. These packages must be installed by hand:"
    echo "  ${packages[*]}"
    return 0
  fi
  mapfile -t missing < <(missing_packages)
  if ((${#missing[@]} == 0)); then
    say "all ${#packages[@]} Debian packages are installed"
    return 0
  fi
  if ((EUID != 0)); then
    command -v sudo >/dev/null || die "not root, and sudo is not there. As root: apt-get install ${missing[*]}"
    as_root=(sudo)
  fi
  say "installing ${#missing[@]} Debian packages: ${missing[*]}"
  "${as_root[@]}" apt-get -q update || die "apt-get update failed: is there a network?"
  "${as_root[@]}" env DEBIAN_FRONTEND=noninteractive apt-get -q -y install --no-install-recommends "${missing[@]}" ||
    die "apt-get could not install: ${missing[*]}"
}

if [[ ${BASH_SOURCE[0]} == "$0" ]]; then
  set -Eeuo pipefail
  source "$(dirname "$0")/steps.sh"
  install_packages "$@"
fi
