// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/walk/cut_inspector.h"

#include <algorithm>
#include <set>

#include "dns/delegation/trust.h"
#include "resolve/walk/cut_batch.h"

namespace rdnsgate::resolve {
namespace {

using dns::AddressReport;
using dns::Cut;
using dns::Lookup;
using dns::Name;
using dns::NameServer;
using dns::ReplyKind;
using dns::RrType;

// Of a cut that is only passed: one address of each family, and servers enough that some are up.
constexpr std::size_t passing_servers = 4, passing_addresses = 2;
// Of the root: one may be silent.
constexpr std::size_t keys_of_root = 2;

// How long secondaries are given to take over a new version, in steps (WalkOptions).
constexpr int settle_steps = 3;

/// The addresses that hold the cut's zone.
std::vector<IpAddress> authorities_of(const Cut& cut) {
  std::vector<IpAddress> authorities;
  each_address(cut, [&](const NameServer&, const AddressReport& report) {
    if (report.is_authoritative()) authorities.push_back(report.address);
  });
  return authorities;
}

/// Not every address that holds the zone has the same version of it.
bool serials_differ(const Cut& cut) {
  std::set<std::uint32_t> serials;
  each_address(cut, [&](const NameServer&, const AddressReport& report) {
    if (const auto serial = report.serial()) serials.insert(*serial);
  });
  return serials.size() > 1;
}

AuthorityQuery ds_query(const dns::ParentView& view, const Cut& cut) {
  return {.server = view.address, .name = cut.zone, .type = RrType::DS, .keep = true};
}

/// The NS records that a view or a server of the zone itself gives.
std::vector<Name> names_of(const dns::AuthorityReply& reply, const Name& zone) {
  if (reply.kind == ReplyKind::referral && reply.referral->zone == zone) return reply.referral->ns;
  std::vector<Name> names;
  if (reply.kind != ReplyKind::answer || !reply.authoritative) return names;
  for (const auto& rdata : reply.rrset->rdata) names.push_back(dns::name_in(rdata).value());
  return names;
}

}  // namespace

Cut CutInspector::inspect_root(const std::vector<dns::RootServer>& hints, Effort effort) {
  effort_ = effort;
  Cut cut;
  for (const auto& root : hints) {
    auto* server = add_server(cut, root.name);
    if (server == nullptr) continue;
    for (const auto& address : root.addresses) add_address(*server, address, &AddressReport::from_hints);
  }
  ask_servers(cut);
  ask_keys(cut, keys_of_root);
  learn(cut);
  return cut;
}

Cut CutInspector::inspect(const Name& zone, const Cut& parent, Effort effort) {
  effort_ = effort;
  beyond_.clear();
  Cut cut;
  cut.zone = zone;
  cut.parent = parent.zone;
  ask_parents(cut, parent);
  add_delegated(cut);
  for (auto& server : cut.servers) find_addresses(cut, server);
  ask_servers(cut);
  if (effort_ == Effort::full) {
    add_own(cut);
    ask_own_addresses(cut);
    let_settle(cut);
    ask_declared(cut);
    ask_signing(cut);
    probe(cut);
  } else {
    ask_chain(cut, parent);
  }
  learn(cut);
  return cut;
}

void CutInspector::ask_parents(Cut& cut, const Cut& parent) {
  each_address(parent, [&](const NameServer& server, const AddressReport& report) {
    if (report.is_authoritative()) cut.parents.push_back({server.name, report.address, {}, {}});
  });
  Batch batch;
  for (auto& view : cut.parents) {
    batch.add({.server = view.address, .name = cut.zone, .type = RrType::NS, .keep = true}, view.ns);
    if (effort_ == Effort::full) batch.add(ds_query(view, cut), view.ds);
  }
  batch.ask(client_);
}

/// The servers that the parent names, with the addresses that it gives.
void CutInspector::add_delegated(Cut& cut) {
  std::set<Name> foreign;
  for (const auto& view : cut.parents) {
    const auto& reply = view.ns.reply;
    for (const auto& name : names_of(reply, cut.zone)) {
      auto* server = add_server(cut, name);
      if (server == nullptr) continue;
      server->at_parent = true;
      if (!reply.referral) continue;
      for (const auto& address : accepted_glue(*reply.referral, name, cut.parent)) {
        if (std::find(server->glue.begin(), server->glue.end(), address) == server->glue.end())
          server->glue.push_back(address);
        add_address(*server, address, &AddressReport::from_glue);
      }
    }
    if (!reply.referral) continue;
    for (const auto& glue : reply.referral->glue) {
      if (!glue.owner.is_within(cut.parent)) foreign.insert(glue.owner);
    }
  }
  for (auto& server : cut.servers) std::sort(server.glue.begin(), server.glue.end());
  cut.foreign_glue.assign(foreign.begin(), foreign.end());
}

/// The server of that name, new where it was not there; nullptr beyond the bound.
NameServer* CutInspector::add_server(Cut& cut, const Name& name) {
  for (auto& server : cut.servers) {
    if (server.name == name) return &server;
  }
  if (cut.servers.size() >= (effort_ == Effort::full ? options_.most_servers : passing_servers)) {
    beyond_.insert(name);
    cut.left_out = beyond_.size();
    return nullptr;
  }
  cut.servers.emplace_back().name = name;
  return &cut.servers.back();
}

void CutInspector::find_addresses(const Cut& cut, NameServer& server) {
  if (!server.addresses.empty()) return;
  const bool holds_both = std::any_of(cut.parents.begin(), cut.parents.end(), [](const auto& view) {
    return view.ns.reply.kind == ReplyKind::answer;
  });
  // Only glue leads to a name in the zone itself; a server that holds both zones needs none, and can be
  // asked.
  if (server.name.is_within(cut.zone) && !holds_both) {
    server.lookup = Lookup::no_glue;
    return;
  }
  const auto& found = finder_.find(server.name);
  server.lookup = found.lookup;
  server.lookup_reason = found.reason;
  for (const auto& address : found.addresses) add_address(server, address, &AddressReport::resolved);
}

void CutInspector::add_address(NameServer& server, const IpAddress& address, bool AddressReport::*source) {
  auto place = std::find_if(server.addresses.begin(), server.addresses.end(),
                            [&](const auto& report) { return report.address == address; });
  if (place == server.addresses.end()) {
    if (server.addresses.size() >= (effort_ == Effort::full ? options_.most_addresses : passing_addresses))
      return;
    place = server.addresses.insert(place, AddressReport{});
    place->address = address;
  }
  (*place).*source = true;
}

/// Asks those that were not asked before: first whether they hold the zone, over both transports, then the
/// rest.
void CutInspector::ask_servers(Cut& cut) {
  Batch first, second;
  std::vector<AddressReport*> asked;
  each_address(cut, [&](const NameServer&, AddressReport& report) {
    if (report.soa_udp.asked) return;
    asked.push_back(&report);
    first.add({report.address, cut.zone, RrType::SOA, Via::udp}, report.soa_udp);
    // The root's servers tell whether TCP leads anywhere from here.
    if (effort_ == Effort::full || cut.is_root())
      first.add({report.address, cut.zone, RrType::SOA, Via::tcp}, report.soa_tcp);
  });
  first.ask(client_);
  if (effort_ == Effort::passing) return;
  insist_on_zone(asked, cut.zone);
  each_address(cut, [&](const NameServer&, AddressReport& report) {
    if (report.ns.asked || !report.is_authoritative()) return;
    second.add({.server = report.address, .name = cut.zone, .type = RrType::NS, .mix_case = true}, report.ns);
    second.add({report.address, cut.zone, RrType::DNSKEY}, report.dnskey);
  });
  second.ask(client_);
  insist_on_edns(cut);
}

/// The servers that only the zone itself names.
void CutInspector::add_own(Cut& cut) {
  std::set<Name> own;
  each_address(cut, [&](const NameServer&, const AddressReport& report) {
    for (const auto& name : names_of(report.ns.reply, cut.zone)) own.insert(name);
  });
  for (const auto& name : own) {
    if (auto* server = add_server(cut, name)) server->at_child = true;
  }
}

/// What the zone says about the addresses of its servers, where their names are its own.
void CutInspector::ask_own_addresses(Cut& cut) {
  const auto authorities = authorities_of(cut);
  for (auto& server : cut.servers) {
    if (!server.at_parent && !server.name.is_within(cut.zone)) find_addresses(cut, server);
  }
  for (const auto& authority : authorities) {
    std::vector<AuthorityQuery> queries;
    std::vector<NameServer*> open;
    for (auto& server : cut.servers) {
      if (server.own || !server.name.is_within(cut.zone)) continue;
      open.push_back(&server);
      for (const auto type : {RrType::A, RrType::AAAA}) queries.push_back({authority, server.name, type});
    }
    if (open.empty()) break;
    const auto said = client_.ask(queries);
    for (std::size_t i = 0; i < open.size(); ++i)
      note_own(*open[i], said[2 * i].reply, said[2 * i + 1].reply);
  }
  ask_servers(cut);
}

/// Both answers together are what the zone says; one alone is half of it.
void CutInspector::note_own(NameServer& server, const dns::AuthorityReply& a,
                            const dns::AuthorityReply& aaaa) {
  std::vector<IpAddress> addresses;
  for (const auto* reply : {&a, &aaaa}) {
    if (!reply->authoritative || !reply->is_answer() || reply->kind == ReplyKind::alias) return;
    if (reply->kind != ReplyKind::answer) continue;
    for (const auto& rdata : reply->rrset->rdata) {
      if (const auto address = dns::server_address(rdata)) addresses.push_back(*address);
    }
  }
  std::sort(addresses.begin(), addresses.end());
  for (const auto& address : addresses) add_address(server, address, &AddressReport::resolved);
  if (addresses.empty() && !server.at_parent) server.lookup = Lookup::none;
  server.own = std::move(addresses);
}

/// Whoever comes a moment after a change finds secondaries that are just about to transfer it (RFC 1996):
/// they are asked again before anybody calls them behind. Of one zone only, as for a walk that looks at every
/// cut the time would add up.
void CutInspector::let_settle(Cut& cut) {
  if (options_.in_full == WalkOptions::InFull::every_cut) return;
  for (int step = 0; step < settle_steps && serials_differ(cut) && !client_.exhausted(); ++step) {
    client_.wait(options_.settle_step);
    std::vector<AuthorityQuery> queries;
    std::vector<AddressReport*> reports;
    each_address(cut, [&](const NameServer&, AddressReport& report) {
      if (!report.is_authoritative() || !report.soa_udp.replied()) return;
      queries.push_back({report.address, cut.zone, RrType::SOA, Via::udp});
      reports.push_back(&report);
    });
    auto said = client_.ask(queries);
    for (std::size_t i = 0; i < reports.size(); ++i) {
      // What was heard before stands where nothing better comes.
      if (said[i].reply.kind == ReplyKind::answer && said[i].reply.authoritative)
        reports[i]->soa_udp = std::move(said[i]);
    }
  }
}

/// Whether the servers that the zone is to get hold it already. They are no part of the delegation, and what
/// they say or fail to say is no fault of it.
void CutInspector::ask_declared(Cut& cut) {
  if (options_.in_full != WalkOptions::InFull::cut_at_name) return;
  Cut apart;
  apart.zone = cut.zone;
  apart.parent = cut.parent;
  for (const auto& name : options_.declared) {
    const bool known = std::any_of(cut.servers.begin(), cut.servers.end(),
                                   [&](const NameServer& server) { return server.name == name; });
    if (known || apart.servers.size() >= options_.most_servers) continue;
    apart.servers.emplace_back().name = name;
  }
  for (auto& server : apart.servers) find_addresses(apart, server);
  ask_servers(apart);
  cut.undelegated = std::move(apart.servers);
}

/// The DNSKEY records of so many addresses, where they were not asked yet.
void CutInspector::ask_keys(Cut& cut, std::size_t most) {
  Batch batch;
  each_address(cut, [&](const NameServer&, AddressReport& report) {
    if (report.dnskey.asked || !report.is_authoritative() || most == 0) return;
    --most;
    batch.add({report.address, cut.zone, RrType::DNSKEY}, report.dnskey);
  });
  batch.ask(client_);
}

/// Of a cut that is only passed: its keys, where its parent has keys and says that it is signed. A referral
/// brings the DS records or the proof that there is none. A server that holds both zones answers for the
/// child, and is asked for them, and so is one whose referral brings neither, as validators do.
void CutInspector::ask_chain(Cut& cut, const Cut& parent) {
  const auto& anchored = options_.anchored;
  if (std::find(anchored.begin(), anchored.end(), cut.zone) != anchored.end())
    ask_keys(cut, passing_servers * passing_addresses);
  bool parent_signed = false;
  each_address(parent, [&](const NameServer&, const AddressReport& report) {
    parent_signed = parent_signed || report.dnskey.reply.kind == ReplyKind::answer;
  });
  if (!parent_signed) return;
  Batch batch;
  for (auto& view : cut.parents) {
    const auto& reply = view.ns.reply;
    const bool says = reply.denial || (reply.referral && !reply.referral->ds.empty());
    if (reply.kind == ReplyKind::answer || (reply.kind == ReplyKind::referral && !says))
      batch.add(ds_query(view, cut), view.ds);
  }
  batch.ask(client_);
  if (!dns::ds_records(cut).empty()) ask_keys(cut, passing_servers * passing_addresses);
}

void CutInspector::learn(const Cut& cut) {
  auto authorities = authorities_of(cut);
  if (cut.is_root() || !authorities.empty()) finder_.learn(cut.zone, std::move(authorities));
}

}  // namespace rdnsgate::resolve
