#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# Makes the two container images of ci/Containerfile from the Debian package that ci/package.sh made.
#
#   ci/container.sh [--from=DIR] [--tag=NAME]   NAME:VERSION (without a shell) and NAME:VERSION-shell, with podman, docker
#                                               or buildah, whichever is there (ENGINE=...); NAME is rdnsgate
#   ci/container.sh --test [--from=DIR]         makes both with buildah from a Debian that mmdebstrap makes, so that no
#                                               registry is asked, and tries them; nothing is kept. Takes root, or sudo.
#
# DIR is where ci/package.sh put the package: dist. Exit 69: no image can be made here, and nothing was tried.
set -euo pipefail
cd "$(dirname "$0")/.."

say() { printf 'container: %s\n' "$*"; }
fail() {
  say "FAILED: $*" >&2
  exit 1
}
impossible() {
  say "no image can be made here: $*" >&2
  exit 69
}
. ci/fresh_carry.sh

from=dist tag=rdnsgate test=''
arguments=("$@")
for argument in "$@"; do
  case $argument in
    --from=?*) from=${argument#*=} ;;
    --tag=?*) tag=${argument#*=} ;;
    --test) test=1 ;;
    --help)
      sed -n '5,/^set/{s/^# \{0,1\}//;/^set/!p}' "$0"
      exit 0
      ;;
    *)
      echo "container: there is no option $argument; ci/container.sh --help says what there is" >&2
      exit 2
      ;;
  esac
done
shopt -s nullglob
packages=("$from"/rdnsgate_*.deb)
[ ${#packages[@]} = 1 ] || fail "$from/ has ${#packages[@]} Debian packages, and one is wanted: ci/package.sh makes it"
version=$(dpkg-deb -f "${packages[0]}" Version 2>/dev/null || basename "${packages[0]}" | cut -d_ -f2)

if [ -n "$test" ] && [ "$(id -u)" != 0 ]; then
  command -v sudo >/dev/null || impossible "this is not root, and there is no sudo"
  mapfile -t names < <(carried_variables)
  exec sudo --preserve-env="$(IFS=, && echo "${names[*]}")" HOME="$HOME" "$0" "${arguments[@]}"
fi

work=$(mktemp -d)
engine=()
finish() {
  [ -z "$test" ] || [ ${#engine[@]} = 0 ] || "${engine[@]}" rm --all >/dev/null 2>&1 || true
  rm -rf --one-file-system "$work"
}
trap finish EXIT
mkdir "$work/context"
cp "${packages[@]}" ci/container_root.sh "$work/context/"

# build TARGET TAG [OPTION]...
build() {
  local target=$1 name=$2
  shift 2
  "${engine[@]}" build -f ci/Containerfile --target "$target" -t "$name" --build-arg "VERSION=$version" "$@" "$work/context" \
    >"$work/log" 2>&1 || {
    tail -n 40 "$work/log" >&2
    return 1
  }
}

if [ -z "$test" ]; then
  for program in ${ENGINE:-podman docker buildah}; do
    if command -v "$program" >/dev/null; then
      engine=("$program")
      break
    fi
  done
  [ ${#engine[@]} != 0 ] || impossible "neither podman nor docker nor buildah is here"
  build shell-less "$tag:$version" || fail "$tag:$version"
  build shell "$tag:$version-shell" || fail "$tag:$version-shell"
  say "made $tag:$version and $tag:$version-shell with ${engine[0]}"
  exit
fi

for tool in buildah mmdebstrap; do
  command -v $tool >/dev/null || ci/packages.sh container || impossible "$tool is missing and could not be installed"
done
engine=(buildah --root "$work/storage" --runroot "$work/run" --storage-driver vfs)
isolated=(--isolation chroot)

say "making a Debian 12 to begin with"
carry_machine "$work/carried"
mapfile -t sources < <(machine_sources)
mmdebstrap --quiet --variant=minbase --setup-hook="cp -a '$work/carried/.' \"\$1/\"" bookworm "$work/base.tar" "${sources[@]}" \
  >"$work/log" 2>&1 || {
  tail -n 30 "$work/log" >&2
  impossible "mmdebstrap failed (see above)"
}
container=$("${engine[@]}" from scratch 2>"$work/log") || {
  cat "$work/log" >&2
  impossible "buildah cannot make a container (see above)"
}
"${engine[@]}" add -q "$container" "$work/base.tar" / >/dev/null
"${engine[@]}" commit -q "$container" localhost/debian:bookworm >/dev/null
rm "$work/base.tar"

# Whether a command can run in a container at all: not where this itself is a container without rights.
"${engine[@]}" run "${isolated[@]}" "$container" -- true 2>"$work/log" || {
  cat "$work/log" >&2
  impossible "buildah cannot run a command in a container (see above)"
}

base=(--build-arg BASE=localhost/debian:bookworm --pull=never --network host "${isolated[@]}")
say "making the image with a shell"
build shell localhost/rdnsgate:shell "${base[@]}" || fail "the image with a shell"
say "making the image without one"
build shell-less localhost/rdnsgate:shell-less "${base[@]}" || fail "the image without a shell"

# inside IMAGE COMMAND...: as the image's own user, in its own folder, with the example beside.
inside() {
  local image=$1 made code=0
  shift
  made=$("${engine[@]}" from "localhost/rdnsgate:$image")
  "${engine[@]}" add -q --chown 65532:65532 "$made" inventory.example.yaml /work/inventory.yaml >/dev/null
  "${engine[@]}" add -q --chown 65532:65532 "$made" example /work/example >/dev/null
  "${engine[@]}" run "${isolated[@]}" "$made" -- "$@" >"$work/said" 2>&1 || code=$?
  "${engine[@]}" rm "$made" >/dev/null
  return $code
}

# expect EXIT IMAGE COMMAND...
expect() {
  local expected=$1 image=$2 code=0
  shift
  inside "$@" || code=$?
  [ $code = "$expected" ] || {
    cat "$work/said" >&2
    fail "$*: exit $code, and $expected was expected"
  }
}

for image in shell shell-less; do
  say "trying the image: $image"
  config=$("${engine[@]}" inspect --type image --format '{{.OCIv1.Config.User}} {{.OCIv1.Config.WorkingDir}} {{.OCIv1.Config.Entrypoint}} {{index .OCIv1.Config.Labels "org.opencontainers.image.version"}}' "localhost/rdnsgate:$image")
  [ "$config" = "65532:65532 /work [/usr/bin/rdnsgate] $version" ] || fail "$image: $config"
  expect 0 $image /usr/bin/rdnsgate --version
  ! grep 'not installed' "$work/said" || fail "$image lacks a library"
  expect 0 $image /usr/bin/rdnsgate lint inventory.yaml
  expect 1 $image /usr/bin/rdnsgate check --zone-files example/zones --output sarif=report.sarif inventory.yaml
  expect 0 $image /usr/bin/rdnsgate plan --zone-files example/zones -o change inventory.yaml
  expect 2 $image /usr/bin/rdnsgate schema config --no-such-option
done
expect 0 shell sh -c 'test "$(id -u)" = 65532 && test ! -w /usr/bin/rdnsgate && test -w /work'
for program in sh /bin/sh /bin/bash /usr/bin/env; do
  if inside shell-less "$program" -c true; then fail "the image without a shell runs $program"; fi
done
say "both were made and tried; nothing is kept"
