// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "lsp/workspace.h"

namespace rdnsgate::lsp {

/// As CompletionItemKind of LSP 3.17 numbers them.
enum class ProposalKind { property = 10, value = 12, rule = 20, reference = 18 };

/// What could stand at a position: `text` goes in place of what is between `begin` and the position.
struct Proposal {
  std::string label, text;
  ProposalKind kind{};
  Position begin;
  std::string detail, markdown;  ///< may be empty
};

/// Keys and closed sets of values by the schema; rules in `rules`, in waivers and in comments that waive;
/// senders and relays in `via`; what a waiver may target; zones behind the first label of a host name.
/// `names` are those of the whole inventory; those of the document, as it is now, come in addition.
std::vector<Proposal> complete_at(const OpenDocument& document, Position at, const Names& names);

}  // namespace rdnsgate::lsp
