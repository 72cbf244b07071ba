// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/ede.h"

#include <array>

namespace rdnsgate::dns {
namespace {

// RFC 8914 §5.2, codes 0 to 24.
constexpr std::array<std::string_view, 25> names = {
    "Other Error",
    "Unsupported DNSKEY Algorithm",
    "Unsupported DS Digest Type",
    "Stale Answer",
    "Forged Answer",
    "DNSSEC Indeterminate",
    "DNSSEC Bogus",
    "Signature Expired",
    "Signature Not Yet Valid",
    "DNSKEY Missing",
    "RRSIGs Missing",
    "No Zone Key Bit Set",
    "NSEC Missing",
    "Cached Error",
    "Not Ready",
    "Blocked",
    "Censored",
    "Filtered",
    "Prohibited",
    "Stale NXDOMAIN Answer",
    "Not Authoritative",
    "Not Supported",
    "No Reachable Authority",
    "Network Error",
    "Invalid Data",
};

}  // namespace

std::string_view ede_name(std::uint16_t code) {
  return code < names.size() ? names[code] : std::string_view();
}

bool ede_is_dnssec(std::uint16_t code) { return code == 1 || code == 2 || (code >= 5 && code <= 12); }

bool ede_is_stale(std::uint16_t code) { return code == 3 || code == 19; }

bool ede_is_filtered(std::uint16_t code) { return code == 4 || (code >= 15 && code <= 18); }

bool ede_excludes_dnssec(std::uint16_t code) { return code >= 14 && code <= 24; }

}  // namespace rdnsgate::dns
