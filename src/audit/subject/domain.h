// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/subject/kind.h"

namespace rdnsgate::audit {

/// A domain that mail is sent from. Nothing is judged of one alone.
struct DomainKind {
  using Cases = CaseList<>;

  static constexpr TargetKind target = TargetKind::domain;
  static std::span<const inventory::Domain> items(const RunContext& run) { return run.inventory->domains; }
  static std::string id(const inventory::Domain& domain) { return domain.name.text(); }
  static Span at(const inventory::Domain& domain) { return domain.at; }

  static void mark(Change& change);
  static void spread(Change& change);
};

}  // namespace rdnsgate::audit
