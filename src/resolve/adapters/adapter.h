// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <memory>
#include <vector>

#include "base/duration.h"
#include "dns/facts/fact.h"
#include "dns/facts/response_times.h"
#include "dns/wire/packet_log.h"

namespace rdnsgate::resolve {

/// How hard a question is tried.
struct PanelOptions {
  /// From the first try to the second, of a server that nobody has heard yet (see RetryTime).
  milliseconds try_timeout{1000};
  unsigned retries = 2;                 ///< after silence or SERVFAIL only
  milliseconds question_timeout{5000};  ///< all tries of one question together, each open until its end
  std::size_t in_flight = 1000;         ///< questions at once per vantage; more only overflows sockets
  milliseconds aside_time{60'000};      ///< how long a server that says nothing is not asked
  milliseconds settle_step{1500};       ///< see WalkOptions
  /// Where messages are kept as they were sent and received; nullptr: nowhere. Those of libunbound are not.
  std::shared_ptr<dns::PacketLog> packets = nullptr;
};

using Deliver = std::function<void(dns::Fact&&)>;

/// One vantage of a panel. Facts go to the Deliver function it was made with, from inside flush() or the
/// event loop, never from inside ask().
class Adapter {
 public:
  virtual ~Adapter() = default;
  virtual std::size_t room() const = 0;
  virtual void ask(dns::Question question) = 0;
  /// Begins what was asked, as far as the bounds allow. Called before every wait.
  virtual void flush() = 0;
  /// As Panel::server_times, but for the vantage.
  virtual std::vector<dns::ServerTimes> server_times() const { return {}; }
};

}  // namespace rdnsgate::resolve
