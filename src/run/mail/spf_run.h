// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>

#include "base/ip.h"
#include "report/mail/spf.h"
#include "run/frame/asking.h"
#include "run/frame/attempt.h"
#include "run/frame/clock.h"
#include "run/frame/listener.h"

namespace rdnsgate::run {

/// An SPF check that is to be made, as a receiver makes it (RFC 7208 §4).
struct SpfRequest {
  Clock clock;
  IpAddress ip;              ///< may be IPv4-mapped
  std::string sender, helo;  ///< of MAIL FROM and HELO, as they came; a null sender is empty
  std::string receiver = "unknown";
  std::optional<std::string> explanation;  ///< where the domain gives none
  Asking asking;
};

/// Makes it. What cannot be found out ends in `temperror`; what nobody asked for, because zone files or a snapshot answer,
/// leaves open what it may be.
Attempt<report::SpfDocument> spf_run(const SpfRequest& request, Listener& listener);

}  // namespace rdnsgate::run
