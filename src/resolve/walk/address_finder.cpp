// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/walk/address_finder.h"

#include <fmt/format.h>

#include <algorithm>

namespace rdnsgate::resolve {
namespace {

using dns::Lookup;
using dns::Name;
using dns::ReplyKind;
using dns::RrType;

constexpr std::size_t most_nested = 5;  // names that are looked for because of another name
constexpr std::size_t most_steps = 32;  // zone cuts above one name
constexpr std::size_t asked_at_once = 2, most_addresses = 8;
constexpr std::size_t most_servers_tried = 4;  // of a zone without glue

FoundAddresses ended(Lookup lookup, std::string reason) { return {lookup, {}, std::move(reason)}; }

}  // namespace

std::vector<IpAddress> accepted_glue(const dns::Referral& referral, const Name& server, const Name& speaker) {
  std::vector<IpAddress> addresses;
  if (!server.is_within(speaker)) return addresses;
  for (const auto& glue : referral.glue) {
    if (glue.owner == server) addresses.push_back(glue.address);
  }
  std::sort(addresses.begin(), addresses.end());
  return addresses;
}

Name AddressFinder::deepest_known(const Name& name) const {
  Name zone = name;
  while (!zone.is_root() && known_.count(zone) == 0) zone = zone.parent();
  return zone;
}

const FoundAddresses& AddressFinder::find(const Name& name) {
  if (const auto known = done_.find(name); known != done_.end()) return known->second;
  static const FoundAddresses loop = ended(Lookup::loop, "its address is needed to find its address");
  static const FoundAddresses nested = ended(Lookup::loop, "too many names are needed to find its address");
  if (std::find(under_way_.begin(), under_way_.end(), name) != under_way_.end()) return loop;
  if (under_way_.size() == most_nested) return nested;
  under_way_.push_back(name);
  auto found = walk(name);
  under_way_.pop_back();
  // A loop that was met on the way to this name need be none on the way to that one.
  if (under_way_.empty())
    std::erase_if(done_, [](const auto& it) { return it.second.lookup == Lookup::loop; });
  return done_.insert_or_assign(name, std::move(found)).first->second;
}

FoundAddresses AddressFinder::walk(const Name& name) {
  Name zone = deepest_known(name);
  FoundAddresses found;
  for (std::size_t i = 0; i < most_steps; ++i) {
    const auto next = step(zone, name, found);
    if (next.over) return found;
    zone = next.next;
  }
  return ended(Lookup::failed, "too many zone cuts above the name");
}

/// Asks the servers of one zone, a few at a time, until one says something that leads on.
AddressFinder::Step AddressFinder::step(const Name& zone, const Name& name, FoundAddresses& found) {
  const auto servers = known_[zone];
  found = ended(Lookup::failed, fmt::format("no server of {} gave an answer", zone.text()));
  for (std::size_t at = 0; at < servers.size(); at += asked_at_once) {
    std::vector<AuthorityQuery> queries;
    for (std::size_t i = at; i < std::min(at + asked_at_once, servers.size()); ++i) {
      queries.push_back({servers[i], name, RrType::A});
      queries.push_back({servers[i], name, RrType::AAAA});
    }
    const auto exchanges = client_.ask(queries);
    for (std::size_t i = 0; i + 1 < exchanges.size(); i += 2) {
      Step step;
      if (read(zone, name, exchanges[i].reply, exchanges[i + 1].reply, found, step)) return step;
    }
    if (client_.exhausted()) break;
  }
  return {true, {}};
}

/// What one server says; false where it says nothing that can be used.
bool AddressFinder::read(const Name& zone, const Name& name, const dns::AuthorityReply& a,
                         const dns::AuthorityReply& aaaa, FoundAddresses& found, Step& step) {
  step.over = true;
  if (a.kind == ReplyKind::referral) {
    const auto& referral = *a.referral;
    if (referral.zone == zone || !referral.zone.is_within(zone) || !name.is_within(referral.zone))
      return false;
    auto addresses = addresses_of(referral, zone, found);
    if (addresses.empty()) return true;  // `found` says why
    known_[referral.zone] = std::move(addresses);
    step = {false, referral.zone};
    return true;
  }
  if (!a.authoritative) return false;
  if (a.kind == ReplyKind::alias) {
    found = ended(Lookup::alias, "");
    return true;
  }
  if (a.kind == ReplyKind::nxdomain) {
    found = ended(Lookup::none, fmt::format("{} does not exist", name.text()));
    return true;
  }
  std::vector<IpAddress> addresses;
  bool both = true;
  for (const auto* reply : {&a, &aaaa}) {
    const bool is_there = reply->kind == ReplyKind::answer;
    both = both && reply->authoritative && (is_there || reply->kind == ReplyKind::nodata);
    if (!is_there || !reply->authoritative) continue;
    for (const auto& rdata : reply->rrset->rdata) {
      const auto address = dns::server_address(rdata);
      if (address && addresses.size() < most_addresses) addresses.push_back(*address);
    }
  }
  if (!addresses.empty()) {
    std::sort(addresses.begin(), addresses.end());
    found = {Lookup::found, std::move(addresses),
             both ? ""
                  : fmt::format("{} of its addresses could not be asked for",
                                aaaa.kind == ReplyKind::answer ? "A" : "AAAA")};
    return both;  // a server that was asked for one half in vain is no reason to believe that there is none
  }
  // Only both answers together say that there is no address.
  if (a.kind != ReplyKind::nodata || aaaa.kind != ReplyKind::nodata || !aaaa.authoritative) return false;
  found = ended(Lookup::none, fmt::format("{} has no A and no AAAA record", name.text()));
  return true;
}

/// Where a referral leads: its glue, or the addresses of its servers' names.
std::vector<IpAddress> AddressFinder::addresses_of(const dns::Referral& referral, const Name& speaker,
                                                   FoundAddresses& found) {
  std::vector<IpAddress> addresses;
  for (const auto& server : referral.ns) {
    for (const auto& address : accepted_glue(referral, server, speaker)) {
      if (addresses.size() < most_addresses) addresses.push_back(address);
    }
  }
  std::size_t tried = 0;
  found = ended(Lookup::failed, fmt::format("no server of {} has an address", referral.zone.text()));
  for (const auto& server : referral.ns) {
    if (!addresses.empty() || tried == most_servers_tried || client_.exhausted()) break;
    if (server.is_within(referral.zone)) continue;  // without glue it leads nowhere
    ++tried;
    const auto& through = find(server);
    addresses = through.addresses;
    if (through.lookup == Lookup::loop) found = through;
  }
  return addresses;
}

}  // namespace rdnsgate::resolve
