// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <set>
#include <string>
#include <vector>

#include "audit/target.h"
#include "inventory/model/model.h"

namespace rdnsgate::run {

/// What evidence is gathered about.
struct Subjects {
  audit::Target named;  ///< what was meant
  std::set<audit::Target>
      all;  ///< and what hangs on it: of an address its sender, and the zones of its names
  std::vector<inventory::AddressIndex> addresses;  ///< of the inventory, in its order

  /// `named` first, then the others as they are sorted.
  std::vector<audit::Target> list() const;
};

/// Of an address of the inventory, a sender, a zone, a relay, a domain, or a PTR or HELO name. Nothing where it has none of
/// that name.
std::optional<Subjects> find_subjects(const inventory::Inventory& inventory, const std::string& text);

/// Of what a finding is about; always something, if only that.
Subjects subjects_of(const inventory::Inventory& inventory, const audit::Target& target);

/// 4 to 32 hexadecimal digits: the beginning of a fingerprint.
bool may_be_fingerprint(const std::string& text);

}  // namespace rdnsgate::run
