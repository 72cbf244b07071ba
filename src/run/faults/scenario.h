// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <map>
#include <optional>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "base/duration.h"
#include "base/result.h"
#include "dns/facts/fact.h"
#include "report/drill/drill.h"
#include "run/faults/ground.h"

namespace rdnsgate::run {

/// Validators forgive the clocks of others: Unbound up to a day (val-sig-skew-max).
inline constexpr seconds signatures_ended_ago{2 * 86400};

/// What real servers need for it, beside records and name servers that are as the altered answers have them.
struct Staging {
  struct Cached {
    dns::VantageIndex resolver = 0;
    dns::RRset
        records{};  ///< that it has kept of those of their name and type, in place of what the zone has
  };
  struct Slow {
    dns::VantageIndex resolver = 0;
    milliseconds delay{};  ///< of each answer
  };
  std::optional<dns::Name> expired{};  ///< a zone whose signatures ran out, so long ago
  std::optional<Cached> cached{};
  std::optional<Slow> slow{};
  std::string why_not{};  ///< it cannot be played on servers of the DNS; empty: it can

  /// The servers are those from before, and have what they had.
  bool as_before() const { return expired || cached || slow; }
};

/// What happens to a world. Nothing in it differs from the world before but what this says.
struct Fault {
  std::string subject;  ///< what it hits: an address, a zone, a vantage
  std::string happens;  ///< a sentence without a full stop
  /// Questions whose answers may become others; empty: none do.
  std::function<bool(const dns::Question&)> touches{};
  /// Makes such an answer what it is then. May leave it as it is.
  std::function<void(dns::Fact&)> alter{};
  /// What mail servers at these addresses call themselves then.
  std::map<inventory::AddressIndex, dns::Name> said{};
  /// What a person does where no plan fixes it, in this order.
  std::vector<report::DrillStep> steps{};
  /// How long caches show what was wrong once it is right, at worst, and why.
  seconds lingers{};
  std::string lingers_why{};
  /// What is missing where nothing of it is seen; empty where nothing is known to be.
  std::string unseen{};
  Staging staging{};
};

/// Something that happened elsewhere.
struct Scenario {
  std::string_view name;
  std::string_view summary;  ///< what goes wrong
  std::string_view needs;    ///< what the snapshot has to have for it
  /// Hits what is aimed at, or what it chooses, the same each time. An error says why it fits this estate, or that aim, not.
  Result<Fault> (*strike)(const Ground& ground, const Aim& aim);
};

/// In the order in which they are shown; a new one is a file with its function and a line here.
std::span<const Scenario> scenarios();
inline constexpr std::string_view every_scenario = "all";
/// The one of this name, or all of them.
Result<std::vector<const Scenario*>> choose_scenarios(const std::string& wanted);

Result<Fault> lose_ptr(const Ground& ground, const Aim& aim);
Result<Fault> make_secondary_lame(const Ground& ground, const Aim& aim);
Result<Fault> expire_signatures(const Ground& ground, const Aim& aim);
Result<Fault> drop_tcp(const Ground& ground, const Aim& aim);
Result<Fault> keep_stale_record(const Ground& ground, const Aim& aim);
Result<Fault> reset_helo(const Ground& ground, const Aim& aim);
Result<Fault> leak_internal_name(const Ground& ground, const Aim& aim);
Result<Fault> slow_resolver(const Ground& ground, const Aim& aim);

/// Who can change the records of the zone, by the inventory: `noc@hoster.example, who holds 2.0.192.in-addr.arpa`.
std::string who_holds(const Ground& ground, const dns::Name& zone);
/// `192.0.2.10`, `192.0.2.10 and 3 more`.
std::string list_addresses(const Ground& ground, const std::vector<inventory::AddressIndex>& addresses);
/// The name, as no zone file, no cache and no server has it: its top-level domain does not exist.
void deny_by_root(dns::Fact& fact);

}  // namespace rdnsgate::run
