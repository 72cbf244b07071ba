// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "report/mail/sts_document.h"
#include "run/frame/asking.h"
#include "run/frame/attempt.h"
#include "run/frame/clock.h"
#include "run/frame/listener.h"

namespace rdnsgate::run {

/// MTA-STS policies that are to be fetched (RFC 8461 §3.3).
struct PolicyRequest {
  Clock clock;
  Asking asking;
  std::vector<std::string> files;           ///< of the inventory
  std::vector<std::string> domains;         ///< of the inventory; empty: all
  std::string before;                       ///< what an earlier run wrote as JSON; may be empty
  std::string ca_file;                      ///< PEM, in place of the system's; may be empty
  milliseconds fetch_timeout{seconds(60)};  ///< for one policy, as RFC 8461 has it
};

/// Looks up at the nearest vantage which domains have a record, and where their policy servers are, and fetches the
/// policies from these addresses: the system's resolver is not asked, no proxy, and no redirect is followed. A server
/// that has none is no failure of the run.
Attempt<report::StsDocument> fetch_policies(const PolicyRequest& request, Listener& listener);

}  // namespace rdnsgate::run
