#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# For the Containerfile: gathers in a folder what rdnsgate needs to run where there is nothing else.
#
#   container_root.sh FOLDER
set -eu

root=$1
keep() {
  for path in "$@"; do
    mkdir -p "$root$(dirname "$path")"
    cp -aL "$path" "$root$(dirname "$path")/"
  done
}
# The shared libraries of a file, the loader with them.
libraries() { ldd "$1" | grep -oE '/[^ ]+'; }

keep /usr/bin/rdnsgate
# libgit2, libcurl and libpq are loaded when they are asked for, and so not listed.
git=$(ls /usr/lib/*/libgit2.so.*.* | head -n 1)
soname=$(dirname "$git")/$(basename "$git" | grep -oE '^libgit2\.so\.[0-9]+\.[0-9]+')
curl=$(ls /usr/lib/*/libcurl.so.4)
pq=$(ls /usr/lib/*/libpq.so.5)
for library in $(libraries /usr/bin/rdnsgate) $(libraries "$soname") "$soname" $(libraries "$curl") "$curl" $(libraries "$pq") "$pq"; do
  keep "$library"
done
keep /usr/share/dns/root.hints /usr/share/dns/root.key /etc/ssl/certs/ca-certificates.crt /usr/share/doc/rdnsgate/copyright
mkdir -p "$root/usr/share/zoneinfo"
cp -a /usr/share/zoneinfo/. "$root/usr/share/zoneinfo/"
grep -E '^(root|rdnsgate):' /etc/passwd | sed 's|:[^:]*$|:/nonexistent|' >"$root/etc/passwd"
grep -E '^(root|rdnsgate):' /etc/group >"$root/etc/group"
mkdir -p "$root/work" "$root/tmp"
chown 65532:65532 "$root/work"
chmod 1777 "$root/tmp"
