// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/subject/path.h"

#include "audit/subject/domain.h"
#include "audit/subject/relay.h"
#include "audit/subject/sender.h"

namespace rdnsgate::audit {

DeclaredPath PathKind::declared_path(const RunContext& run, const inventory::MailPath& path) {
  const Inventory& inventory = *run.inventory;
  const auto* sender = inventory.sender_of(path);
  return {run,
          inventory,
          path,
          inventory.domain_of(path),
          sender,
          inventory.relay_of(path),
          sender == nullptr ? std::span<const Address>() : addresses_of(inventory, *sender)};
}

std::vector<std::string> PathKind::groups(const Inventory& inventory, const inventory::MailPath& path) {
  const auto* sender = inventory.sender_of(path);
  return {DomainKind::id(inventory.domain_of(path)),
          sender != nullptr ? SenderKind::id(*sender) : RelayKind::id(*inventory.relay_of(path))};
}

void PathKind::mark(Change& change) {
  mark_changed<PathKind>(
      change, [](const auto&, const auto&) { return true; }, [](const inventory::MailPath&) {});
}

void PathKind::spread(Change& change) {
  const auto& [touched, now] = std::tie(change.touched, change.now);
  for (std::size_t i = 0; i < now.paths.size(); ++i) {
    const auto& path = now.paths[i];
    const bool is_touched = touched.of(DomainKind::target)[path.domain] != 0 ||
                            (path.sender ? touched.of(SenderKind::target)[*path.sender]
                                         : touched.of(RelayKind::target)[*path.relay]) != 0;
    if (is_touched) change.touched.of(target)[i] = 1;
  }
}

}  // namespace rdnsgate::audit
