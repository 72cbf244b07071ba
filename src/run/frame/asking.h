// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <chrono>
#include <memory>
#include <string>
#include <vector>

#include "base/duration.h"
#include "dns/wire/packet_log.h"
#include "run/frame/stand_in.h"

namespace rdnsgate::run {

/// How a run asks the DNS, or what stands in for it.
struct Asking {
  std::vector<std::string>
      vantages;  ///< names of those declared, or addresses of resolvers; empty: all declared
  std::vector<std::string> zone_files;  ///< folders and files that answer; empty: the live DNS
  /// Beside them, what answers for all that they do not hold: `live`, or a snapshot. Empty: nobody.
  std::string over;
  std::string root_hints, trust_anchor;
  std::string record, replay;                       ///< snapshots to write, and to answer from
  milliseconds timeout{seconds(5)};                 ///< of one question, all tries together
  milliseconds deadline{std::chrono::minutes(30)};  ///< of the whole run
  /// Of an inventory that names no vantages, the name servers themselves are asked as well.
  bool holders_too = false;
  /// Where messages are kept as they were sent and received; nullptr: nowhere.
  std::shared_ptr<dns::PacketLog> packets = nullptr;
  /// A world that answers in place of all of these; nullptr: there is none.
  std::shared_ptr<const StandIn> stand_in = nullptr;

  bool over_live() const { return over == "live"; }
};

}  // namespace rdnsgate::run
