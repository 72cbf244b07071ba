#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# Builds everything with warnings as errors and runs every test: the cases, the documentation and the lab with real
# name servers, the unit tests under AddressSanitizer and UBSan and the fuzz targets for a moment each, those of threads
# under ThreadSanitizer. The last line is the count.
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
ci/packages.sh validators
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

# With g++ what is run as a program: the cases, the documentation, the lab. Without precompiled headers, which would
# hide a missing include.
configure build g++ -Dwerror=true -Db_pch=false "${quick_build[@]}"
compile build src/cli/rdnsgate
# With clang, the second compiler that the code is free of warnings with, the unit tests, under sanitizers; and what
# runs in threads under ThreadSanitizer, which does not go together with the others.
# -fsanitize=fuzzer-no-link counts the branches that are taken: the fuzz targets find their way by them.
configure build-asan clang++ -Dwerror=true "${quick_build[@]}" "-Dcpp_args=-g1 -fsanitize=fuzzer-no-link" \
  -Db_sanitize=address,undefined -Db_lundef=false
configure build-tsan clang++ -Dwerror=true -Doptimization=0 -Ddebug=false -Dcpp_args=-g1 \
  -Db_sanitize=thread -Db_lundef=false
compile_rest() {
  compile build-asan
  compile build-tsan tests/resolve/threads_test tests/inventory/inventory_threads_test
}

# The lab waits for its servers more than it works: what is left is compiled meanwhile.
(renice -n 10 $BASHPID >/dev/null 2>&1 || true; compile_rest) &
rest=$!
trap 'kill $rest 2>/dev/null || true' EXIT
run_tests build --no-suite unit --no-suite threads -t 4
wait $rest || fail "what the unit tests need could not be compiled"

export ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
run_tests build-asan --suite unit --suite fuzz -t 10
run_tests build-tsan --suite threads -t 10

say "done"
python3 ci/tally.py build=case,docs,lab build-asan=unit,fuzz build-tsan=threads
