// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "dns/dnssec/flaw.h"
#include "dns/dnssec/trusted_keys.h"

namespace rdnsgate::dns {

/// What a validator that trusts the keys of a zone makes of an answer of one of its servers.
struct Proof {
  bool secure = false;       ///< all of it is proven; else, without a flaw, it counts as unsigned
  std::optional<Flaw> flaw;  ///< the first that was found
  std::string what;          ///< of a flaw: `PTR 10.2.0.192.in-addr.arpa`
  /// Of a flaw that another zone below this one would explain, which the server holds as well: whose records
  /// they are then. The flaw is one where this name is in the zone.
  std::optional<Name> if_in_zone;
};

/// Judges a message for which answers() holds and that read_response() took for a definite answer. Records
/// behind an alias that leads out of the zone are left to who asks there. Any octets are safe.
Proof prove(std::string_view message, const Name& name, RrType type, const TrustedKeys& keys, Time now);

/// What one server of a zone proves about the DS records of a zone below it.
struct DsProof {
  enum class State : std::uint8_t {
    unknown,   ///< it says neither that there are some nor that there is none
    proven,    ///< there are some, and their signature holds
    none,      ///< there is none, and it is proven
    insecure,  ///< opted out, or signed or hashed in a way that cannot be computed here
    refused,   ///< the signature or the proof does not hold
  } state = State::unknown;
  std::vector<std::string> ds;  ///< of `proven`: data of DS records
  Flaw flaw{};                  ///< of `refused`
  std::string what;             ///< of `refused`, as in Proof
};

/// Judges a referral to `child` (RFC 4035 §3.1.4), or the answer to a question for its DS records. Any octets
/// are safe.
DsProof prove_ds(std::string_view message, const Name& child, const TrustedKeys& keys, Time now);

}  // namespace rdnsgate::dns
