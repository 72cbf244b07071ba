// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>

#include "rules/deleg/cut_words.h"
#include "rules/deleg/rules.h"
#include "rules/deleg/words.h"
#include "rules/listing.h"

namespace rdnsgate::rules {

using dns::Fault;

namespace {

using Names = std::set<dns::Name>;

Names names_in(const dns::RRset& set) {
  Names names;
  for (const auto& rdata : set.rdata) names.insert(dns::name_in(rdata).value());
  return names;
}

/// What all the parent's servers give together, and all of the zone's: that they disagree is another rule's.
Names at_parent(const dns::Cut& cut) {
  Names all;
  for (const auto& view : cut.parents) {
    const auto& reply = view.ns.reply;
    if (reply.kind == dns::ReplyKind::referral && reply.referral->zone == cut.zone)
      all.insert(reply.referral->ns.begin(), reply.referral->ns.end());
  }
  return all;
}

Names in_zone(const dns::Cut& cut) {
  Names all;
  each_authority(cut, [&](const dns::NameServer&, const dns::AddressReport& report) {
    if (report.ns.reply.kind == dns::ReplyKind::answer && report.ns.reply.authoritative)
      all.merge(names_in(*report.ns.reply.rrset));
  });
  return all;
}

/// `the parent has ns3.example and not ns2.example`; nothing of a side of which nothing is known.
void compare(std::string_view side, const Names& has, const Names& declared,
             std::vector<std::string>& items) {
  if (has.empty() || has == declared) return;
  const auto without = [](const Names& some, const Names& others) {
    std::vector<dns::Name> left;
    std::set_difference(some.begin(), some.end(), others.begin(), others.end(), std::back_inserter(left));
    return left;
  };
  const auto more = without(has, declared), fewer = without(declared, has);
  items.push_back(more.empty()    ? fmt::format(words::ns_fewer, side, listed(fewer))
                  : fewer.empty() ? fmt::format(words::ns_more, side, listed(more))
                                  : fmt::format(words::ns_other, side, listed(more), listed(fewer)));
}

}  // namespace

void judge_deleg_ns_undeclared(audit::ZoneCase& c, audit::Findings& findings) {
  const auto& wanted = c.zone.name_servers;
  if (wanted.empty()) return;
  const Names declared(wanted.begin(), wanted.end());
  std::vector<std::string> items;
  if (const auto* delegation = c.delegation()) {
    compare(words::parent_side, at_parent(delegation->cut), declared, items);
    compare(words::zone_side, in_zone(delegation->cut), declared, items);
  } else {
    const auto* ns = c.ask(c.zone.name, dns::RrType::NS);
    if (ns == nullptr || !dns::is_positive(ns->outcome) || ns->rrset() == nullptr) return;
    compare(words::zone_side, names_in(*ns->rrset()), declared, items);
  }
  if (items.empty()) return;
  findings.add({.values = {{"declared", audit::whole_list(wanted)}, {"differences", audit::list_of(items)}},
                .at = c.zone.name_servers_at});
}

void judge_deleg_parent_child_ns_mismatch(audit::ZoneCase& c, audit::Findings& findings) {
  const auto complaints = complaints_of(c, {Fault::ns_mismatch});
  if (complaints.empty()) return;
  const auto& servers = c.delegation()->cut.servers;
  const bool total = std::none_of(servers.begin(), servers.end(),
                                  [](const auto& it) { return it.at_parent && it.at_child; });
  audit::Args args{.values = {{"difference", complaints.front().detail}}};
  if (total) {
    args.wording = "disjoint";
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
      items.push_back(complaint.server ? explained(complaint) : complaint.detail);
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
      items.push_back(fmt::format(words::ns_said, listed(said_by), names));
  }
  say(findings, "differences", items);
}

}  // namespace rdnsgate::rules
