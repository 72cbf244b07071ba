// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// PTR records of addresses that the inventory does not speak of: all of them where a zone's file is at hand, and of a
// zone that is asked, those that a bounded search finds.
#include <algorithm>
#include <map>

#include "inventory/classless_block.h"
#include "rules/denial.h"
#include "rules/ptr/claimed.h"
#include "rules/ptr/rules.h"

namespace rdnsgate::rules {
namespace {

using dns::Name;
using dns::RrType;

/// At a vantage, of a zone: enough for a /24, and for some hosts of an IPv6 zone.
constexpr std::size_t most_questions = 1024;

Name label_of(std::string_view text) { return Name::parse(text).value(); }

/// What may stand in front of a reverse name, and how many labels are missing until it is that of an address.
struct Below {
  std::vector<Name> labels;
  std::size_t depth = 0;
};

Below below(const Name& zone) {
  constexpr std::size_t v4 = 6, v6 = 34;
  Below found;
  const auto labels = zone.labels();
  const auto octets = [&](unsigned first, unsigned last) {
    for (auto octet = first; octet <= last; ++octet) found.labels.push_back(label_of(std::to_string(octet)));
  };
  const auto block = labels.size() == v4 ? inventory::classless_block(labels.front()) : std::nullopt;
  const bool is_v6 = labels.size() >= 2 && labels[labels.size() - 2] == "ip6";
  if (block) {
    octets(block->first, block->last);
    found.depth = 1;
  } else if (is_v6) {
    for (const char digit : std::string_view("0123456789abcdef"))
      found.labels.push_back(label_of({&digit, 1}));
    found.depth = v6 - std::min(v6, labels.size());
  } else {
    octets(0, 255);
    found.depth = v4 - std::min(v4, labels.size());
  }
  return found;
}

/// Goes down from the apex, level by level: below a name that does not exist there is nothing (RFC 8020).
class Sweep {
 public:
  explicit Sweep(const audit::ZoneCase& c) : c_(c), claimed_(c.inventory), below_(below(c.zone.name)) {}

  /// False while an answer is missing.
  bool run() {
    std::vector<Name> level{c_.zone.name};
    for (auto depth = below_.depth; depth > 0 && !level.empty(); --depth) {
      keep_affordable(level, depth);
      std::vector<Name> next;
      if (!look_below(level, depth == 1, next)) return false;
      level = std::move(next);
    }
    return true;
  }

  std::vector<IpAddress> orphans{};
  bool cut = false;                    ///< some names were not looked at
  const dns::Fact* unknown = nullptr;  ///< the first question without a usable answer

 private:
  /// So many that a few of them can be followed to their addresses.
  void keep_affordable(std::vector<Name>& level, std::size_t depth) {
    const auto most = std::max<std::size_t>(1, left_ / (below_.labels.size() * depth));
    if (level.size() <= most) return;
    cut = true;
    level.resize(most);
  }

  bool look_below(const std::vector<Name>& level, bool is_last, std::vector<Name>& next) {
    bool complete = true;
    for (const auto& parent : level) {
      for (const auto& child_label : below_.labels) {
        const auto child = child_label.under(parent);
        if (!child || c_.inventory.zone_of(*child) != &c_.zone) continue;
        if (left_ == 0) {
          cut = true;
          return complete;
        }
        --left_;
        const auto* fact = c_.ask(*child, RrType::PTR);
        complete = complete && fact != nullptr;
        if (fact != nullptr) look(*child, *fact, is_last, next);
      }
    }
    return complete;
  }

  void look(const Name& name, const dns::Fact& fact, bool is_last, std::vector<Name>& next) {
    if (is_unknown(fact)) {
      if (unknown == nullptr) unknown = &fact;
      return;
    }
    // What an alias leads to is another zone's, and a record above the addresses is a wildcard's.
    if (!fact.aliases().empty()) return;
    const bool exists = dns::is_positive(fact.outcome);
    if (!is_last && !exists && fact.outcome == dns::Outcome::nodata) next.push_back(name);
    const auto ip = is_last && exists ? address_at(name) : std::nullopt;
    if (ip && !claimed_.has(*ip)) orphans.push_back(*ip);
  }

  const audit::ZoneCase& c_;
  Claimed claimed_;
  Below below_;
  std::size_t left_ = most_questions;
};

/// A record that the zone answers with.
bool gives_out(const dns::GivenZones& zones, const audit::ZoneText& text, const dns::PlacedRecord& record) {
  return zones.zone_of(record.owner) == &text.zone &&
         zones.look_up_in(text.zone, record.owner, record.type).kind == dns::ZoneReply::Kind::records;
}

struct InTexts {
  std::vector<IpAddress> orphans;
  Span first;
};

}  // namespace

void judge_ptr_orphan(audit::ZoneCase& c, audit::Findings& findings) {
  const auto* soa = c.zone.sweep && dns::is_positive(c.soa.outcome) ? c.soa.rrset() : nullptr;
  if (soa == nullptr || soa->owner != c.zone.name) return;
  Sweep sweep(c);
  if (!sweep.run()) return;
  if (sweep.unknown != nullptr) say_unknown(findings, *sweep.unknown);
  if (sweep.orphans.empty() && !sweep.cut) return;
  audit::Args args{.values = values_of_orphans(std::move(sweep.orphans))};
  if (sweep.cut) {
    args.wording = args.values.front().value == audit::Value(std::uint64_t{0}) ? "none-so-far" : "so-far";
    args.values.emplace_back("limit", most_questions);
  }
  findings.add(std::move(args));
}

void judge_texts_ptr_orphan(const audit::ZoneTextsCase& c, audit::Findings& findings) {
  const Claimed claimed(c.inventory);
  std::map<std::string, InTexts> found;  // by declared zone
  for (const auto& text : c.texts) {
    for (const auto& record : text.records) {
      if (record.type != RrType::PTR) continue;
      const auto ip = address_at(record.owner);
      if (!ip || claimed.has(*ip)) continue;
      const auto* zone = c.inventory.zone_of(record.owner);
      if (zone == nullptr || !gives_out(c.zones, text, record)) continue;
      auto& here =
          found.try_emplace(zone->name.text(), InTexts{{}, audit::ZoneTextCase::at(record)}).first->second;
      here.orphans.push_back(*ip);
    }
  }
  for (auto& [zone, here] : found) {
    findings.add({.values = values_of_orphans(std::move(here.orphans)),
                  .target = audit::Target{audit::TargetKind::zone, zone},
                  .at = here.first});
  }
}

}  // namespace rdnsgate::rules
