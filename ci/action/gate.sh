#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# A step of action.yml: lints and checks, writes the reports, and says in GITHUB_OUTPUT how it ended. It fails where
# nothing could be judged for want of rdnsgate; what was found is for the last step to fail on, when all is shown.
set -euo pipefail

command -v rdnsgate >/dev/null || {
  echo "::error title=rdnsgate::there is no rdnsgate here: name its package, or run in an image that has it"
  exit 2
}
report=$(mktemp -d "${RUNNER_TEMP:-/tmp}/rdnsgate.XXXXXX")

# lines TEXT: its lines but for empty ones, with blanks at the ends taken off.
lines() { sed 's/^[[:space:]]*//; s/[[:space:]]*$//; /^$/d' <<<"$1"; }

# A pull request is judged with the configuration of the branch that it goes to: its own could turn the gate off.
config=()
[ -z "${GITHUB_BASE_REF-}" ] || config=(--config-from "origin/$GITHUB_BASE_REF")
zones=()
while read -r path; do zones+=(--zone-files "$path"); done < <(lines "${ZONES-}")
# Zones that somebody else holds, as they are: without, they are not in the gate.
[ -z "${OVER-}" ] || [ ${#zones[@]} = 0 ] || zones+=(--over "$OVER")
common=(--fail-on "$FAIL_ON")
[ -z "${BASELINE-}" ] || common+=(--baseline "$BASELINE")
mapfile -t more < <(lines "${ARGS-}")
mapfile -t plan_more < <(lines "${PLAN_ARGS-}")

lint=0 check=0
rdnsgate "${config[@]}" lint --format github "${common[@]}" --output "markdown=$report/lint.md" -- "$INVENTORY" || lint=$?
if [ $lint -lt 2 ]; then
  rdnsgate "${config[@]}" check --format github "${common[@]}" --inconclusive "$INCONCLUSIVE" "${zones[@]}" "${more[@]}" \
    --output "json=$report/report.json" --output "sarif=$report/report.sarif" --output "junit=$report/report.xml" \
    --output "markdown=$report/report.md" -- "$INVENTORY" || check=$?
fi
# What of it is worse: a wrong inventory or a bug, then findings, then what is not known.
code=$lint
for one in $check; do
  case $code/$one in
    0/*) code=$one ;;
    1/2 | 1/4 | 3/1 | 3/2 | 3/4) code=$one ;;
  esac
done
[ -s "$report/report.md" ] || cp "$report/lint.md" "$report/report.md" 2>/dev/null || true
rm -f "$report/lint.md"

if [ "$PLAN" = true ] && [ "$code" != 2 ] && [ "$code" != 4 ]; then
  rdnsgate "${config[@]}" plan --format markdown "${zones[@]}" "${plan_more[@]}" -- "$INVENTORY" >"$report/plan.md" 2>"$report/plan.log" || {
    # Why there is none is worth knowing, and no reason to fail a second time.
    rm -f "$report/plan.md"
    sed 's/^/plan: /' "$report/plan.log"
  }
fi

# count KEY: of the summary; text from elsewhere cannot look like a key, as its quotes are escaped.
count() { grep -o "\"$1\": *[0-9]*" "$report/report.json" 2>/dev/null | head -n 1 | grep -o '[0-9]*$' || echo 0; }
case $code in
  0) verdict=pass ;;
  1) verdict=fail ;;
  3) verdict=inconclusive ;;
  *) verdict=unusable ;;
esac
{
  echo "exit-code=$code"
  echo "verdict=$verdict"
  echo "errors=$(count errors)"
  echo "warnings=$(count warnings)"
  echo "report=$report"
} >>"$GITHUB_OUTPUT"
