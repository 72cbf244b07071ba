// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "rules/deleg/cut_words.h"
#include "rules/deleg/rules.h"
#include "rules/listing.h"

namespace rdnsgate::rules {

using dns::Fault;

void judge_deleg_parent_child_ns_mismatch(audit::ZoneCase& c, audit::Findings& findings) {
  const auto complaints = complaints_of(c, {Fault::ns_mismatch});
  if (complaints.empty()) return;
  const auto& servers = c.delegation()->cut.servers;
  const bool total = std::none_of(servers.begin(), servers.end(),
                                  [](const auto& it) { return it.at_parent && it.at_child; });
  audit::Args args{.expected = "the same NS records on both sides", .observed = complaints.front().detail};
  if (total) {
    args.detail = ", and no name is in both";
    args.severity = Severity::error;
  }
  findings.add(std::move(args));
}

void judge_deleg_ns_set_inconsistent(audit::ZoneCase& c, audit::Findings& findings) {
  const auto complaints =
      complaints_of(c, {Fault::child_ns_differ, Fault::parents_differ, Fault::no_delegation});
  std::vector<std::string> items;
  for (const auto& complaint : complaints) {
    if (complaint.fault != Fault::child_ns_differ) {
      items.push_back(complaint.server ? fmt::format("{}: {}", who(complaint), complaint.detail)
                                       : complaint.detail);
      continue;
    }
    std::map<std::string, std::vector<std::string>> by_set;  // NS names, and who gives them
    each_authority(c.delegation()->cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
      const auto& reply = report.ns.reply;
      if (reply.kind != dns::ReplyKind::answer || !reply.authoritative) return;
      std::set<dns::Name> names;
      for (const auto& rdata : reply.rrset->rdata) names.insert(dns::name_in(rdata).value());
      by_set[listed(names)].push_back(who(server.name, report.address));
    });
    for (const auto& [names, said_by] : by_set)
      items.push_back(fmt::format("{} says {}", listed(said_by), names));
  }
  say(findings, "the same NS records at every server", items);
}

}  // namespace rdnsgate::rules
