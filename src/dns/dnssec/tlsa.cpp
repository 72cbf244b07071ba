// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/tlsa.h"

#include <fmt/format.h>

#include <iterator>

#include "base/hash.h"

namespace rdnsgate::dns {
namespace {

constexpr std::uint8_t trust_anchor = 2, end_entity = 3;   // usages
constexpr std::uint8_t whole = 0, sha256 = 1, sha512 = 2;  // matching types

std::string hex_of(std::string_view octets) {
  std::string hex;
  for (const char c : octets)
    fmt::format_to(std::back_inserter(hex), "{:02x}", static_cast<unsigned>(static_cast<unsigned char>(c)));
  return hex;
}

}  // namespace

std::string Tlsa::parameters() const { return fmt::format("{} {} {}", usage, selector, matching); }

bool Tlsa::is_usable_for_smtp() const {
  constexpr std::size_t octets_of_sha256 = 32, octets_of_sha512 = 64;
  if ((usage != trust_anchor && usage != end_entity) || selector > 1 || data.empty()) return false;
  if (matching == whole) return true;
  return (matching == sha256 && data.size() == octets_of_sha256) ||
         (matching == sha512 && data.size() == octets_of_sha512);
}

bool Tlsa::is_of(const CertificateDigests& certificate) const {
  const bool of_key = selector == 1;
  switch (matching) {
    case whole:  // the digest of what it holds says as much
      return sha256_hex(data) == (of_key ? certificate.key_sha256 : certificate.certificate_sha256);
    case sha256:
      return hex_of(data) == (of_key ? certificate.key_sha256 : certificate.certificate_sha256);
    case sha512:
      return hex_of(data) == (of_key ? certificate.key_sha512 : certificate.certificate_sha512);
    default:
      return false;
  }
}

std::optional<Tlsa> read_tlsa(std::string_view rdata) {
  constexpr std::size_t fixed = 3;
  if (rdata.size() < fixed) return std::nullopt;
  const auto octet = [&](std::size_t i) { return static_cast<std::uint8_t>(rdata[i]); };
  return Tlsa{octet(0), octet(1), octet(2), std::string(rdata.substr(fixed))};
}

}  // namespace rdnsgate::dns
