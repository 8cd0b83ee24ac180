# Installs what building and testing mapfile takes and this machine lacks.
# Sourced by tools/quickstart and tests/run; does nothing, and needs no
# network, where all is there.

MAPFILE_PACKAGES="git g++ clang libclang-rt-14-dev bazel-bootstrap
  libcli11-dev libfmt-dev doctest-dev libexpected-dev nlohmann-json3-dev
  libxxhash-dev libbenchmark-dev mandoc libboost-dev"

# Prints the packages of the list that are not installed.
mapfile_missing_packages() {
  local installed package
  installed=" $(dpkg-query --show --showformat='${db:Status-Status}=${Package} ' \
    2>/dev/null) "
  for package in $MAPFILE_PACKAGES; do
    case "$installed" in
      *" installed=$package "*) ;;
      *) printf '%s\n' "$package" ;;
    esac
  done
}

mapfile_fail() {
  printf '%s: %s\n' "${0##*/}" "$1" >&2
  exit 3
}

# Runs a command as root.
mapfile_as_root() {
  if [ "$(id -u)" -eq 0 ]; then
    "$@"
  else
    sudo "$@"
  fi
}

mapfile_setup() {
  local missing
  command -v dpkg-query >/dev/null ||
    mapfile_fail "this needs Debian 12 or a system with its packages"
  missing=$(mapfile_missing_packages | tr '\n' ' ')
  [ -z "$missing" ] && return 0
  printf 'Installing from Debian, with apt-get: %s\n' "$missing"
  if [ "$(id -u)" -ne 0 ] && ! command -v sudo >/dev/null; then
    mapfile_fail "installing takes root or sudo; as root, run:
  apt-get install $missing"
  fi
  # A fresh machine has no lists of packages, an old one stale ones.
  mapfile_as_root apt-get update -q ||
    mapfile_fail "apt-get can't fetch the lists of packages; is there a network?"
  mapfile_as_root env DEBIAN_FRONTEND=noninteractive \
    apt-get install -q -y --no-install-recommends $missing ||
    mapfile_fail "apt-get could not install: $missing"
}

# Bazel with a cache that outlives its output folder, so that a second
# checkout builds in seconds.
mapfile_bazel() {
  local command=$1
  shift
  bazel "$command" --disk_cache="$MAPFILE_CACHE" --noshow_progress \
    --ui_event_filters=-info --experimental_convenience_symlinks=ignore \
    "$@"
}

mapfile_choose_cache() {
  local base=${XDG_CACHE_HOME:-${HOME:-/nonexistent}/.cache}
  MAPFILE_CACHE=$base/mapfile-bazel
  if ! mkdir -p "$MAPFILE_CACHE" 2>/dev/null; then
    MAPFILE_CACHE=${TMPDIR:-/tmp}/mapfile-bazel-$(id -u)
    mkdir -p "$MAPFILE_CACHE" || mapfile_fail "no place for a cache of the build"
    # Bazel wants a place for its output, too.
    export XDG_CACHE_HOME=$MAPFILE_CACHE
    export HOME=${HOME:-$MAPFILE_CACHE}
  fi
}
