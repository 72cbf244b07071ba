// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "audit/subject/kind.h"
#include "dns/zone/given_zones.h"

namespace rdnsgate::audit {

/// A zone file.
struct ZoneTextCase {
  static constexpr Seen seen = Seen::texts;

  const RunContext& run;
  const Inventory& inventory;
  const ZoneText& text;

  static Span at(const dns::PlacedRecord& record, const dns::TextRange& range) {
    return {record.file, static_cast<std::uint32_t>(range.begin), static_cast<std::uint32_t>(range.end)};
  }
  static Span at(const dns::PlacedRecord& record) { return at(record, record.all); }
};

/// All zone files that were given: one may speak of another.
struct ZoneTextsCase {
  static constexpr Seen seen = Seen::texts;

  const RunContext& run;
  const Inventory& inventory;
  std::span<const ZoneText> texts;
  const dns::GivenZones& zones;  ///< the same, to be asked
};

/// To be asked as long as they stay where they are.
dns::GivenZones given_zones(std::span<const ZoneText> texts);

struct ZoneTextKind {
  using Cases = CaseList<const ZoneTextCase, const ZoneTextsCase>;

  static constexpr TargetKind target = TargetKind::zone;
  static std::span<const ZoneText> items(const RunContext& run) { return run.zone_texts; }
  static std::string id(const ZoneText& text) { return text.zone.origin.text(); }
  static Span at(const ZoneText& text) { return {text.file, 0, 0}; }

  template <typename Judge>
  static void declared(const RunContext& run, const ZoneText& text, const Judge& judge) {
    const ZoneTextCase c{run, *run.inventory, text};
    judge(c);
    if (&text != run.zone_texts.data()) return;
    const auto zones = given_zones(run.zone_texts);
    const ZoneTextsCase all{run, *run.inventory, run.zone_texts, zones};
    judge(all);
  }
};

}  // namespace rdnsgate::audit
