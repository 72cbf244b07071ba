// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <array>

#include "base/text/text.h"
#include "run/faults/alter.h"
#include "run/faults/scenario.h"

namespace rdnsgate::run {
namespace {

constexpr std::string_view for_servers =
                               "a vantage that asks the name servers themselves (kind: authoritative)",
                           for_declared_ptr = "an address whose PTR record is the declared one";

constexpr std::array all_scenarios{
    Scenario{"ptr-lost", "the PTR record is gone after the provider moved its zones to another system",
             for_declared_ptr, lose_ptr},
    Scenario{"lame-secondary", "a secondary refuses the zone that is still delegated to it", for_servers,
             make_secondary_lame},
    Scenario{"signatures-expired", "nothing signs the zone any more, and its signatures have run out",
             "a signed zone, and a vantage that validates or asks the name servers themselves",
             expire_signatures},
    Scenario{"tcp-blocked", "a firewall in front of the name servers drops TCP port 53", for_servers,
             drop_tcp},
    Scenario{"stale-cache", "after a renumbering a resolver still has the old address of the host",
             "a vantage with a cache (kind: forward), and a host name that resolves to its address",
             keep_stale_record},
    Scenario{"helo-reset", "a reinstalled mail server says a HELO name that its installer left",
             "an address with a HELO name", reset_helo},
    Scenario{"name-leaked", "the PTR record has the name that the host has inside", for_declared_ptr,
             leak_internal_name},
    Scenario{"resolver-slow", "a resolver takes three seconds for each answer",
             "a resolver among the vantages", slow_resolver},
};

}  // namespace

std::span<const Scenario> scenarios() { return all_scenarios; }

Result<std::vector<const Scenario*>> choose_scenarios(const std::string& wanted) {
  std::vector<const Scenario*> chosen;
  std::vector<std::string_view> names{every_scenario};
  for (const auto& scenario : all_scenarios) {
    names.push_back(scenario.name);
    if (wanted == every_scenario || wanted == scenario.name) chosen.push_back(&scenario);
  }
  if (!chosen.empty()) return chosen;
  const auto near = closest(wanted, names);
  return fail(fmt::format("there is no scenario \"{}\"", wanted),
              near.empty() ? "rdnsgate drill list has them" : fmt::format("did you mean \"{}\"?", near));
}

std::string who_holds(const Ground& ground, const dns::Name& name) {
  const auto* zone = ground.inventory().zone_of(name);
  if (zone == nullptr) return fmt::format("who holds {}", name.text());
  if (!zone->contact.empty()) return fmt::format("{}, for {}", zone->contact, zone->name.text());
  if (!zone->owner.empty()) return fmt::format("{}, for {}", zone->owner, zone->name.text());
  return fmt::format("who holds {} ({})", zone->name.text(), inventory::to_string(zone->managed_by));
}

std::string list_addresses(const Ground& ground, const std::vector<inventory::AddressIndex>& addresses) {
  const auto first = ground.inventory().addresses[addresses.front()].ip.to_string();
  return addresses.size() == 1 ? first : fmt::format("{} and {} more", first, addresses.size() - 1);
}

void deny_by_root(dns::Fact& fact) {
  if (!dns::is_definite(fact.outcome)) deny(fact, made_soa(dns::Name()));
}

}  // namespace rdnsgate::run
