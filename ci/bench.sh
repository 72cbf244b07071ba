#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# Measures a release build beside others that do a part of the same work, and prints one table. By hand, on a quiet machine;
# never in CI. Takes half an hour; arguments go to tests/bench/bench.py (--parts WORD[,WORD...], --rounds N, --help).
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '## %s\n' "$*"; }
fail() {
  say "bench failed: $*" >&2
  exit 1
}
. ci/build.sh

say "bench: builds a release in build-bench/ and measures it"
ci/packages.sh bench
ci/packages.sh lab
configure build-bench g++ -Dtests=enabled -Dbuildtype=release
compile build-bench src/cli/rdnsgate tests/bench/bare_unbound tests/bench/bare_yaml
python3 tests/bench/bench.py "$PWD/build-bench/src/cli/rdnsgate" "$@"
