// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/dnssec/dnssec_records.h"

#include <fmt/format.h>

#include <algorithm>

namespace rdnsgate::dns {
namespace {

std::uint32_t number(std::string_view octets, std::size_t at, std::size_t size) {
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < size; ++i) value = (value << 8) | static_cast<unsigned char>(octets[at + i]);
  return value;
}

/// RFC 4034 appendix B; that of algorithm 1 (B.1) is of no use to anybody any more.
std::uint16_t tag_of(std::string_view rdata) {
  std::uint32_t sum = 0;
  for (std::size_t i = 0; i < rdata.size(); ++i) {
    const std::uint32_t octet = static_cast<unsigned char>(rdata[i]);
    sum += (i & 1) != 0 ? octet : octet << 8;
  }
  sum += (sum >> 16) & 0xffff;
  return static_cast<std::uint16_t>(sum & 0xffff);
}

/// RFC 3110 §2: the length of the exponent in one octet, or in two behind a zero; exponent; modulus.
std::optional<unsigned> modulus_bits(std::string_view key) {
  if (key.empty()) return std::nullopt;
  std::size_t at = 1, exponent = number(key, 0, 1);
  if (exponent == 0) {
    if (key.size() < 3) return std::nullopt;
    exponent = number(key, 1, 2);
    at = 3;
  }
  if (exponent == 0 || key.size() - at <= exponent) return std::nullopt;
  auto modulus = key.substr(at + exponent);
  modulus.remove_prefix(std::min(modulus.find_first_not_of('\0'), modulus.size()));
  if (modulus.empty()) return std::nullopt;
  unsigned bits = static_cast<unsigned>(8 * (modulus.size() - 1));
  for (auto top = static_cast<unsigned char>(modulus.front()); top != 0;
       top = static_cast<unsigned char>(top >> 1))
    ++bits;
  return bits;
}

bool is_rsa(std::uint8_t algorithm) {
  return algorithm == 1 || algorithm == 5 || algorithm == 7 || algorithm == 8 || algorithm == 10;
}

}  // namespace

std::optional<Rrsig> rrsig_in(const std::string& rdata) {
  constexpr std::size_t fixed = 18;
  if (rdata.size() < fixed) return std::nullopt;
  std::size_t used = 0;
  auto signer = Name::from_wire(std::string_view(rdata).substr(fixed), &used);
  if (!signer || fixed + used >= rdata.size()) return std::nullopt;
  Rrsig rrsig;
  rrsig.covered = static_cast<RrType>(number(rdata, 0, 2));
  rrsig.algorithm = static_cast<std::uint8_t>(number(rdata, 2, 1));
  rrsig.labels = static_cast<std::uint8_t>(number(rdata, 3, 1));
  rrsig.original_ttl = number(rdata, 4, 4);
  rrsig.expiration = number(rdata, 8, 4);
  rrsig.inception = number(rdata, 12, 4);
  rrsig.key_tag = static_cast<std::uint16_t>(number(rdata, 16, 2));
  rrsig.signer = std::move(*signer);
  return rrsig;
}

Time time_of(std::uint32_t stamp, Time now) {
  const auto seconds_now = static_cast<std::uint32_t>(now.time_since_epoch().count());
  return now + std::chrono::seconds(static_cast<std::int32_t>(stamp - seconds_now));
}

std::optional<Dnskey> dnskey_in(const std::string& rdata) {
  if (rdata.size() <= 4) return std::nullopt;
  Dnskey key;
  key.flags = static_cast<std::uint16_t>(number(rdata, 0, 2));
  key.protocol = static_cast<std::uint8_t>(number(rdata, 2, 1));
  key.algorithm = static_cast<std::uint8_t>(number(rdata, 3, 1));
  key.tag = tag_of(rdata);
  if (is_rsa(key.algorithm)) key.rsa_bits = modulus_bits(std::string_view(rdata).substr(4));
  return key;
}

std::optional<Ds> ds_in(const std::string& rdata) {
  if (rdata.size() <= 4) return std::nullopt;
  return Ds{static_cast<std::uint16_t>(number(rdata, 0, 2)), static_cast<std::uint8_t>(number(rdata, 2, 1)),
            static_cast<std::uint8_t>(number(rdata, 3, 1))};
}

std::optional<Nsec3Param> nsec3param_in(const std::string& rdata) {
  if (rdata.size() < 5 || rdata.size() != 5 + number(rdata, 4, 1)) return std::nullopt;
  return Nsec3Param{
      static_cast<std::uint8_t>(number(rdata, 0, 1)), static_cast<std::uint8_t>(number(rdata, 1, 1)),
      static_cast<std::uint16_t>(number(rdata, 2, 2)), static_cast<std::uint8_t>(number(rdata, 4, 1))};
}

std::string algorithm_name(std::uint8_t algorithm) {
  switch (algorithm) {
    case 1:
      return "RSAMD5";
    case 3:
      return "DSA";
    case 5:
      return "RSASHA1";
    case 6:
      return "DSA-NSEC3-SHA1";
    case 7:
      return "RSASHA1-NSEC3-SHA1";
    case 8:
      return "RSASHA256";
    case 10:
      return "RSASHA512";
    case 12:
      return "ECC-GOST";
    case 13:
      return "ECDSAP256SHA256";
    case 14:
      return "ECDSAP384SHA384";
    case 15:
      return "ED25519";
    case 16:
      return "ED448";
    default:
      return fmt::format("algorithm {}", algorithm);
  }
}

}  // namespace rdnsgate::dns
