// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/types.h"

#include <fmt/format.h>

namespace rdnsgate::dns {

std::string to_string(RrType type) {
  switch (type) {
    case RrType::A: return "A";
    case RrType::NS: return "NS";
    case RrType::CNAME: return "CNAME";
    case RrType::SOA: return "SOA";
    case RrType::PTR: return "PTR";
    case RrType::MX: return "MX";
    case RrType::TXT: return "TXT";
    case RrType::AAAA: return "AAAA";
    case RrType::DNAME: return "DNAME";
    case RrType::DS: return "DS";
    case RrType::RRSIG: return "RRSIG";
    case RrType::NSEC: return "NSEC";
    case RrType::DNSKEY: return "DNSKEY";
    case RrType::NSEC3: return "NSEC3";
    case RrType::TLSA: return "TLSA";
  }
  return fmt::format("TYPE{}", static_cast<unsigned>(type));
}

std::string_view to_string(Outcome outcome) {
  switch (outcome) {
    case Outcome::answer: return "answer";
    case Outcome::nodata: return "nodata";
    case Outcome::nxdomain: return "nxdomain";
    case Outcome::servfail: return "servfail";
    case Outcome::refused: return "refused";
    case Outcome::timeout: return "timeout";
    case Outcome::unreachable: return "unreachable";
    case Outcome::bogus: return "bogus";
    case Outcome::malformed: return "malformed";
    case Outcome::unanswered: return "unanswered";
  }
  return "unanswered";
}

std::string_view to_string(Security security) {
  switch (security) {
    case Security::unknown: return "unknown";
    case Security::insecure: return "insecure";
    case Security::secure: return "secure";
    case Security::bogus: return "bogus";
  }
  return "unknown";
}

}  // namespace rdnsgate::dns
