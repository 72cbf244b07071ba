// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>

#include "base/ip.h"

namespace rdnsgate::mailauth {

/// The block of this length that the address is in, whatever its host bits are.
Prefix spf_block(const IpAddress& address, unsigned length);

/// The address behind it; nullopt behind the last of a family.
std::optional<IpAddress> address_after(const IpAddress& address);
/// The address before it, which is not the first of its family.
IpAddress address_before(const IpAddress& address);

/// Addresses around one that an evaluation cannot tell from it: each network that was looked at holds all of them, or
/// none.
class SpfSpan {
 public:
  explicit SpfSpan(const IpAddress& around);
  SpfSpan() : SpfSpan(IpAddress()) {}

  /// A network was looked at; one of the other family holds none of them.
  void narrow(const Prefix& network);
  /// The address itself was looked at.
  void narrow_to_one();

  const IpAddress& first() const { return first_; }
  /// The first address behind it; nullopt where it ends with its family.
  const std::optional<IpAddress>& until() const { return until_; }

 private:
  void end_before(const IpAddress& address);

  IpAddress around_, first_;
  std::optional<IpAddress> until_;
};

}  // namespace rdnsgate::mailauth
