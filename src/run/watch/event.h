// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "history/history.h"

namespace rdnsgate::run {

/// What one look changed, for hooks and for people.
struct WatchEvent {
  std::string host;  ///< where the watch runs
  history::Run run;
  std::vector<history::Transition> transitions;  ///< none only for a test of hooks
  std::size_t open = 0;                          ///< findings that are open now, of those that are told

  std::size_t count(history::TransitionKind kind) const;
};

/// schemas/watch-event.schema.json on one line, without a newline at its end. No more transitions than a reader has use for:
/// `left_out` counts the others.
std::string event_json(const WatchEvent& event);

/// `2 opened, 1 recovered in inventory.yaml`.
std::string event_summary(const WatchEvent& event);

/// A line for each transition; foreign text is escaped for a terminal.
std::string event_text(const WatchEvent& event);
std::string transition_text(const history::Transition& transition);

}  // namespace rdnsgate::run
