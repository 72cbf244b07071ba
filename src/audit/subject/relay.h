// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/subject/kind.h"

namespace rdnsgate::audit {

/// Somebody else's servers that mail leaves through. Nothing is judged of one alone.
struct RelayKind {
  using Cases = CaseList<>;

  static constexpr TargetKind target = TargetKind::relay;
  static std::span<const inventory::Relay> items(const RunContext& run) { return run.inventory->relays; }
  static std::string id(const inventory::Relay& relay) { return relay.name; }
  static Span at(const inventory::Relay& relay) { return relay.at; }

  static void mark(Change& change);
};

}  // namespace rdnsgate::audit
