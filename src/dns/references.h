// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/ip.h"
#include "dns/rrset.h"

namespace rdnsgate::dns {

/// Types whose data points to a name's addresses, beside those that types.h names.
inline constexpr RrType type_afsdb{18}, type_rt{21}, type_srv{33}, type_naptr{35}, type_kx{36}, type_svcb{64},
    type_https{65};

/// `SRV`, where to_string() has no word for it.
std::string type_word(RrType type);

/// A name that a record points to.
struct Reference {
  Name name;
  bool below = false;  ///< not the name itself but all below it (DNAME, RFC 6672 §2.2)
};

/// True of NS, CNAME, DNAME, MX, SRV, SVCB, HTTPS, NAPTR, AFSDB, RT, KX, TLSA, and of SOA, whose MNAME
/// dynamic updates go to. PTR records are not among them: they name a host and lead nobody to it.
bool has_references(RrType type);

/// The names that one record points to: of a TLSA record the host that its owner is about (RFC 6698 §3), of
/// SVCB and HTTPS records in ServiceMode without a target the owner (RFC 9460 §2.5). None for the root, which
/// says that there is nothing, and for data that cannot be read.
std::vector<Reference> references_of(const Name& owner, RrType type, const std::string& rdata);

/// The addresses in an SVCB or HTTPS record's ipv4hint and ipv6hint (RFC 9460 §7.3).
std::vector<IpAddress> address_hints(RrType type, const std::string& rdata);

}  // namespace rdnsgate::dns
