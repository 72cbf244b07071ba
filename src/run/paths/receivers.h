// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <vector>

#include "report/mail/paths.h"
#include "run/paths/signs.h"

namespace rdnsgate::run {

/// What big receivers, and mail servers as they come, ask of mail: docs/mail-identity.md has a line for each.
std::vector<const report::ReceiverRule*> receiver_rules();

struct Received {
  std::vector<const report::ReceiverRule*> broken;
  report::PathRow::Verdict verdict{};
};
/// `bulk`: the rules for those that send 5,000 messages a day and more count.
Received receive(const Signs& signs, bool bulk);

}  // namespace rdnsgate::run
