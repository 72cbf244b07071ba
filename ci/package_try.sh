#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# For package.sh --test, as root in a root that is thrown away: installs the Debian package that a folder has, tries what
# it brings along, and removes it again.
#
#   ci/package_try.sh FOLDER
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'try: %s\n' "$*"; }
fail() {
  printf 'try: FAILED: %s\n' "$*" >&2
  exit 1
}
export DEBIAN_FRONTEND=noninteractive
apt=(apt-get -qq -y -o Dpkg::Use-Pty=0 --no-install-recommends)
# What of it lies about, apart from the clone and the folder that it came in.
traces() { find / -xdev -path /srv -prune -o -path /proc -prune -o -name '*rdnsgate*' -print; }

[ -z "$(traces)" ] || fail "there is an rdnsgate here before it is installed: $(traces)"
say "installing"
(cd "$1" && sha256sum --quiet -c SHA256SUMS)
apt-get -qq update
"${apt[@]}" install "$1"/rdnsgate_*.deb >/dev/null

for path in bin/rdnsgate share/man/man1/rdnsgate.1.gz share/bash-completion/completions/rdnsgate \
  share/zsh/vendor-completions/_rdnsgate share/fish/vendor_completions.d/rdnsgate.fish share/rdnsgate/schemas/inventory.schema.json \
  share/doc/rdnsgate/README.md.gz share/doc/rdnsgate/docs/rules/ptr-missing.md share/doc/rdnsgate/copyright; do
  [ -s "/usr/$path" ] || [ -s "/usr/${path%.gz}" ] || fail "/usr/$path is not there"
done
dpkg --verify rdnsgate
missing=$(ldd /usr/bin/rdnsgate | grep 'not found' || true)
[ -z "$missing" ] || fail "$missing"
COMP_WORDS=(rdnsgate li) COMP_CWORD=1 COMPREPLY=()
# shellcheck disable=SC1091
. /usr/share/bash-completion/completions/rdnsgate
_rdnsgate
[ "${COMPREPLY[*]}" = lint ] || fail "bash does not complete li to lint, but to: ${COMPREPLY[*]}"

# Without what is only recommended the program works, and says what it misses.
say "its test, as autopkgtest runs it"
rdnsgate version | grep -q 'libgit2 *not installed' || fail "libgit2 is there before it is installed"
mapfile -t needed < <(sed -n 's/^Depends: //p' ci/debian/tests/control | tr -d ' ' | tr , '\n' | grep -vx @)
"${apt[@]}" install "${needed[@]}" >/dev/null
for test in $(sed -n 's/^Tests: //p' ci/debian/tests/control); do
  work=$(mktemp -d)
  # As somebody who may write nowhere else.
  chown nobody "$work"
  setpriv --reuid=nobody --regid=nogroup --clear-groups env HOME="$work" AUTOPKGTEST_TMP="$work" "ci/debian/tests/$test" ||
    fail "the test $test"
  rm -rf "$work"
done

say "removing"
"${apt[@]}" purge rdnsgate >/dev/null
[ -z "$(traces)" ] || fail "it was removed, and left: $(traces)"
[ -z "$(dpkg --audit)" ] || fail "dpkg --audit: $(dpkg --audit)"
"${apt[@]}" autoremove >/dev/null
say "installed, tried and removed"
