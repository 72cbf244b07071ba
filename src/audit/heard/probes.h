// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ip.h"
#include "base/timestamp.h"
#include "dns/name.h"

namespace rdnsgate::audit {

/// What of an identity a receiver does not take.
enum class RefusedFor : std::uint8_t { no_ptr, ptr_mismatch, helo, name_too_long };

/// What a receiver made of mail from an address with a HELO name. Texts are foreign.
struct Probed {
  IpAddress address;
  dns::Name helo;
  std::string receiver, recipient;      ///< the domain, and a mailbox there
  std::string server;                   ///< the mail host that was talked to
  std::optional<RefusedFor> refused{};  ///< nullopt: mail would be taken
  unsigned code = 0;
  std::string reply;  ///< without mailboxes
  Time asked_at{};
};

/// Of one address, HELO name and recipient the latest counts: a refusal that is over is none.
class Probes {
 public:
  explicit Probes(std::vector<Probed> all);
  /// What receivers said of it, by HELO name and receiver; nothing where nobody asked.
  std::span<const Probed> of(const IpAddress& address) const;

 private:
  std::vector<Probed> all_;
};

}  // namespace rdnsgate::audit
