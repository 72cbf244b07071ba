// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "report/evidence/milestones.h"
#include "run/frame/asking.h"
#include "run/frame/attempt.h"
#include "run/frame/clock.h"
#include "run/frame/listener.h"

namespace rdnsgate::run {

/// Whose milestones are wanted.
struct TicketRequest {
  Clock clock;
  /// A bundle that `evidence` wrote, a plan, or an address or name of the inventory: a file if there is one of that name.
  std::string subject;
  /// Of the inventory; empty: where it usually is. Of a bundle and a plan, which say themselves what is wanted, only its
  /// vantages count, and without files there is none.
  std::vector<std::string> files;
  Asking asking;
};

Attempt<report::TicketDocument> ticket_run(const TicketRequest& request, Listener& listener);

}  // namespace rdnsgate::run
