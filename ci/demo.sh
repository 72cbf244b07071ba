#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# Builds rdnsgate and shows it judging the example inventory against the example zone files: what lint says,
# what check finds, what would mend it. Asks no name server anything.
set -euo pipefail
cd "$(dirname "$0")/.."

inventory=inventory.example.yaml
zones=example/zones
rdnsgate=build/src/cli/rdnsgate

say() { printf '## %s\n' "$*"; }
fail() {
  say "demo failed: $*" >&2
  exit 1
}
. ci/build.sh

# show EXPECTED_EXIT COMMAND...: the command line, its output, its exit code.
show() {
  local expected=$1 code=0
  shift
  printf '\n$ rdnsgate %s\n' "$*"
  "$rdnsgate" "$@" </dev/null || code=$?
  printf '(exit %d)\n' "$code"
  [ "$code" = "$expected" ] || fail "'rdnsgate $*' ended with exit $code, $expected was expected"
}

# part NAME COMMAND...: runs a part of the work, and keeps how long it took.
times=''
part() {
  local name=$1 from=$SECONDS
  shift
  "$@"
  times+="${times:+, }$name $((SECONDS - from)) s"
}

say "demo: installs what is missing, builds rdnsgate, judges $inventory"
part packages ci/packages.sh build
# Not optimised at all, which it does not need: that compiles soonest. What a folder is set to already stays as it is.
options=()
[ -f build/build.ninja ] || options=(-Doptimization=0 -Ddebug=false "${units[@]}")
part configure configure build g++ "${options[@]}"
part compile compile build "${rdnsgate#build/}"

say "Is the inventory itself right? No network."
show 0 lint "$inventory"
printf '\n'
say "Does the DNS say what the inventory says? Here the zone files in $zones/ are the DNS."
show 1 check --zone-files "$zones" "$inventory"
printf '\n'
say "By which path would mail be refused, and by whom?"
show 1 paths --zone-files "$zones" "$inventory"
printf '\n'
say "What has to change, in what order, and how long does each step take?"
show 0 plan --zone-files "$zones" "$inventory"
printf '\n'
say "It took: $times."
say "Next, try:  $rdnsgate explain fcrdns-no-forward"
say "or edit $inventory and a file in $zones/ until check passes."
