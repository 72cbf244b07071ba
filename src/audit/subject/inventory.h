// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <unordered_set>

#include "audit/subject/kind.h"

namespace rdnsgate::audit {

/// The file itself, and all that is in it.
struct InventoryCase {
  static constexpr Seen seen = Seen::offline;

  const RunContext& run;
  const Inventory& inventory;
};

/// The inventory beside what it was.
struct SuccessionCase {
  static constexpr Seen seen = Seen::earlier;

  const RunContext& run;
  const Inventory& inventory;
  const Inventory& earlier;
};

/// All names of an inventory. Gathered late: few subjects are asked about anything but themselves, and it
/// costs as much as the inventory.
class InventoryNames {
 public:
  explicit InventoryNames(const Inventory& inventory) : inventory_(inventory) {}
  bool contains(const dns::Name& name);

 private:
  const Inventory& inventory_;
  std::unordered_set<dns::Name> names_;
};

struct InventoryKind {
  using Cases = CaseList<const InventoryCase, const SuccessionCase>;

  static constexpr TargetKind target = TargetKind::inventory;
  static std::span<const Inventory> items(const RunContext& run) { return {run.inventory, 1}; }
  static std::string id(const Inventory& inventory) { return inventory.path; }
  static Span at(const Inventory& inventory) { return inventory.top; }

  template <typename Judge>
  static void declared(const RunContext& run, const Inventory& inventory, const Judge& judge) {
    const InventoryCase c{run, inventory};
    judge(c);
    if (run.earlier == nullptr) return;
    const SuccessionCase succession{run, inventory, *run.earlier};
    judge(succession);
  }
};

}  // namespace rdnsgate::audit
