#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# Tries what is committed on an empty machine: makes a root with Debian 12's smallest set of packages (mmdebstrap), clones
# the checkout into it, runs commands there, and takes the root away again, also when it is interrupted.
#
#   ci/fresh.sh [OPTION]... [COMMAND]...     by itself: ./ci/demo.sh, then ./ci/test.sh
#
# A COMMAND is a command line for bash, run as root in the clone. The first that fails ends the run with its exit code.
#
#   --ccache[=DIR]    compile with ccache, over a folder of this machine (by itself: where its ccache keeps its files);
#                     ccache is then the one thing that the root has and an empty machine has not
#   --archives=DIR    keep the packages that are fetched in DIR, and take from there what is there
#   --container       as in a container: no namespace can be made, and of root's rights only those that Docker leaves
#   --with=DIR        DIR is in the root as /srv/with
#   --at=DIR          make the root in a new folder below DIR (by itself: TMPDIR, or /var/tmp)
#   --keep            leave the root where it is, and say where
#   --help            this text
#
# Carried in from this machine: its package sources and what apt is told of proxies, keys and passwords; its certificate
# authorities; npm's settings; the proxies in the environment; how names are resolved.
#
# The root is entered through namespaces for mounts and processes, by pivot_root: in a chroot the kernel would refuse the
# namespaces that the tests make. That needs root, or sudo. Exit 69: no root can be made here, and nothing was run.
set -euo pipefail
cd "$(dirname "$0")/.."

no_root_here=69
needed_megabytes=6000
began=$SECONDS
say() { printf 'fresh: [%4d s] %s\n' $((SECONDS - began)) "$*"; }
impossible() {
  say "no root can be made here: $*" >&2
  exit $no_root_here
}
wrong_usage() {
  printf 'fresh: %s; ci/fresh.sh --help says what there is\n' "$*" >&2
  exit 2
}
. ci/fresh_carry.sh

place=${TMPDIR:-/var/tmp}
keep='' container='' cache='' archives='' with=''
arguments=("$@")
while [ $# -gt 0 ]; do
  case $1 in
    --ccache) cache=$(default_cache) ;;
    --ccache=?*) cache=${1#*=} ;;
    --archives=?*) archives=${1#*=} ;;
    --container) container=1 ;;
    --with=?*) with=$(realpath "${1#*=}") ;;
    --at=?*) place=${1#*=} ;;
    --keep) keep=1 ;;
    --help)
      sed -n '5,/^set/{s/^# \{0,1\}//;/^set/!p}' "$0"
      exit 0
      ;;
    --)
      shift
      break
      ;;
    -*) wrong_usage "there is no option $1" ;;
    *) break ;;
  esac
  shift
done
[ $# -gt 0 ] || set -- ./ci/demo.sh ./ci/test.sh
[ -d "$place" ] || wrong_usage "$place is no folder"
[ -z "$with" ] || [ -d "$with" ] || wrong_usage "$with is no folder"

if [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || impossible "this is not root, and there is no sudo"
  # The compiler cache stays the caller's.
  [ -z "$cache" ] || arguments=("--ccache=$cache" "${arguments[@]}")
  mapfile -t names < <(carried_variables)
  exec sudo --preserve-env="$(IFS=, && echo "${names[*]}")" HOME="$HOME" "$0" "${arguments[@]}"
fi

# What can be known before anything is fetched.
unshare --mount --pid --fork true 2>/dev/null || impossible "this machine lets root make no namespace for mounts (a container?)"
for tool in mmdebstrap git setpriv pivot_root; do
  command -v $tool >/dev/null || ci/packages.sh fresh || impossible "$tool is missing and could not be installed"
done
free=$(df -Pm "$place" | awk 'NR == 2 {print $4}')
[ "$free" -ge $needed_megabytes ] || impossible "$place has $free MB free, and it takes up to $needed_megabytes (--at=DIR)"

# Started so that it ends with this script, however that ends, with all that it started; and waited for in such a way that
# a signal to this script is not kept waiting. Its mounts are its own, and gone with it.
running=''
inside() {
  setpriv --pdeathsig KILL unshare --mount --pid --fork --kill-child --mount-proc --propagation private -- "$@" </dev/null 9>&- &
  running=$!
  local code=0
  wait $running || code=$?
  running=''
  return $code
}

# What a run that was killed left behind: its lock is there, and nobody holds it.
for left in "$place"/rdnsgate-fresh.*/lock; do
  if [ -O "$left" ] && flock -n "$left" true; then rm -rf --one-file-system "${left%/lock}"; fi
done
work=$(mktemp -d "$place/rdnsgate-fresh.XXXXXX")
exec 9>"$work/lock"
flock 9
chmod 755 "$work"
root=$work/root
finish() {
  trap '' INT TERM HUP
  if [ -n "$running" ]; then
    # unshare takes no other signal while it waits for its child, which ends with it.
    kill -KILL "$running" 2>/dev/null || true
    wait "$running" 2>/dev/null || true
  fi
  # What root wrote into the cache of the one who called sudo is theirs.
  if [ -n "$cache" ] && [ -n "${SUDO_UID-}" ]; then
    find "$cache" -user 0 -exec chown -h "$SUDO_UID:$SUDO_GID" {} +
  fi
  if [ -n "$keep" ]; then
    rm -f "$work/lock"
    say "the root is kept: $root"
  else
    rm -rf --one-file-system "$work"
  fi
}
trap finish EXIT
trap 'exit 130' INT
trap 'exit 143' TERM
trap 'exit 129' HUP

say "making an empty Debian 12 root in $work/"
carry_machine "$work/carried"
options=(--quiet --variant=minbase --format=directory --setup-hook="cp -a '$work/carried/.' \"\$1/\"")
[ -z "$cache" ] || options+=(--include=ccache)
mapfile -t sources < <(machine_sources)
inside mmdebstrap "${options[@]}" bookworm "$root" "${sources[@]}" >"$work/log" 2>&1 || {
  tail -n 30 "$work/log" >&2
  impossible "mmdebstrap failed (see above)"
}

commit=$(as_owner git rev-parse HEAD)
if [ -n "$(as_owner git status --porcelain)" ]; then
  say "NOTE: there are uncommitted changes here; what is tried is the commit ${commit:0:12}, without them"
fi
as_owner git clone -q --no-hardlinks --no-checkout . "$root/srv/rdnsgate"
git -C "$root/srv/rdnsgate" checkout -q --detach "$commit"

binds=()
bind() {
  mkdir -p "$1" "$root$2"
  binds+=("$(realpath "$1"):$2")
}
environment=(PATH=/usr/local/sbin:/usr/local/bin:/usr/sbin:/usr/bin:/sbin:/bin HOME=/root LANG=C.UTF-8 "TERM=${TERM:-dumb}")
while read -r name; do
  environment+=("$name=${!name}")
done < <(carried_variables)
if [ -n "$cache" ]; then
  bind "$cache" /var/cache/ccache
  environment+=(CCACHE_DIR=/var/cache/ccache "CCACHE_MAXSIZE=$(cache_size "$cache")")
fi
[ -z "$with" ] || bind "$with" /srv/with
if [ -n "$archives" ]; then
  bind "$archives" /var/cache/apt/archives
fi

for command in "$@"; do
  say "in the root: $command"
  code=0
  inside env -i "${environment[@]}" bash "$PWD/ci/fresh_enter.sh" "$root" "${container:-0}" "$command" "${binds[@]}" || code=$?
  # Nothing is said after a command's own last line, which .ci/run ends with.
  [ $code = 0 ] || exit $code
done
