# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
# shellcheck shell=bash
#
# For demo.sh and test.sh: how a build folder is set up. Sourced, never run.

# Compiled objects are shared between checkouts and build folders where ccache is there; it is not needed. It then takes
# the place of precompiled headers: clang's name the folder that they were made in, and so cannot be shared.
export CCACHE_BASEDIR=$PWD CCACHE_NOHASHDIR=1 CCACHE_SLOPPINESS=time_macros
compiler() {
  local name=$1
  if command -v ccache >/dev/null; then echo "ccache $name"; else echo "$name"; fi
}
precompiled=()
if command -v ccache >/dev/null; then precompiled=(-Db_pch=false); fi

# Compiled soon rather than compiled well: most of the time goes into headers, which a dozen files share as one unit.
units=(-Dunity=on -Dunity_size=12)
# Optimised enough for the warnings that need it and for _FORTIFY_SOURCE.
quick_build=(-Doptimization=1 -Ddebug=false)

# configure FOLDER COMPILER [meson options]: makes the folder; what is there already is only brought up to date.
configure() {
  local folder=$1 cxx=$2
  shift 2
  if [ ! -f "$folder/build.ninja" ]; then
    say "configuring $folder/"
    rm -rf "$folder"
    quietly "meson could not configure $folder" env CXX="$(compiler "$cxx")" meson setup "$folder" "${precompiled[@]}" "$@"
  elif [ $# -gt 0 ]; then
    quietly "meson could not configure $folder" meson configure "$folder" "${precompiled[@]}" "$@"
  fi
}

# compile FOLDER [TARGET...]
compile() {
  local folder=$1
  shift
  say "compiling in $folder/"
  quietly "compiling in $folder failed" ninja -C "$folder" "$@"
}

# Runs a command and shows what it printed only when it fails.
quietly() {
  local reason=$1 log
  shift
  log=$(mktemp)
  if ! "$@" >"$log" 2>&1 </dev/null; then
    tail -n 100 "$log" >&2
    rm -f "$log"
    fail "$reason"
  fi
  rm -f "$log"
}
