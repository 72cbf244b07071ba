#!/bin/bash
# SPDX-License-Identifier: MIT
# Copyright (c) 2026 the rdnsgate authors
#
# A step of action.yml: one comment at the pull request, which the next run rewrites. The program gh, which GitHub's
# runners have, writes it with GH_TOKEN. A token that may not, as in a pull request from a fork, is a warning.
set -euo pipefail

mark='<!-- rdnsgate -->'
warn() {
  echo "::warning title=rdnsgate::the pull request gets no comment: $*"
  exit 0
}
number=$(sed -n 's|^refs/pull/\([0-9]*\)/.*|\1|p' <<<"${GITHUB_REF-}")
[ -n "$number" ] || warn "GITHUB_REF names no pull request"
command -v gh >/dev/null || warn "the program gh is not here"

body=$(mktemp)
{
  echo "$mark"
  bash "$(dirname "$0")/summary.sh"
} >"$body"
comments=repos/$GITHUB_REPOSITORY/issues
# That of an earlier run; what a person wrote is left alone.
id=$(gh api --paginate "$comments/$number/comments" --jq ".[] | select(.user.type == \"Bot\" and (.body | startswith(\"$mark\"))) | .id" | head -n 1) ||
  warn "the comments could not be read"
if [ -n "$id" ]; then
  gh api --method PATCH "$comments/comments/$id" --field "body=@$body" >/dev/null || warn "it could not be written"
else
  gh api --method POST "$comments/$number/comments" --field "body=@$body" >/dev/null || warn "it could not be written"
fi
