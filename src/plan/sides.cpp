// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/sides.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "dns/serial.h"

namespace rdnsgate::plan {
namespace {

using dns::ReplyKind;

/// The newest that a server of the zone has.
std::optional<std::uint32_t> serial_of(const dns::Cut& cut) {
  std::optional<std::uint32_t> newest;
  for (const auto& server : cut.servers) {
    for (const auto& report : server.addresses) {
      const auto serial = report.serial();
      if (serial && (!newest || dns::is_newer_serial(*serial, *newest))) newest = serial;
    }
  }
  return newest;
}

const dns::NameServer* server_named(const std::vector<dns::NameServer>& servers, const Name& name) {
  const auto found =
      std::find_if(servers.begin(), servers.end(), [&](const auto& server) { return server.name == name; });
  return found == servers.end() ? nullptr : &*found;
}

std::string reason_of(const dns::AuthorityReply& reply) {
  return reply.reason.empty() ? std::string(dns::to_string(reply.failure)) : reply.reason;
}

bool has_no_route(const dns::AddressReport& report) {
  return report.soa_udp.silence == dns::Silence::no_route && report.soa_tcp.silence == dns::Silence::no_route;
}

bool is_closed(const dns::AddressReport& report) {
  return report.soa_udp.silence == dns::Silence::closed && report.soa_tcp.silence == dns::Silence::closed;
}

}  // namespace

std::vector<ParentSide> parent_sides(const dns::Cut& cut) {
  std::vector<ParentSide> all;
  for (const auto& view : cut.parents) {
    const auto& reply = view.ns.reply;
    ParentSide side{fmt::format("{} ({})", view.server.text(), view.address.to_string()), false, {}, {}};
    switch (reply.kind) {
      case ReplyKind::answer:
        if (reply.authoritative) continue;
        side.shows = "an answer without AA";
        break;
      case ReplyKind::referral:
        side.known = reply.referral->zone == cut.zone;
        if (side.known) side.version = Version{reply.referral->ttl, ns_rdata(reply.referral->ns)};
        side.shows = side.known ? std::string() : "a referral to " + reply.referral->zone.text();
        break;
      case ReplyKind::nodata:
      case ReplyKind::nxdomain:
        side.known = reply.authoritative;
        side.shows = "no delegation";
        break;
      case ReplyKind::alias:
        side.shows = "an alias";
        break;
      case ReplyKind::none:
      case ReplyKind::failed:
        side.shows = reason_of(reply);
        break;
    }
    all.push_back(std::move(side));
  }
  return all;
}

ParentState joined_parents(const dns::Cut& cut) {
  ParentState joined;
  const auto spoil = [&joined](std::string why) {
    if (joined.problem.empty()) joined.problem = std::move(why);
  };
  for (const auto& side : parent_sides(cut)) {
    if (!side.known) {
      spoil(fmt::format("the delegation of {} at {}: {}", cut.zone.text(), side.server, side.shows));
    } else if (!side.version) {
      spoil(fmt::format("{} does not delegate {}", side.server, cut.zone.text()));
    } else if (joined.version && joined.version->rdata != side.version->rdata) {
      spoil(fmt::format("the servers of {} do not all delegate {} to the same servers", cut.parent.text(),
                        cut.zone.text()));
    } else {
      const auto ttl = std::max(joined.version ? joined.version->ttl : 0, side.version->ttl);
      joined.version = Version{ttl, side.version->rdata};
      joined.server = side.server;
    }
  }
  if (!joined.version)
    spoil(fmt::format("who holds {} also holds {}: its delegation cannot be seen", cut.parent.text(),
                      cut.zone.text()));
  return joined;
}

Holding holds_zone(const dns::Cut& cut, const Name& server, std::string* shows) {
  std::string unwanted;
  std::string& why = shows == nullptr ? unwanted : *shows;
  const auto* found = server_named(cut.servers, server);
  if (found == nullptr) found = server_named(cut.undelegated, server);
  if (found == nullptr) return why = "not asked", Holding::unknown;
  const auto newest = serial_of(cut);
  bool some = false;
  auto verdict = Holding::yes;
  const auto take = [&](Holding one, const IpAddress& address, const std::string& text) {
    if (verdict != Holding::yes && one == Holding::unknown) return;  // what is certain counts
    verdict = one;
    why = fmt::format("{}: {}", address.to_string(), text);
  };
  for (const auto& report : found->addresses) {
    if (has_no_route(report)) continue;
    some = true;
    const auto& soa = report.soa();
    if (is_closed(report)) {
      take(Holding::no, report.address, "nothing listens there");
    } else if (!soa.replied()) {
      take(Holding::unknown, report.address, reason_of(soa.reply));
    } else if (const auto serial = report.serial(); !serial) {
      take(Holding::no, report.address,
           soa.reply.kind == ReplyKind::failed ? reason_of(soa.reply) : "it does not hold the zone");
    } else if (newest && dns::is_newer_serial(*newest, *serial)) {
      take(Holding::no, report.address, fmt::format("serial {}, and others have {}", *serial, *newest));
    }
  }
  if (some) return verdict;
  const bool none = found->lookup == dns::Lookup::none || found->lookup == dns::Lookup::alias;
  why = none ? "it has no address" : "no address of it could be asked";
  return none ? Holding::no : Holding::unknown;
}

std::vector<std::string> ns_rdata(const std::vector<Name>& servers) {
  std::vector<std::string> all;
  for (const auto& server : servers) all.push_back(dns::rdata_of(server));
  std::sort(all.begin(), all.end());
  return all;
}

bool names_just(const MaybeVersion& ns, const std::vector<Name>& servers) {
  return ns && ns->rdata == ns_rdata(servers);
}

}  // namespace rdnsgate::plan
