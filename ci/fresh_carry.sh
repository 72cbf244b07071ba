# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
# shellcheck shell=bash
#
# For fresh.sh: what of this machine an empty root needs to fetch packages as this machine does. Sourced, never run.

# The names of the variables that say how the network is reached. What is not set is not named.
carried_variables() {
  compgen -e | grep -iE '^((http|https|ftp|all|no)_proxy|npm_config_.*|SSL_CERT_FILE|NODE_EXTRA_CA_CERTS|CI)$' || true
}

# The files of the machine's package sources. Those of another release are of no use: mmdebstrap then takes Debian's own.
machine_sources() {
  local file
  [ "$(. /etc/os-release && echo "${VERSION_CODENAME-}")" = bookworm ] || return 0
  for file in /etc/apt/sources.list /etc/apt/sources.list.d/*.list /etc/apt/sources.list.d/*.sources; do
    if [ -s "$file" ]; then echo "$file"; fi
  done
}

# carry STAGE PATH...: copies what is there to the same place below the stage.
carry() {
  local stage=$1 path
  shift
  for path in "$@"; do
    [ -e "$path" ] || continue
    mkdir -p "$stage$(dirname "$path")"
    cp -aL "$path" "$stage$(dirname "$path")/"
  done
}

# Absolute paths of files in a text: certificates and keys that settings name.
named_files() { grep -ohE '/[^"'"'"' ,;]+' "$@" 2>/dev/null | while read -r path; do [ ! -f "$path" ] || echo "$path"; done; }

carry_apt() {
  local stage=$1 settings=$1/etc/apt/apt.conf.d/99-this-machine keys
  mkdir -p "$(dirname "$settings")"
  # Settings of other programs' hooks and of what apt installs are the machine's own affair.
  apt-config dump 2>/dev/null | grep '^Acquire::' | grep -vE '^Acquire::(IndexTargets|Changelogs|cdrom)' >"$settings" || true
  mapfile -t keys < <(named_files "$settings"; grep -hoE '/[^] ]+\.(gpg|asc)' $(machine_sources) /dev/null)
  carry "$stage" /etc/apt/auth.conf /etc/apt/auth.conf.d /etc/apt/preferences /etc/apt/preferences.d /etc/apt/keyrings \
    /etc/apt/trusted.gpg /etc/apt/trusted.gpg.d "${keys[@]}"
}

carry_npm() {
  local stage=$1 file files=()
  if [ -f "$HOME/.npmrc" ]; then install -D -m 600 "$HOME/.npmrc" "$stage/root/.npmrc"; fi
  carry "$stage" /etc/npmrc /usr/etc/npmrc /usr/local/etc/npmrc
  for file in "${npm_config_userconfig-}" "${NPM_CONFIG_USERCONFIG-}" "${npm_config_globalconfig-}" "${NPM_CONFIG_GLOBALCONFIG-}"; do
    [ -z "$file" ] || carry "$stage" "$(realpath "$file")"
  done
  mapfile -t files < <(named_files "$HOME/.npmrc" /etc/npmrc /usr/etc/npmrc /usr/local/etc/npmrc)
  carry "$stage" "${files[@]}"
}

carry_machine() {
  local stage=$1 variable
  mkdir -p "$stage"
  carry_apt "$stage"
  carry_npm "$stage"
  carry "$stage" /etc/ssl/certs/ca-certificates.crt /usr/local/share/ca-certificates /etc/resolv.conf /etc/hosts
  for variable in SSL_CERT_FILE NODE_EXTRA_CA_CERTS npm_config_cafile NPM_CONFIG_CAFILE; do
    [ -z "${!variable-}" ] || carry "$stage" "${!variable}"
  done
}

# Where ccache keeps its files here, and how much that may be: a ccache in the root that did not know would clear it away.
default_cache() {
  ccache -k cache_dir 2>/dev/null || echo "${CCACHE_DIR:-${XDG_CACHE_HOME:-$HOME/.cache}/ccache}"
}
# With CCACHE_DIR it reads its settings there and not in the home, where those of the default folder stand.
cache_size() {
  local folder=()
  [ "$1" = "$(default_cache)" ] || folder=("CCACHE_DIR=$1")
  env "${folder[@]}" ccache -k max_size 2>/dev/null || echo "${CCACHE_MAXSIZE:-5G}"
}

# Git only reads a checkout that is the caller's own, and with sudo it is not.
as_owner() {
  local owner
  owner=$(stat -c %u .)
  if [ "$owner" = "$(id -u)" ]; then "$@"; else GIT_CONFIG_COUNT=1 GIT_CONFIG_KEY_0=safe.directory GIT_CONFIG_VALUE_0='*' "$@"; fi
}
