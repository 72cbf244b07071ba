#!/bin/sh
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# Takes the next step of a rollout with nsupdate, once it is safe, and ends: a pipeline runs it again and again until it
# says "Complete". It can be stopped and started at any time; where the rollout stands is seen in the DNS.
#
#   PLAN      the plan.json that `rdnsgate plan -o` wrote, all of whose zones have `managed_by: nsupdate`
#   STATE     a file that is kept from run to run: since when every name server shows a phase
#   KEY       the TSIG key for nsupdate -k
#   PATIENCE  how long to wait for the next step in this run
#   DONE      a phase that hosts have done what it asks of them; empty for none
#   OPTIONS   more options for rdnsgate rollout, such as --inventory inventory.yaml
#
#Exit : 0 a step was taken, or it is too early, or hosts are to do something, or all is done; \
    1 the DNS no longer matches
#the plan, or does not show the step; 2 wrong usage; 3 it could not be determined.
set -eu

if ! jq -e 'all(.phases[].steps[]; .managed_by == "nsupdate")' "$PLAN" >/dev/null; then
  echo "$PLAN: not every zone of it has managed_by: nsupdate" >&2
  exit 2
fi
work=$(mktemp -d)
trap 'rm -rf "$work"' EXIT

# Options are several words, or none.
# shellcheck disable=SC2086
rollout() {
  command=$1
  shift
  rdnsgate rollout "$command" ${OPTIONS-} "$PLAN" "$@"
}

code=0
rollout status --state "$STATE" ${DONE:+--done "$DONE"} || code=$?
[ "$code" -eq 75 ] || [ "$code" -eq 0 ] || exit "$code"

code=0
# shellcheck disable=SC2086
timeout "$PATIENCE" rdnsgate -q rollout wait ${OPTIONS-} --state "$STATE" --interval "${INTERVAL:-1m}" --format json "$PLAN" \
  >"$work/standing.json" || code=$?
if [ "$code" -eq 124 ]; then
  echo "Too early: the next run goes on."
  exit 0
fi
[ "$code" -eq 0 ] || exit "$code"
[ "$(jq -r .verdict "$work/standing.json")" = ready ] || exit 0

jq -r '.phases[] | select(.state == "next") | .id' "$work/standing.json" >"$work/phases"
rollout next --state "$STATE" >"$work/step"
cat "$work/step"
if ! grep -q '^send' "$work/step"; then
  echo "That is for people. Once it is done, run this with DONE=$(head -n 1 "$work/phases")"
  exit 0
fi
# What hosts do is not seen there: only what changes records is looked at.
jq -r --slurpfile plan "$PLAN" '.phases[] | select(.state == "next") | .id as $id
  | select(any($plan[0].phases[]; .id == $id and (.steps | length) > 0)) | $id' "$work/standing.json" >"$work/records"
# An update that failed or timed out may have been applied or not; the name servers know. Its prerequisites keep it from
# being applied twice, or over what somebody else changed.
sent=0
nsupdate -v -k "$KEY" "$work/step" || sent=$?
while read -r phase; do
  tries=0
  until rollout verify "$phase" </dev/null; do
    tries=$((tries + 1))
    if [ "$tries" -ge "${TRIES:-10}" ]; then
      echo "The step is not seen at every name server; nsupdate ended with $sent. The next run looks again." >&2
      exit 1
    fi
    sleep "${PAUSE:-15}"
  done
done <"$work/records"
