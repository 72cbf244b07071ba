#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# Measures a release build beside dnsperf, and libunbound by itself, on the same questions. By hand, on a quiet machine; never in CI.
# Arguments go to tests/bench/bench.py (--addresses N, --rounds N).
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf '## %s\n' "$*"; }
fail() {
  say "bench failed: $*" >&2
  exit 1
}
. ci/build.sh

say "bench: builds a release in build-bench/ and measures it"
ci/packages.sh test
ci/packages.sh lab
configure build-bench g++ -Dtests=enabled -Dbuildtype=release
compile build-bench src/cli/rdnsgate tests/bench/bare_unbound tests/bench/bare_yaml
python3 tests/bench/bench.py "$PWD/build-bench/src/cli/rdnsgate" "$@"
