// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "audit/subject/domain.h"
#include "dns/rrset.h"

namespace rdnsgate::rules {

/// One MX record. The root as its host makes it a null MX (RFC 7505 §3).
struct Exchange {
  std::uint16_t preference = 0;
  dns::Name host;
  bool is_null() const { return host.is_root(); }
};

/// The records of an MX set, by preference and host. Data that is none is left out.
std::vector<Exchange> exchanges_in(const dns::RRset& set);

/// Of what a stranger's zone lists, no more hosts are asked for.
inline constexpr std::size_t most_mail_hosts = 16;

/// Where mail for the domain goes (RFC 5321 §5.1).
struct MailHosts {
  std::vector<dns::Name> names;  ///< by preference, each once; empty for a null MX
  bool implicit = false;         ///< there is no MX record: the domain itself is the host
};
/// nullopt while the MX answer is missing, and where it says nothing: it failed, or the domain does not exist.
std::optional<MailHosts> mail_hosts(const audit::DomainCase& c);

/// The address that somebody wrote where a host name belongs.
struct Literal {
  IpAddress address;
  bool is_appended = false;  ///< without a final dot, so that the zone's name came behind it
};
std::optional<Literal> literal_in(const dns::Name& host, const dns::Name& domain);

/// What a host's names lead to.
struct HostAddresses {
  const dns::Fact& a;
  const dns::Fact& aaaa;
};
/// nullopt while one of the answers is missing.
std::optional<HostAddresses> addresses_of(const audit::DomainCase& c, const dns::Name& host);
/// Both families are denied: the host has no address.
bool has_none(const HostAddresses& host);
/// The answer that leaves open what addresses the host has; nullptr where none does.
const dns::Fact* open_question(const HostAddresses& host);

}  // namespace rdnsgate::rules
