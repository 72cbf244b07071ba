// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <cstdint>
#include <optional>
#include <string>
#include <vector>

#include "report/probe/probe_document.h"
#include "run/frame/asking.h"
#include "run/frame/attempt.h"
#include "run/frame/clock.h"
#include "run/frame/listener.h"
#include "run/probe/delivery.h"

namespace rdnsgate::run {

/// Which receivers are to be asked what they make of mail from here.
struct ProbeRequest {
  Clock clock;
  std::vector<std::string> files;  ///< of the inventory
  Asking asking;                   ///< how mail servers are found; its deadline is that of all
  /// Senders, addresses or HELO names that the inventory declares; empty: all.
  std::vector<std::string> hosts;
  /// Domains or recipients of its `probes`; empty: all.
  std::vector<std::string> targets;
  std::uint16_t port = 25;
  bool tls = true;
  bool null_sender = false;                       ///< whatever `from` says
  bool deliver = false;                           ///< a message is sent, and not only spoken of
  milliseconds timeout{std::chrono::minutes(3)};  ///< for one conversation
  seconds interval{3600};  ///< between two conversations of the same three; shortest_probe_interval or more
  std::optional<CollectRequest> collect;  ///< where the messages are looked for
  std::string state;                      ///< the file that has when there was one
};

/// More conversations are not had in one run.
inline constexpr std::size_t most_conversations = 200;

/// Asks each receiver about each address of this host, one connection to a receiver at a time. Fails before anything is
/// asked where a file cannot be used, something is not declared, this host has none of the addresses, or there would be
/// too many conversations.
Attempt<report::ProbeDocument> probe_run(const ProbeRequest& request, Listener& listener);

}  // namespace rdnsgate::run
