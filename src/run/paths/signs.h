// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "dns/facts/fact.h"
#include "mailauth/records/dmarc_record.h"

namespace rdnsgate::run {

/// Whether something is so.
enum class Tri : std::uint8_t { no, yes, unknown };

constexpr Tri operator!(Tri one) { return one == Tri::unknown ? one : one == Tri::yes ? Tri::no : Tri::yes; }
constexpr Tri operator||(Tri a, Tri b) {
  if (a == Tri::yes || b == Tri::yes) return Tri::yes;
  return a == Tri::unknown || b == Tri::unknown ? Tri::unknown : Tri::no;
}
constexpr Tri operator&&(Tri a, Tri b) { return !(!a || !b); }

/// What receivers judge mail of a path by. Of what is somebody else's, it is taken to be well.
struct Signs {
  Tri confirmed = Tri::yes;      ///< a PTR name of the address resolves to it
  Tri helo_resolves = Tri::yes;  ///< the HELO name has an A, AAAA or MX record
  bool helo_characters =
      true;  ///< it has none but letters, digits, hyphens and dots, or is an address literal
  Tri spf_pass = Tri::unknown, spf_fail = Tri::unknown;
  Tri dkim = Tri::unknown;          ///< every selector that mail is signed with has a key that works
  Tri spf_aligned = Tri::yes;       ///< the domain in MAIL FROM is taken for that in From
  Tri dkim_aligned = Tri::yes;      ///< and so is that of the signature
  Tri dmarc_record = Tri::unknown;  ///< one holds for the domain
  std::optional<mailauth::DmarcPolicy> policy{};  ///< and asks for this

  Tri authenticated() const { return spf_pass || dkim; }
  Tri aligned() const { return (spf_pass && spf_aligned) || (dkim && dkim_aligned); }
};

/// `lookup of mx1.example.com AAAA failed (timeout)`, `no zone file holds mx1.example.com`. `what` stands for the name
/// and type, where the row is of many names.
std::string why_unknown(const dns::Fact& fact, const std::string& what = {});

/// `NXDOMAIN`, or that there is no such record.
std::string_view denial(dns::Outcome outcome);

}  // namespace rdnsgate::run
