// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "base/result.h"

namespace rdnsgate::inventory {

/// Consecutive addresses: a block, or first to last.
struct AddressRange {
  IpAddress first;
  std::uint64_t count = 1;  ///< saturates at 2^64-1
  /// The fewest blocks that make it up; none of a first and a last that are 2^64-1 or more apart.
  std::vector<Prefix> prefixes;
};

/// Reads `192.0.2.32/28` (all sixteen addresses) or `192.0.2.32-192.0.2.40`; IPv6 alike.
Result<AddressRange> parse_range(std::string_view text);

/// A host name with placeholders: `{1}` to `{4}` for the octets of an IPv4 address, `{g1}` to `{g8}` for the
/// groups of an IPv6 address (four hexadecimal digits), `{-}` for the address with dashes (192-0-2-1; of IPv6
/// all eight groups in full, so that no two look alike and none begins with a dash), `{hex}` for all its
/// hexadecimal digits, `{nibbles}` for those of an IPv6 address as its reverse name has them, `{n}` for its
/// place in its range counted from 1, `{ptr}` for its PTR name. Numbers of IPv4 and {n} take a width to fill
/// with zeros, `{4:03}`, and octets `{4:x}` for two hexadecimal digits.
class NameTemplate {
 public:
  /// Fails on an unknown or unfinished placeholder.
  static Result<NameTemplate> parse(std::string_view text);

  /// No placeholder at all.
  bool is_fixed() const { return parts_.empty() || (parts_.size() == 1 && parts_[0].kind == Part::literal); }
  bool uses_ptr() const;
  /// Has one of {1} to {4}, which IPv6 addresses cannot fill.
  bool uses_octets() const;
  /// What is said of the first placeholder that this address cannot fill; nullopt where it fills all.
  std::optional<Error> unfit_for(const IpAddress& address) const;

  /// `index` counts from 0. `ptr` is what {ptr} stands for. The address is one that fills it.
  std::string expand(const IpAddress& address, std::uint64_t index, std::string_view ptr) const;

 private:
  struct Part {
    enum Kind : std::uint8_t {
      literal,
      octet,
      group,
      dashed,
      hex,
      nibbles,
      number,
      ptr
    } kind = literal;
    std::uint8_t which = 0;  // of an octet or a group, from 0
    std::uint8_t width = 0;  // filled with zeros
    bool in_hex = false;     // of an octet
    std::string text;        // of a literal
  };
  static Result<Part> placeholder(std::string_view word);
  static Result<void> formatted(Part& part, std::string_view format);
  static void append(const Part& part, const IpAddress& address, std::uint64_t index, std::string& out);
  bool uses(Part::Kind kind) const;
  std::vector<Part> parts_;
};

}  // namespace rdnsgate::inventory
