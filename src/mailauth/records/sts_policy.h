// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/duration.h"
#include "dns/name.h"

namespace rdnsgate::mailauth {

/// An MTA-STS policy file (RFC 8461 §3.2), and what keeps senders from using it.
struct StsPolicy {
  enum class Mode : std::uint8_t { none, testing, enforce };
  std::optional<Mode> mode;
  std::optional<seconds> max_age;
  std::vector<std::string> mx;      ///< host names, or `*.` and a domain: any one label stands for the star
  std::vector<std::string> faults;  ///< in words; with one of them, senders take it that there is no policy
  bool applies() const { return faults.empty(); }
  /// Mail for the domain may go to this host.
  bool allows(const dns::Name& host) const;
};

/// Reads any octets.
StsPolicy read_sts_policy(std::string_view text);

}  // namespace rdnsgate::mailauth
