// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "dns/facts/vantage.h"
#include "inventory/model/model.h"

namespace rdnsgate::run {

/// What a drill is to hit, where somebody says what.
struct Aim {
  std::string text;  ///< as it was named; empty: a scenario chooses
  std::vector<inventory::AddressIndex> addresses{};
  std::optional<dns::Name> zone{};
  std::optional<dns::VantageIndex> vantage{};

  bool is_given() const { return !text.empty(); }
};

/// An address, a sender, a declared zone with the addresses in it, a PTR or HELO name, or a vantage.
Result<Aim> find_aim(const std::string& text, const inventory::Inventory& inventory,
                     const std::vector<dns::VantageInfo>& vantages);

}  // namespace rdnsgate::run
