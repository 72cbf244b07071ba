// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "history/history.h"

namespace rdnsgate::run {

// A history for people: a line or two for each, escaped for a terminal. `now` tells how long ago something was.
std::string history_text(const std::vector<history::KeptRun>& runs);
std::string history_text(const std::vector<history::Track>& findings, Time now);
std::string history_text(const std::vector<history::Transition>& transitions);

/// The transitions for a spreadsheet (RFC 4180), with a line that names the columns; no cell is a formula.
std::string csv_head();
std::string csv_lines(const std::vector<history::Transition>& transitions);

}  // namespace rdnsgate::run
