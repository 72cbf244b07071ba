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

/// `one; two; three`, no more than eight of them: what has commas inside.
std::string joined(const std::vector<std::string>& items);

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

/// Adds one finding where there is something to say.
void say(audit::Findings& findings, std::string expected, const std::vector<std::string>& observed);

}  // namespace rdnsgate::rules
