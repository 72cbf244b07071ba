// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <chrono>
#include <cstdint>
#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "base/text/source.h"
#include "dns/zone/zone_file.h"
#include "inventory/model/model.h"

namespace rdnsgate::audit {

using inventory::Address;
using inventory::Inventory;
using inventory::Sender;

class AsTable;      // audit/as_table.h
class Banners;      // audit/heard/banners.h
class Probes;       // audit/heard/probes.h
class StsPolicies;  // audit/heard/sts_policies.h
struct Touched;     // audit/touched.h

/// A zone as files have it, for the rules that judge the files themselves.
struct ZoneText {
  dns::ZoneFile zone;
  FileId file{};
  std::vector<dns::PlacedRecord> records;  ///< in the file's order
  std::optional<dns::ZoneFile> earlier;    ///< as it was before the change; nullopt where that is not known
  bool octodns = false;  ///< its format: the records have their owner, type, data and place, and no more
};

/// One of the runs that judge an inventory together, each a share of its subjects.
struct Shard {
  std::uint32_t number = 1, of = 1;  ///< from 1
  bool operator==(const Shard&) const = default;
};

/// What every rule may know of the run.
struct RunContext {
  const Inventory* inventory = nullptr;
  Time now{};
  const AsTable* as_table = nullptr;  ///< what the inventory configures; else nullptr
  const Banners* banners = nullptr;   ///< what mail servers said, where somebody asked; nullptr: not known
  const Probes* probes = nullptr;     ///< what receivers said, where somebody asked; nullptr: not known
  const StsPolicies* sts_policies =
      nullptr;                             ///< what was fetched, where that was asked for; nullptr: not known
  const Inventory* earlier = nullptr;      ///< as it was before the change; nullptr: not known
  std::span<const ZoneText> zone_texts{};  ///< the files that are judged as files
  std::string_view
      earlier_texts_failure{};       ///< why some were not read as they were before; empty: nothing is wrong
  /// Until the next run of the same kind is over, at the latest: what runs out before is judged now. Zero: not known.
  std::chrono::seconds until_next{};
  const Touched* touched = nullptr;  ///< nothing else is judged; nullptr: everything is
  std::optional<Shard> shard{};      ///< what is of others is not judged; nullopt: there are none
};

}  // namespace rdnsgate::audit
