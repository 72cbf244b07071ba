#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# A step of action.yml: installs the Debian package that PACKAGE names, a URL or a file, if it has the SHA-256 that is
# expected.
set -euo pipefail

fail() {
  echo "::error title=rdnsgate::$*"
  exit 2
}
[ -n "${PACKAGE_SHA256-}" ] || fail "package-sha256 is missing: a package is not installed on trust"
work=$(mktemp -d)
chmod 755 "$work"
case $PACKAGE in
  https://*) curl --proto '=https' --fail --silent --show-error --location --retry 3 --output "$work/rdnsgate.deb" -- "$PACKAGE" ;;
  *://*) fail "package: only https is taken" ;;
  *) cp -- "$PACKAGE" "$work/rdnsgate.deb" ;;
esac
printf '%s  %s\n' "$PACKAGE_SHA256" "$work/rdnsgate.deb" | sha256sum --quiet -c - || fail "the package has another SHA-256 than package-sha256"
as_root() { if [ "$(id -u)" = 0 ]; then "$@"; else sudo -n "$@"; fi; }
as_root apt-get -qq update
as_root env DEBIAN_FRONTEND=noninteractive apt-get -qq -y -o Dpkg::Use-Pty=0 install --no-install-recommends "$work/rdnsgate.deb"
rdnsgate --version
