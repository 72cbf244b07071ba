// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>
#include <string_view>

namespace rdnsgate::mailauth {

/// What a record says of a message (RFC 7208 §2.6). The first four are those of the qualifiers.
enum class SpfResult : std::uint8_t { pass, fail, softfail, neutral, none, temperror, permerror };
std::string_view to_string(SpfResult result);

/// The results that receivers may come to: one, unless they see different versions of a record, or something
/// is not known.
class SpfResults {
 public:
  SpfResults() = default;
  explicit SpfResults(SpfResult one) { add(one); }
  void add(SpfResult one) { bits_ |= 1u << static_cast<unsigned>(one); }
  void add(const SpfResults& more) { bits_ |= more.bits_; }
  void remove(SpfResult one) { bits_ &= ~(1u << static_cast<unsigned>(one)); }
  bool may_be(SpfResult one) const { return (bits_ >> static_cast<unsigned>(one) & 1u) != 0; }
  /// It is this one for everybody.
  bool is(SpfResult one) const { return bits_ == 1u << static_cast<unsigned>(one); }
  /// It is one, whichever.
  bool is_certain() const { return bits_ != 0 && (bits_ & (bits_ - 1)) == 0; }
  bool empty() const { return bits_ == 0; }
  bool operator==(const SpfResults&) const = default;
  /// `pass`, or `pass or fail`.
  std::string text() const;

 private:
  unsigned bits_ = 0;
};

}  // namespace rdnsgate::mailauth
