#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# Builds everything with warnings as errors and runs every test: the unit and case tests, the lab with real
# name servers, the unit tests once more under AddressSanitizer and UBSan. The last line is the count.
set -euo pipefail
cd "$(dirname "$0")/.."

began=$SECONDS
say() { printf '[%3d s] %s\n' $((SECONDS - began)) "$*"; }
fail() {
  say "FAILED: $*" >&2
  exit 1
}
. ci/build.sh

say "test: builds rdnsgate and runs all its tests; a first run takes some minutes"
ci/packages.sh test
ci/packages.sh lab

# Failing tests do not end the run: every suite is run, and the tally says which failed.
run_tests() {
  local folder=$1
  shift
  say "testing in $folder/${*:+ ($*)}"
  rm -f "$folder/meson-logs/testlog.json"
  meson test -C "$folder" --no-rebuild --print-errorlogs "$@" </dev/null | grep -E '^ *[0-9]+/|^――|TIMEOUT|FAIL|ERROR|^[0-9]+\.' || true
  [ -s "$folder/meson-logs/testlog.json" ] || fail "meson ran no test in $folder"
}

configure build g++ -Dwerror=true
compile build
run_tests build

configure build-asan g++ -Dwerror=true -Db_sanitize=address,undefined -Db_lundef=false -Doptimization=1
compile build-asan
export ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
run_tests build-asan --suite unit -t 4

# A second compiler's opinion, where there is one.
if command -v clang++ >/dev/null; then
  configure build-clang clang++ -Dwerror=true -Doptimization=0 -Ddebug=false
  compile build-clang src/cli/rdnsgate
fi

say "done"
python3 ci/tally.py build build-asan=unit
