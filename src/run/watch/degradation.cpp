// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/degradation.h"

#include <fmt/format.h>

#include <optional>

#include "base/hash.h"

namespace rdnsgate::run {
namespace {

constexpr std::size_t fewest_questions = 4;
constexpr double warn_share = 0.1, fail_share = 0.5, held = 0.8;

/// Above which it is a finding, and an error.
struct Thresholds {
  std::optional<double> warn, fail;
};

std::optional<double> ms_of(const std::optional<milliseconds>& time) {
  return time ? std::optional(static_cast<double>(time->count())) : std::nullopt;
}

history::Seen finding_of(std::string_view rule, const history::Latency& of,
                         const inventory::Inventory& inventory) {
  history::Seen one;
  one.rule = rule;
  one.target = {audit::TargetKind::vantage, fmt::format("{} for {}", of.vantage, of.zone)};
  one.fingerprint = sha256_hex(fmt::format("{}\n{}", rule, one.target.id)).substr(0, 32);
  one.vantages = {of.vantage};
  one.scope = audit::Scope::isolated;
  one.zone = of.zone;
  one.path = inventory.path;
  one.line = 1;
  return one;
}

/// nullopt: it is none, by these, or by less where it is open as that or as something graver.
std::optional<Severity> judge(double value, const Thresholds& limits, const std::optional<Severity>& open) {
  const auto is_above = [&](const std::optional<double>& limit, Severity severity) {
    return limit && value > *limit * (open && *open >= severity ? held : 1);
  };
  if (is_above(limits.fail, Severity::error)) return Severity::error;
  if (is_above(limits.warn, Severity::warning)) return Severity::warning;
  return std::nullopt;
}

std::string limit_text(const std::optional<milliseconds>& limit) {
  return limit ? fmt::format("answers within {} ms", limit->count()) : std::string("answers");
}

}  // namespace

std::vector<history::Seen> degradations(const std::vector<history::Latency>& latency,
                                        const inventory::Inventory& inventory, const OpenAs& open_as) {
  std::vector<history::Seen> all;
  const auto& standards = inventory.standards;
  for (const auto& of : latency) {
    if (of.zone.empty() || !of.server.empty() || of.questions < fewest_questions) continue;
    const auto missing = of.timeouts + of.failures;
    auto slow = finding_of("watch-slow", of, inventory);
    if (const auto severity = judge(of.p95_ms, {ms_of(standards.latency_warn), ms_of(standards.latency_fail)},
                                    open_as(slow.fingerprint));
        severity && missing < of.questions) {
      slow.severity = *severity;
      slow.expected =
          limit_text(*severity == Severity::error && standards.latency_fail ? standards.latency_fail
                                                                            : standards.latency_warn);
      // What it is now belongs to the message: a change of it by the millisecond is none to tell.
      slow.observed = "slower";
      slow.message = fmt::format("{} takes {:.0f} ms for {} (95 % of {} questions)", of.vantage, of.p95_ms,
                                 of.zone, of.questions);
      all.push_back(std::move(slow));
    }
    auto silent = finding_of("watch-unanswered", of, inventory);
    const double share = static_cast<double>(missing) / static_cast<double>(of.questions);
    if (const auto severity = judge(share, {warn_share, fail_share}, open_as(silent.fingerprint))) {
      silent.severity = *severity;
      silent.expected = "an answer to each question";
      silent.observed = "questions without an answer";
      silent.message = fmt::format("{} has no answer to {} of {} questions about {} ({} timed out)",
                                   of.vantage, missing, of.questions, of.zone, of.timeouts);
      all.push_back(std::move(silent));
    }
  }
  return all;
}

}  // namespace rdnsgate::run
