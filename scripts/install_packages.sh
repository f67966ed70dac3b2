# Debian packages that Lantian needs; sourced by scripts/quickstart and scripts/check.
#
#   install_packages   installs those that are missing, with sudo when not root; does nothing when none is

packages=(
  # build
  cmake ninja-build g++ pkg-config git ca-certificates
  libopenmpi-dev openmpi-bin libnetcdf-mpi-dev libhdf5-openmpi-dev
  libtomlplusplus-dev nlohmann-json3-dev libcli11-dev libfmt-dev libspdlog-dev
  libudunits2-dev libproj-dev libxxhash-dev libgtest-dev libbenchmark-dev
  # checks of the tree, and pictures
  python3 python3-numpy python3-matplotlib python3-netcdf4 fonts-wqy-zenhei
)

missing_packages() {
  local one
  for one in "${packages[@]}"; do
    [[ "$(dpkg-query --show --showformat='${db:Status-Status}' "$one" 2>/dev/null)" == installed ]] || echo "$one"
  done
}

install_packages() {
  local missing as_root=()
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
