// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "report/evidence/postmortem.h"
#include "run/frame/attempt.h"
#include "run/frame/clock.h"
#include "run/frame/listener.h"

namespace rdnsgate::run {

/// Whose story is wanted.
struct StoryRequest {
  Clock clock;
  std::string history;             ///< a file, or a database of PostgreSQL
  std::string subject;             ///< a fingerprint or its beginning; an address with one finding
  std::string plan, state;         ///< a plan and what its rollout remembers, or both empty
  std::vector<std::string> files;  ///< of the inventory, for what is internal; empty: none is read
  std::vector<std::string> redact;
};

/// The last time that the finding was open. Fails where the history has nothing of it.
Attempt<report::FindingStory> story_run(const StoryRequest& request, Listener& listener);
/// The same; nullopt where the history has nothing of it.
Attempt<std::optional<report::FindingStory>> find_story(const StoryRequest& request, Listener& listener);

/// A history is there, and can be read.
Attempt<void> check_history(const std::string& where);

}  // namespace rdnsgate::run
