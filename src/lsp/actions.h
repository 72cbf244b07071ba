// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/timestamp.h"
#include "lsp/workspace.h"

namespace rdnsgate::lsp {

/// A change of the document that a person may choose.
struct Action {
  std::string title;
  std::string kind;  ///< `quickfix`, or `source.fixAll.rdnsgate` for all of them at once
  std::vector<Edit> edits;
  bool preferred = false;     ///< the one that an editor takes when asked to mend
  std::vector<Mark> mends{};  ///< the diagnostics that it ends
};

/// What can be done about the lines between two positions of a document whose marks are fresh: what `lint
/// --fix` would rewrite there, and a waiver for each finding, good for ninety days from `today`; last, all
/// that `lint --fix` would rewrite in this document. Empty for a text that is no YAML.
std::vector<Action> actions_for(const OpenDocument& document, Position begin, Position end, Time today);

/// What `fmt` would change. Empty for a text that is no YAML, or no inventory.
std::vector<Edit> layout_of(const OpenDocument& document);

}  // namespace rdnsgate::lsp
