// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <cstdint>

#include "dns/facts/fact.h"

namespace rdnsgate::fuzz {

/// What the replies of the fuzz targets are read as the answer to.
inline dns::Question choose_question(std::uint8_t choice) {
  using dns::RrType;
  constexpr std::array names = {"10.2.0.192.in-addr.arpa", "a.test", ".", "mx1.mail.example"};
  constexpr std::array types = {RrType::PTR,   RrType::A,     RrType::AAAA, RrType::CNAME, RrType::MX,
                                RrType::TXT,   RrType::SOA,   RrType::NS,   RrType::DS,    RrType::DNAME,
                                RrType::RRSIG, RrType::NSEC3, RrType::TLSA, RrType::DNSKEY};
  return {0, dns::Name::parse(names[choice % names.size()]).value(), types[choice / names.size() % types.size()]};
}

}  // namespace rdnsgate::fuzz
