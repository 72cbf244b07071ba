// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/over/proposed_cut.h"

#include <algorithm>
#include <set>
#include <utility>

namespace rdnsgate::resolve {
namespace {

/// The server of that name among those that were asked beside the zone's own.
dns::NameServer taken_from(std::vector<dns::NameServer>& undelegated, const dns::Name& name) {
  const auto found = std::find_if(undelegated.begin(), undelegated.end(),
                                  [&](const dns::NameServer& server) { return server.name == name; });
  if (found == undelegated.end()) {
    dns::NameServer server;
    server.name = name;
    server.lookup = dns::Lookup::failed;
    server.lookup_reason = "only the zone files name it, and it was not asked";
    return server;
  }
  auto server = std::move(*found);
  undelegated.erase(found);
  return server;
}

}  // namespace

dns::Cut with_name_servers(dns::Cut cut, const dns::RRset& ns) {
  std::set<dns::Name> names;
  for (const auto& rdata : ns.rdata) {
    if (auto name = dns::name_in(rdata)) names.insert(std::move(*name));
  }
  auto missing = names;
  for (auto& server : cut.servers) {
    server.at_child = missing.erase(server.name) > 0;
    for (auto& report : server.addresses) {
      auto& reply = report.ns.reply;
      if (reply.kind == dns::ReplyKind::answer && reply.authoritative) reply.rrset = ns;
    }
  }
  std::erase_if(cut.servers, [](const auto& server) { return !server.at_parent && !server.at_child; });
  for (const auto& name : missing) {
    auto server = taken_from(cut.undelegated, name);
    server.at_child = true;
    const auto place =
        std::lower_bound(cut.servers.begin(), cut.servers.end(), name,
                         [](const auto& one, const auto& sought) { return one.name < sought; });
    cut.servers.insert(place, std::move(server));
  }
  return cut;
}

}  // namespace rdnsgate::resolve
