// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/drill/zone_world.h"

#include <algorithm>
#include <unordered_map>
#include <utility>

#include "dns/delegation/delegation.h"
#include "dns/dnssec/dnssec_records.h"
#include "inventory/model/build.h"
#include "resolve/adapters/panel_at_hand.h"

namespace rdnsgate::run {
namespace {

using dns::RrType;
using dns::VantageKind;

constexpr std::uint32_t usual_rtt_us = 20'000;

std::vector<dns::VantageInfo> vantages_of(const inventory::Inventory& inventory) {
  std::vector<dns::VantageInfo> all;
  for (const auto& one : inventory.vantages) {
    const bool internal = one.view == "internal";
    if (!internal && one.kind != VantageKind::zonefiles && one.kind != VantageKind::replay)
      all.push_back({one.name, one.kind, one.operator_name.empty() ? one.name : one.operator_name, false});
  }
  const auto usual = inventory::default_vantage();
  const bool is_usual = all.size() == 1 && all.front().name == usual.name && all.front().kind == usual.kind;
  // As check does: of an inventory that names none, the name servers are asked as well.
  if (all.empty() || is_usual) all.push_back({"authority", VantageKind::authoritative, "authority", false});
  return all;
}

dns::Exchange exchange_of(dns::AuthorityReply reply, bool over_tcp = false) {
  dns::Exchange exchange;
  exchange.asked = true;
  exchange.edns = dns::Edns::yes;
  exchange.over_tcp = over_tcp;
  exchange.tries = 1;
  exchange.rtt_us = usual_rtt_us;
  exchange.reply = std::move(reply);
  exchange.reply.edns = true;
  return exchange;
}

/// A zone as its own servers give it.
class ZoneServers {
 public:
  ZoneServers(const resolve::ZoneSet& zones, const dns::ZoneFile& zone) : zones_(zones), zone_(zone) {}

  std::shared_ptr<const dns::Delegation> delegation() const {
    auto made = std::make_shared<dns::Delegation>();
    made->surroundings = {{true, true}, {true, true}};
    made->cut.zone = zone_.origin;
    made->cut.parent = zone_.origin.parent();
    const auto* ns = at_apex(RrType::NS);
    for (const auto& rdata : ns != nullptr ? ns->rdata : std::vector<std::string>()) {
      if (auto name = dns::name_in(rdata)) made->cut.servers.push_back(server(std::move(*name)));
    }
    return made;
  }

  bool has_keys() const { return at_apex(RrType::DNSKEY) != nullptr; }

 private:
  const dns::RRset* at_apex(RrType type) const {
    const auto found = std::find_if(zone_.rrsets.begin(), zone_.rrsets.end(), [&](const auto& set) {
      return set.type == type && set.owner == zone_.origin;
    });
    return found == zone_.rrsets.end() ? nullptr : &*found;
  }

  dns::AuthorityReply reply(RrType type) const {
    dns::AuthorityReply said;
    said.authoritative = true;
    const auto* set = at_apex(type);
    said.kind = set != nullptr ? dns::ReplyKind::answer : dns::ReplyKind::nodata;
    if (set == nullptr) {
      if (const auto* soa = at_apex(RrType::SOA)) said.soa = *soa;
      return said;
    }
    said.rrset = *set;
    const auto* signatures = at_apex(RrType::RRSIG);
    for (const auto& rdata : signatures != nullptr ? signatures->rdata : std::vector<std::string>()) {
      const auto read = dns::rrsig_in(rdata);
      if (read && read->covered == type) said.signatures.push_back(rdata);
    }
    return said;
  }

  dns::NameServer server(dns::Name name) const {
    dns::NameServer made;
    made.name = std::move(name);
    made.at_parent = made.at_child = true;
    for (const auto type : {RrType::A, RrType::AAAA}) {
      for (const auto& address : zones_.answer({0, made.name, type}).addresses())
        made.addresses.push_back(report(address));
    }
    made.lookup = made.addresses.empty() ? dns::Lookup::failed : dns::Lookup::found;
    if (made.addresses.empty()) made.lookup_reason = "no zone file has an address for it";
    return made;
  }

  dns::AddressReport report(const IpAddress& address) const {
    dns::AddressReport made;
    made.address = address;
    made.resolved = true;
    made.soa_udp = exchange_of(reply(RrType::SOA));
    made.soa_tcp = exchange_of(reply(RrType::SOA), true);
    made.ns = exchange_of(reply(RrType::NS));
    made.dnskey = exchange_of(reply(RrType::DNSKEY));
    made.aaaa = exchange_of(reply(RrType::AAAA));
    return made;
  }

  const resolve::ZoneSet& zones_;
  const dns::ZoneFile& zone_;
};

/// What each vantage says of a name.
class ZoneWorld {
 public:
  ZoneWorld(resolve::ZoneSet zones, const std::vector<dns::Name>& origins,
            const std::vector<dns::VantageInfo>& vantages, Time now)
      : zones_(std::move(zones)), now_(now) {
    for (const auto& vantage : vantages) kinds_.push_back(vantage.kind);
    for (const auto& origin : origins) {
      const ZoneServers servers(zones_, *zones_.zone(origin));
      cuts_.emplace(origin, Cut{servers.has_keys(), servers.delegation()});
    }
  }

  dns::Fact answer(const dns::Question& question) const {
    auto fact = zones_.answer(question);
    fact.asked_at = now_;
    if (!dns::is_definite(fact.outcome)) return fact;
    fact.from_files = dns::FromFiles::none;
    fact.rtt_us = usual_rtt_us;
    const auto* cut = cut_of(question.name);
    if (cut == nullptr) return fact;
    const auto kind = kinds_[question.vantage];
    fact.authoritative = kind == VantageKind::authoritative;
    if (kind != VantageKind::forward)
      fact.security = cut->has_keys ? dns::Security::secure : dns::Security::insecure;
    fact.authenticated = kind == VantageKind::forward && cut->has_keys;
    const bool is_apex = question.type == RrType::SOA && question.name == cut->delegation->cut.zone;
    if (fact.authoritative && is_apex) fact.delegation = cut->delegation;
    return fact;
  }

 private:
  /// What is the same for every answer of a zone.
  struct Cut {
    bool has_keys = false;
    std::shared_ptr<const dns::Delegation> delegation;
  };

  const Cut* cut_of(dns::Name name) const {
    for (; !name.is_root(); name = name.parent()) {
      if (const auto found = cuts_.find(name); found != cuts_.end()) return &found->second;
    }
    return nullptr;
  }

  resolve::ZoneSet zones_;
  std::vector<VantageKind> kinds_;
  Time now_;
  std::unordered_map<dns::Name, Cut> cuts_;
};

}  // namespace

Result<std::unique_ptr<dns::Panel>> make_zone_world(const std::vector<resolve::ZoneSource>& zones,
                                                    const inventory::Inventory& inventory, Time now) {
  auto set = resolve::ZoneSet::load(zones);
  if (!set) return tl::unexpected(set.error());
  std::vector<dns::Name> origins;
  for (const auto& one : zones) origins.push_back(one.zone.origin);
  auto vantages = vantages_of(inventory);
  const auto world = std::make_shared<const ZoneWorld>(std::move(*set), origins, vantages, now);
  return resolve::make_panel_at_hand(
      std::move(vantages), [world](const dns::Question& question) { return world->answer(question); });
}

}  // namespace rdnsgate::run
