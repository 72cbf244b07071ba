// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <functional>
#include <map>
#include <memory>
#include <string>
#include <string_view>
#include <vector>

#include "base/severity.h"
#include "history/history.h"
#include "history/recorder.h"
#include "run/audit/audit_run.h"
#include "run/frame/attempt.h"
#include "run/frame/listener.h"
#include "run/watch/courier.h"
#include "run/watch/event.h"
#include "run/watch/schedule.h"
#include "run/watch/timekeeper.h"

namespace rdnsgate::run {

/// An inventory to be looked at again and again.
struct WatchRequest {
  AuditRequest audit;  ///< of `check`; what a watch sets by itself (kept, only, stop, clock) is not heeded
  Schedule schedule;
  history::Policy policy{2, 3};
  Severity level = Severity::warning;  ///< the least that is told
  std::string host;                    ///< the name of this machine
  std::uint64_t most_looks = 0;        ///< after which it ends; 0: never
  std::vector<Hook> hooks;
  CourierOptions courier;
  /// Where what is seen is kept, so that an end forgets nothing; nullptr: in memory alone.
  history::Recorder* recorder = nullptr;
  std::vector<history::Track> known;  ///< what it knows of this inventory and host
};

/// How the watch stands, for machines that look at it.
struct WatchFigures {
  std::uint64_t looks = 0, rechecks = 0,
                failed = 0;  ///< looks at everything, at what is doubtful, and that came to nothing
  std::uint64_t late = 0;    ///< looks that were left out, as one took too long
  Time last_look{}, last_conclusive{};  ///< ended then; the second with everything answered
  milliseconds took{};                  ///< the last look at everything
  bool inventory_usable = true;
  bool is_failing = false;  ///< the last look at everything came to nothing
  history::Run last;  ///< the last look at everything
  std::vector<audit::VantageStats> vantages;
  std::map<history::TransitionKind, std::uint64_t> transitions;
  std::map<std::pair<std::string, Severity>, std::size_t> open;  ///< by rule
  std::size_t doubtful = 0;
  std::vector<std::pair<std::string, Courier::Figures>> hooks;

  std::size_t count_open(Severity severity) const;
};

/// Who is told of a watch.
struct WatchSink {
  /// What one look changed; false ends the watch. May be empty.
  std::function<bool(const WatchEvent&)> event;
  /// Behind each look, of any kind. May be empty.
  std::function<void(const WatchFigures&)> figures;
  /// One line; may hold foreign text. From several threads.
  std::function<void(const std::string&)> note;
  /// What is wrong with the files of an inventory.
  Listener* listener = nullptr;
};

/// Looks until somebody ends it; returns how it stands then. Fails where the first look cannot be made.
Attempt<WatchFigures> watch_run(const WatchRequest& request, Timekeeper& time, const WatchSink& sink);

}  // namespace rdnsgate::run
