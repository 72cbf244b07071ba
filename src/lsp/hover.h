// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>

#include "lsp/workspace.h"

namespace rdnsgate::lsp {

struct Hover {
  std::string markdown;
  Position begin, end;  ///< what it is about
};

/// At the name of a rule its page, at a key what the schema says of it, else the pages of the rules whose
/// findings are marked there; nullopt where there is nothing to say.
std::optional<Hover> hover_at(const OpenDocument& document, Position at);

}  // namespace rdnsgate::lsp
