#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# Makes what a release consists of from what is committed, in dist/: the source, the Debian package, their checksums.
#
#   ci/package.sh [--to=DIR]             rdnsgate-VERSION.tar.gz, rdnsgate_VERSION_ARCH.deb, SHA256SUMS
#   ci/package.sh --source [--to=DIR]    the source alone, which takes git and nothing else
#   ci/package.sh --test [--to=DIR]      makes all of it and tries it: the same bytes when it is made again, lintian, the
#                                        package installed in an empty Debian root, run there and removed (ci/fresh.sh),
#                                        and the container images (ci/container.sh). Takes root, or sudo.
#   ci/package.sh --help                 this text
#
# The same commit gives the same bytes; times are those of the commit. The second Debian package of --test takes a whole
# compilation where there is no ccache, and is then left out, which is said.
set -euo pipefail
cd "$(dirname "$0")/.."

began=$SECONDS
say() { printf 'package: [%4d s] %s\n' $((SECONDS - began)) "$*"; }
fail() {
  say "FAILED: $*" >&2
  exit 1
}
. ci/build.sh
. ci/fresh_carry.sh

to=$PWD/dist what=all
for argument in "$@"; do
  case $argument in
    --to=?*) to=$(realpath -m "${argument#*=}") ;;
    --source | --test) what=${argument#--} ;;
    --help)
      sed -n '5,/^set/{s/^# \{0,1\}//;/^set/!p}' "$0"
      exit 0
      ;;
    *)
      echo "package: there is no option $argument; ci/package.sh --help says what there is" >&2
      exit 2
      ;;
  esac
done

version=$(sed -n "s/^  version: '\(.*\)',$/\1/p" meson.build)
[ -n "$version" ] || fail "meson.build names no version"
name=rdnsgate-$version
commit=$(as_owner git rev-parse HEAD)
[ -z "$(as_owner git status --porcelain)" ] || say "NOTE: there are uncommitted changes here; made is the commit ${commit:0:12}, without them"
export SOURCE_DATE_EPOCH
SOURCE_DATE_EPOCH=$(as_owner git log -1 --format=%ct)

work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# source_archive FOLDER: the archive, whose files have the time of the commit.
source_archive() {
  as_owner git archive --format=tar --prefix="$name/" "$commit" | gzip -9n >"$1/$name.tar.gz"
}

# The changelog that a package must have says what there is to say: the version and its day.
changelog() {
  printf 'rdnsgate (%s) bookworm; urgency=medium\n\n  * Release %s.\n\n -- %s  %s\n' "$version" "$version" \
    "$(sed -n 's/^Maintainer: //p' ci/debian/control)" "$(LC_ALL=C date -u -R -d "@$SOURCE_DATE_EPOCH")"
}

# debian_package FOLDER: from the source archive that is there.
debian_package() {
  local out=$1 tree
  rm -rf "$work/build"
  mkdir "$work/build"
  tar -xzf "$out/$name.tar.gz" -C "$work/build"
  tree=$work/build/$name
  cp -r "$tree/ci/debian" "$tree/debian"
  changelog >"$tree/debian/changelog"
  # What is needed to build is listed once, in ci/packages.sh; g++ is there in every build of a package.
  "$tree/ci/packages.sh" names build | grep -vx 'g++' | sed 's/.*/ &,/' >"$work/needed"
  sed -i -e "/^@BUILD_DEPENDS@$/{r $work/needed" -e 'd}' "$tree/debian/control"
  # Compiled objects are found again by a later build, wherever that one has its folder.
  export CCACHE_BASEDIR=$tree
  # debhelper gives each build an empty home, where ccache would find nothing.
  if command -v ccache >/dev/null; then
    CCACHE_DIR=$(default_cache)
    CCACHE_MAXSIZE=$(cache_size "$CCACHE_DIR")
    export CCACHE_DIR CCACHE_MAXSIZE
  fi
  # No package of debug symbols, which is twenty times as large as the program's.
  (cd "$tree" && quietly "the Debian package could not be built" env CXX="$(compiler g++)" DEB_BUILD_OPTIONS=noautodbgsym \
    dpkg-buildpackage -b -us -uc)
  cp "$work"/build/*.deb "$out/"
}

checksums() { (cd "$1" && shopt -s nullglob && sha256sum -- *.tar.gz *.deb >SHA256SUMS); }

# make_all FOLDER
make_all() {
  rm -rf "$1"
  mkdir -p "$1"
  source_archive "$1"
  [ "$what" = source ] || debian_package "$1"
  checksums "$1"
}

same_again() {
  local again=$work/again
  rm -rf "$again"
  if command -v ccache >/dev/null; then
    say "making it again"
    make_all "$again"
  else
    say "without ccache only the source is made again: a second package would take another whole compilation"
    mkdir "$again"
    source_archive "$again"
  fi
  local file
  for file in "$again"/*.tar.gz "$again"/*.deb; do
    [ ! -f "$file" ] || cmp "$file" "$to/${file##*/}" || fail "${file##*/} has other bytes when it is made again"
  done
}

judged_by_lintian() {
  say "lintian"
  lintian --allow-root --fail-on error,warning --display-info --tag-display-limit 0 "$to"/rdnsgate_*.deb || fail "lintian"
}

[ "$what" = source ] || ci/packages.sh package
say "making $name of ${commit:0:12} in $to/"
make_all "$to"
if [ "$what" = test ]; then
  same_again
  judged_by_lintian
  say "the package in an empty root"
  ci/fresh.sh --with="$to" 'ci/package_try.sh /srv/with' || fail "the package in an empty root"
  say "the container images"
  code=0
  ci/container.sh --test --from="$to" || code=$?
  [ $code = 0 ] || [ $code = 69 ] || fail "the container images"
fi
say "done: $(cd "$to" && echo *)"
