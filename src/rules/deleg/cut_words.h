// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <initializer_list>
#include <string>
#include <vector>

#include "audit/findings.h"
#include "audit/subject/zone.h"
#include "dns/delegation/delegation_verdict.h"

namespace rdnsgate::rules {

/// What the judge of a cut says of these faults, in the order of server name and address; nothing at a
/// vantage that does not walk.
std::vector<dns::Complaint> complaints_of(const audit::ZoneCase& c, std::initializer_list<dns::Fault> faults);

/// `ns1.example (192.0.2.1)`.
std::string who(const dns::Complaint& complaint);
std::string who(const dns::Name& server, const IpAddress& address);
/// `ns1.example (192.0.2.1): no reply`: with what the judge of the cut says of it.
std::string explained(const dns::Complaint& complaint);

/// What is wrong with servers, in words of words.h, and at which of them.
class Faults {
 public:
  void add(std::string text, std::string server) {
    texts_.push_back(std::move(text));
    if (servers_.empty() || servers_.back() != server) servers_.push_back(std::move(server));
  }
  bool empty() const { return texts_.empty(); }
  /// `faults` and `servers`.
  audit::Values values() const;

 private:
  std::vector<std::string> texts_, servers_;
};

/// Every address of the cut in the order of server name and address.
template <typename Visit>
void each_address(const dns::Cut& cut, Visit&& visit);

/// The same, of those that are authoritative for the zone.
template <typename Visit>
void each_authority(const dns::Cut& cut, Visit&& visit) {
  each_address(cut, [&](const dns::NameServer& server, const dns::AddressReport& report) {
    if (report.is_authoritative()) visit(server, report);
  });
}

/// The servers of the cut by name.
std::vector<const dns::NameServer*> servers_of(const dns::Cut& cut);

template <typename Visit>
void each_address(const dns::Cut& cut, Visit&& visit) {
  for (const auto* server : servers_of(cut)) {
    for (const auto& report : server->addresses) visit(*server, report);
  }
}

/// Add one finding where there is something to say, with the items under this name.
void say(audit::Findings& findings, std::string_view name, const std::vector<std::string>& items);
void say(audit::Findings& findings, const Faults& faults);

/// Nothing is known of these, for a reason that is another's to word.
void say_open(audit::Findings& findings, const dns::Fact& fact, const std::vector<std::string>& items);

}  // namespace rdnsgate::rules
