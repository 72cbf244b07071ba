// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <array>
#include <cstdint>
#include <functional>
#include <optional>
#include <string>
#include <string_view>

#include "base/result.h"

namespace rdnsgate {

/// An IPv4 or IPv6 address; compares as a number, IPv4 before IPv6.
class IpAddress {
 public:
  /// Strict text form: dotted quad without leading zeros (RFC 6943 §3.1.1), or RFC 4291 §2.2 without a zone
  /// id. An IPv4-mapped IPv6 address is refused with the IPv4 address to write instead.
  static Result<IpAddress> parse(std::string_view text);
  /// The same, for whoever asks only whether it is one: to say why it is none takes longer than to see that.
  static std::optional<IpAddress> read(std::string_view text);
  static IpAddress v4(std::uint32_t host_order);
  static IpAddress v6(const std::array<std::uint8_t, 16>& octets);

  IpAddress() = default;  // 0.0.0.0

  bool is_v4() const { return v4_; }
  bool is_v6() const { return !v4_; }
  /// Number of octets (4 or 16), and of bits.
  std::size_t size() const { return v4_ ? 4 : 16; }
  unsigned bits() const { return v4_ ? 32 : 128; }
  /// Network order, size() octets.
  const std::uint8_t* data() const { return octets_.data(); }
  std::uint8_t octet(std::size_t index) const { return octets_[index]; }
  /// Only for is_v4().
  std::uint32_t v4_value() const;

  /// RFC 5952 form.
  std::string to_string() const;

  /// This address plus `offset`, wrapping at the end of the family.
  IpAddress plus(std::uint64_t offset) const;

  bool operator==(const IpAddress&) const = default;
  std::strong_ordering operator<=>(const IpAddress& other) const;

 private:
  bool v4_ = true;
  std::array<std::uint8_t, 16> octets_{};  // IPv4 in the first four
};

/// An address block. Host bits are zero: parse() refuses others, naming the block that was meant.
class Prefix {
 public:
  /// `192.0.2.0/24`, `2001:db8::/32`; an address alone is its own /32 or /128.
  static Result<Prefix> parse(std::string_view text);
  Prefix() = default;
  Prefix(IpAddress network, unsigned length) : network_(network), length_(length) {}

  const IpAddress& network() const { return network_; }
  unsigned length() const { return length_; }
  bool contains(const IpAddress& address) const;
  bool contains(const Prefix& other) const;
  IpAddress last() const;
  /// Number of addresses, saturating at 2^64-1.
  std::uint64_t count() const;
  std::string to_string() const;
  bool operator==(const Prefix&) const = default;
  auto operator<=>(const Prefix&) const = default;

 private:
  IpAddress network_;
  unsigned length_ = 0;
};

/// What an address block is reserved for by IANA's special-purpose registries (RFC 6890, RFC 8190), or as multicast.
struct SpecialPurpose {
  std::string_view block;   // "192.0.2.0/24"
  std::string_view name;    // "Documentation (TEST-NET-1)"
  std::string_view source;  // "RFC 5737"
  bool documentation;
  bool globally_reachable;
};

/// The narrowest registry entry that holds the address; nullptr for ordinary global unicast.
const SpecialPurpose* special_purpose(const IpAddress& address);

}  // namespace rdnsgate

template <>
struct std::hash<rdnsgate::IpAddress> {
  std::size_t operator()(const rdnsgate::IpAddress& address) const noexcept {
    return std::hash<std::string_view>{}({reinterpret_cast<const char*>(address.data()), address.size()});
  }
};
