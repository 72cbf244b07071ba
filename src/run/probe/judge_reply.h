// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "logs/entry.h"
#include "report/probe/probe_document.h"

namespace rdnsgate::run {

/// What a reply says of an identity.
struct JudgedReply {
  report::ProbeStatus status = report::ProbeStatus::unknown;
  std::optional<logs::LogClass> of;  ///< nullopt of what is accepted
  std::string_view pattern;          ///< of the catalogue; empty: none matched
};

/// What our own vantage sees of the identity: words of report::PathPart.
struct SeenIdentity {
  std::string fcrdns;  ///< `confirmed`, `mismatch`, `no-forward`, `no-ptr`, `partial`, `unknown`
  std::string helo;    ///< `consistent`, `unresolvable`, `unknown`, ...
};

/// Classifies a reply by the patterns that logs are read with. Receivers write the same words of an address without a PTR
/// record, of one whose name leads elsewhere, and (with a code of 4xx) of a lookup that failed for now: which of the
/// three it is is taken from what our vantage sees, where that is clear. `code`: 200 to 599.
JudgedReply judge_reply(unsigned code, const std::vector<std::string>& lines, const SeenIdentity& seen);

}  // namespace rdnsgate::run
