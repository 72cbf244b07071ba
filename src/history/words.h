// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/result.h"
#include "history/sql.h"

namespace rdnsgate::history {

// What a column of words says, and the way back; a word that there is not is damage.
Severity severity_of(std::string_view word);
audit::Status status_of(std::string_view word);
audit::Certainty certainty_of(std::string_view word);
audit::Scope scope_of(std::string_view word);
audit::Verdict verdict_of(std::string_view word);
audit::TargetKind target_kind_of(std::string_view word);
TransitionKind transition_kind_of(std::string_view word);

/// Each between line ends, so that one of them can be looked for.
std::string lines_of(const std::vector<std::string>& items);
std::vector<std::string> items_of(std::string_view lines);

/// `1800000000+1800000300-`: when, and whether it was seen then.
std::string text_of(const std::vector<Track::Look>& looks);
std::vector<Track::Look> looks_of(std::string_view text);

/// A text as every database takes it: UTF-8, without control characters.
std::string plain(std::string_view text);
Seen plain(Seen seen);
Run plain(Run run);

}  // namespace rdnsgate::history
