#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# For fresh.sh, in namespaces of its own: makes ROOT the root folder and runs a command line in the clone.
#
#   fresh_enter.sh ROOT CONTAINER COMMAND [FROM:TO]...     FROM is mounted at TO; CONTAINER is 1 for as in a container
set -euo pipefail

root=$1 container=$2 command=$3
shift 3

mount --bind "$root" "$root"
mount -t proc proc "$root/proc"
mount -t sysfs -o ro sysfs "$root/sys" 2>/dev/null || true
mount -t tmpfs -o mode=755,nosuid tmpfs "$root/dev"
for device in null zero full random urandom tty; do
  touch "$root/dev/$device"
  mount --bind "/dev/$device" "$root/dev/$device"
done
mkdir "$root/dev/pts" "$root/dev/shm"
mount -t devpts -o newinstance,ptmxmode=0666,mode=620 devpts "$root/dev/pts"
mount -t tmpfs -o mode=1777,nosuid,nodev tmpfs "$root/dev/shm"
ln -s pts/ptmx "$root/dev/ptmx"
ln -s /proc/self/fd "$root/dev/fd"
for number in 0 1 2; do ln -s "/proc/self/fd/$number" "$root/dev/std$(sed "$((number + 1))!d" <<<$'in\nout\nerr')"; done
for pair in "$@"; do
  mount --bind "${pair%:*}" "$root${pair##*:}"
done

run='cd /srv/rdnsgate && exec bash -c "$1"'
if [ "$container" = 1 ]; then
  # In a chroot the kernel makes no namespace of users, and without CAP_SYS_ADMIN no other one.
  left=chown,dac_override,fowner,fsetid,kill,setgid,setuid,setpcap,net_bind_service,net_raw,sys_chroot,mknod,audit_write,setfcap
  rights="-all,+${left//,/,+}"
  exec chroot "$root" setpriv --bounding-set "$rights" --inh-caps "$rights" bash -c "$run" bash "$command"
fi
cd "$root"
mkdir -p mnt/outside
pivot_root . mnt/outside
umount -l /mnt/outside
exec bash -c "$run" bash "$command"
