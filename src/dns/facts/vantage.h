// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "base/duration.h"
#include "dns/facts/fact.h"
#include "dns/facts/response_times.h"

namespace rdnsgate::dns {

enum class VantageKind : std::uint8_t { recursive, authoritative, forward, zonefiles, replay };
std::string_view to_string(VantageKind kind);
std::optional<VantageKind> parse_kind(std::string_view text);

/// What the rest of the program knows about a vantage.
struct VantageInfo {
  std::string name;
  VantageKind kind = VantageKind::recursive;
  std::string operator_name;  ///< whose resolver it is; two vantages of one operator confirm nothing together
  /// It sees the inner side of a split-horizon DNS, which says nothing of what the world sees.
  bool internal = false;
};

/// Where facts arrive: called once for every question that was asked, from inside Panel::run_once.
using FactSink = std::function<void(Fact&&)>;

/// The port between the engine and the network: a set of vantages on one event loop, single-threaded.
/// Adapters live in src/resolve; tests bring their own. Nothing here blocks but run_once.
class Panel {
 public:
  virtual ~Panel() = default;

  virtual const std::vector<VantageInfo>& vantages() const = 0;
  virtual void set_sink(FactSink sink) = 0;

  /// How many more questions this vantage takes now; asking beyond it is allowed but only queues.
  virtual std::size_t room(VantageIndex vantage) const = 0;

  /// Begins one question. Its fact reaches the sink during some later run_once, never from inside ask.
  virtual void ask(const Question& question) = 0;

  /// Serves the event loop until at least one fact was delivered or `max_wait` is over. Returns how many
  /// facts were delivered.
  virtual std::size_t run_once(milliseconds max_wait) = 0;

  /// Each server of the zones that are asked in full, as far as it was asked until now.
  virtual std::vector<ServerTimes> server_times() const { return {}; }
};

}  // namespace rdnsgate::dns
