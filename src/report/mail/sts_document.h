// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/timestamp.h"

namespace rdnsgate::report {

/// What became of fetching one domain's MTA-STS policy. Texts that a server sent are foreign.
struct StsFetch {
  std::string domain, host;
  /// `fetched`, `not-asked` (no record), `refused` (none that counts), `unreachable` (not known)
  std::string outcome;
  std::string reason;                  ///< why there is no policy
  std::vector<std::string> addresses;  ///< that the host has, by the vantage
  std::optional<int> status;           ///< of HTTP
  std::string media_type;
  Time asked_at{};
  std::optional<std::string> policy;  ///< as it was served
  std::vector<std::string> faults;    ///< of a policy: what keeps senders from using it
  std::string id;                     ///< of the domain's record; empty where there is not one that has one
  /// The policy that was first seen under this id, where it says something else, or where none was fetched.
  std::optional<std::string> first_policy;
  Time first_at{};
};

/// MTA-STS policies of an inventory's domains.
struct StsDocument {
  std::string tool_version, inventory, inventory_sha256, vantage;
  Time started_at{}, finished_at{};
  std::vector<StsFetch> policies;
};

/// A line for each domain, with the policy below it. Under `quiet` only what is wrong, twice nothing.
std::string render_sts_text(const StsDocument& document, int quiet);

/// schemas/mta-sts.schema.json, indented by two, a final newline.
std::string render_sts_json(const StsDocument& document);

}  // namespace rdnsgate::report
