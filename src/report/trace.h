// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/severity.h"
#include "base/timestamp.h"
#include "dns/delegation/delegation_verdict.h"

namespace rdnsgate::report {

/// What a rule of `check` says of a zone that the walk looked at.
struct TraceFinding {
  std::string_view rule;  ///< its id
  Severity severity{};
  bool inconclusive = false;
  std::string message;              ///< foreign text as it came
  std::optional<Time> clears_at{};  ///< transient: the zone's own times put it right by then
};

/// A finished walk, judged.
struct TraceDocument {
  std::string tool_version;
  std::string root_hints;  ///< the file
  Time started_at{}, finished_at{};
  dns::Trace trace;
  dns::TraceVerdict verdict;
  std::vector<std::vector<TraceFinding>> findings;  ///< beside the cuts, or empty
};

/// How a trace ends: `pass` exit 0, `fail` exit 1, `inconclusive` exit 3.
std::string_view verdict_word(const dns::TraceVerdict& verdict);

/// One sentence for a person, with foreign text as it came: whoever prints it escapes it.
std::string sentence(const dns::Complaint& complaint);

/// What a finding weighs in the verdict on the walk.
dns::Weight weight_of(const TraceFinding& finding);

/// The last line: how the walk ended, and what it is worth.
std::string conclusion(const TraceDocument& document);

/// Like `dig +trace`: the records of each cut, and comments on every server; the conclusion last. Under
/// `quiet` the conclusion alone, twice nothing.
std::string render_trace_text(const TraceDocument& document, bool color, int quiet);

/// One cut of it: the NS records, each address of its servers, and what is wrong.
std::string render_cut_text(const dns::Cut& cut, const dns::CutVerdict& verdict);

/// schemas/trace.schema.json, indented by two, a final newline.
std::string render_trace_json(const TraceDocument& document);

}  // namespace rdnsgate::report
