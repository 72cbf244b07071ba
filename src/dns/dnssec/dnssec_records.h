// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>

#include "base/timestamp.h"
#include "dns/name.h"
#include "dns/types.h"

namespace rdnsgate::dns {

// The fields of DNSSEC records, from data as it stands in a message. Any octets are safe: nullopt for data
// that is too short for its type. No signature is verified here.

/// RFC 4034 §3.1.
struct Rrsig {
  RrType covered{};
  std::uint8_t algorithm = 0, labels = 0;
  std::uint32_t original_ttl = 0;               ///< seconds
  std::uint32_t expiration = 0, inception = 0;  ///< seconds, in a circle of 2^32: see time_of()
  std::uint16_t key_tag = 0;
  Name signer;

  /// Seconds for which it is valid in all.
  std::uint32_t lifetime() const { return expiration - inception; }
};
std::optional<Rrsig> rrsig_in(const std::string& rdata);

/// The moment that the field of a signature means: the one nearest to `now` (RFC 4034 §3.1.5).
Time time_of(std::uint32_t stamp, Time now);

/// RFC 4034 §2.1.
struct Dnskey {
  std::uint16_t flags = 0;
  std::uint8_t protocol = 0, algorithm = 0;
  std::uint16_t tag = 0;             ///< RFC 4034 appendix B
  std::optional<unsigned> rsa_bits;  ///< length of the modulus, of an RSA key (RFC 3110 §2)

  bool is_zone_key() const { return (flags & 0x0100) != 0; }
  bool is_revoked() const { return (flags & 0x0080) != 0; }  ///< RFC 5011 §7
};
std::optional<Dnskey> dnskey_in(const std::string& rdata);

/// RFC 4034 §5.1; CDS has the same form (RFC 7344 §3.1).
struct Ds {
  std::uint16_t key_tag = 0;
  std::uint8_t algorithm = 0, digest_type = 0;
};
std::optional<Ds> ds_in(const std::string& rdata);

/// RFC 5155 §4.2.
struct Nsec3Param {
  std::uint8_t hash = 0, flags = 0;
  std::uint16_t iterations = 0;
  std::uint8_t salt_size = 0;  ///< octets
};
std::optional<Nsec3Param> nsec3param_in(const std::string& rdata);

/// `RSASHA256`, or `algorithm 99`: the mnemonics of IANA's registry.
std::string algorithm_name(std::uint8_t algorithm);

}  // namespace rdnsgate::dns
