// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>

#include "base/text/source.h"
#include "report/document.h"
#include "run/frame/attempt.h"

namespace rdnsgate::run {

/// Octets of a stored report that are read at most.
inline constexpr std::size_t largest_report = std::size_t{3} << 30;

/// A report that was stored as JSON, with what is known of its rules today; `-` is standard input.
Attempt<report::Document> load_report(const std::string& path);

/// Shows the source lines of findings that point into `sources`.
void add_excerpts(report::Document& document, const Sources& sources);

/// The same with whose each finding is, where the inventory that was judged is still there as it was: else its lines are
/// not those that were judged, and the report stays as it is.
void add_inventory(report::Document& document);

}  // namespace rdnsgate::run
