#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# A step of action.yml: what REPORT, the folder, holds for people, on standard output; less than a comment may have.
set -euo pipefail

most=64000 # of the 65,536 characters of a comment
[ ! -s "$REPORT/report.md" ] || cat "$REPORT/report.md"
if [ -s "$REPORT/plan.md" ]; then
  have=0
  [ ! -s "$REPORT/report.md" ] || have=$(wc -m <"$REPORT/report.md")
  printf '\n<details><summary>What has to change</summary>\n\n'
  if [ $((have + $(wc -m <"$REPORT/plan.md"))) -lt $most ]; then
    cat "$REPORT/plan.md"
  else
    echo "The plan is too long to be shown here: \`rdnsgate plan\` makes it."
  fi
  printf '\n</details>\n'
fi
