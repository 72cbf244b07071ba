// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/outside.h"

#include <optional>

namespace rdnsgate::audit {
namespace {

// Of an address: the /24, and the /64.
constexpr std::size_t labels_of_v4_zone = 5, labels_of_v6_zone = 18;

/// What a zone of nobody's is called by: the block of an address, and of a host the name above it.
dns::Name likely_zone(const dns::Name& name) {
  std::optional<dns::Name> at = name;
  if (const auto address = dns::address_of_reverse(name)) {
    const std::size_t labels = address->is_v4() ? labels_of_v4_zone : labels_of_v6_zone;
    while (at->label_count() > labels) at = at->parent();
  } else if (name.label_count() > 2) {
    at = name.parent();
  }
  return *at;
}

}  // namespace

void Outside::add(const dns::Fact& fact) {
  ++questions_;
  const auto aliases = fact.aliases();
  const auto& name = aliases.empty() ? fact.question.name : aliases.back().target;
  const auto* zone = inventory_.zone_of(name);
  zones_.insert((zone != nullptr ? zone->name : likely_zone(name)).text());
}

NotInGate Outside::take() {
  return {questions_, {targets_.begin(), targets_.end()}, {zones_.begin(), zones_.end()}};
}

}  // namespace rdnsgate::audit
