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
ci/packages.sh validators || [ $? = 75 ] || fail "the validators are not what they should be"
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

# The programs that the tests of some suites run: programs_of FOLDER SUITE...
programs_of() {
  ninja -C "$1" build.ninja >/dev/null
  python3 - "$@" <<'END'
import json, os, sys
folder, *suites = sys.argv[1:]
info = {name: json.load(open(f"{folder}/meson-info/intro-{name}.json")) for name in ("tests", "targets")}
wanted = {target for test in info["tests"] if test["suite"][0].split(":")[-1] in suites for target in test["depends"]}
for target in info["targets"]:
    if target["id"] in wanted:
        print(*(os.path.relpath(path, folder) for path in target["filename"]), sep="\n")
END
}

# With g++ what is run as a program: the cases, the documentation, the lab.
configure build g++ -Dtests=enabled -Dwerror=true -Db_pch=false "${units[@]}" "${quick_build[@]}"
mapfile -t programs < <(programs_of build case docs lab)
compile build "${programs[@]}"
# With clang, the second compiler that the code is free of warnings with, the unit tests, under sanitizers; and what
# runs in threads under ThreadSanitizer, which does not go together with the others.
# The latter file by file, which sees a missing include. -fsanitize=fuzzer-no-link counts the branches that are taken: the fuzz targets find their way by them.
configure build-asan clang++ -Dtests=enabled -Dwerror=true "${units[@]}" "${quick_build[@]}" "-Dcpp_args=-g1 -fsanitize=fuzzer-no-link" \
  -Db_sanitize=address,undefined -Db_lundef=false
configure build-tsan clang++ -Dtests=enabled -Dwerror=true -Doptimization=0 -Ddebug=false -Dcpp_args=-g1 \
  -Db_sanitize=thread -Db_lundef=false

# Nothing is compiled beside the lab: a server that gets no processor looks like one that does not answer.
run_tests build --no-suite unit --no-suite threads -t 4
compile build-asan
mapfile -t programs < <(programs_of build-tsan threads)
compile build-tsan "${programs[@]}"

export ASAN_OPTIONS=detect_stack_use_after_return=1 UBSAN_OPTIONS=halt_on_error=1:print_stacktrace=1
run_tests build-asan --suite unit --suite fuzz -t 10
run_tests build-tsan --suite threads -t 10

say "done"
python3 ci/tally.py build=case,docs,lab build-asan=unit,fuzz build-tsan=threads
