// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/degradation.h"

#include <fmt/format.h>
#include <fmt/ranges.h>

#include <algorithm>
#include <map>
#include <optional>
#include <string_view>
#include <utility>

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

std::size_t missing(const history::Latency& of) { return of.timeouts + of.failures; }

/// One zone at one vantage: as a whole, and each server that was asked itself.
struct ZoneTimes {
  const history::Latency* all = nullptr;
  std::vector<const history::Latency*> servers;

  /// Who is judged: the servers where there are some.
  std::vector<const history::Latency*> judged() const { return servers.empty() ? std::vector{all} : servers; }
};

std::vector<ZoneTimes> zones_of(const std::vector<history::Latency>& latency) {
  std::map<std::pair<std::string_view, std::string_view>, ZoneTimes> zones;
  for (const auto& of : latency) {
    if (of.zone.empty() || of.questions < fewest_questions) continue;
    auto& zone = zones[{of.vantage, of.zone}];
    if (of.server.empty())
      zone.all = &of;
    else
      zone.servers.push_back(&of);
  }
  std::vector<ZoneTimes> found;
  for (auto& [where, zone] : zones) {
    if (zone.all != nullptr) found.push_back(std::move(zone));
  }
  return found;
}

using Measure = double (*)(const history::Latency& of);

/// What is wrong with a zone by one measure.
struct Judged {
  Severity severity{};
  const history::Latency* worst = nullptr;  ///< of those that are
  std::string where;                        ///< ` at ns2.example.net 192.0.2.2 only`; empty: everywhere
};

std::optional<Judged> judge_zone(const ZoneTimes& zone, Measure measure, const Thresholds& limits,
                                 const std::optional<Severity>& open) {
  const auto judged = zone.judged();
  std::vector<const history::Latency*> bad;
  std::optional<Severity> least;
  for (const auto* const of : judged) {
    const auto severity = judge(measure(*of), limits, open);
    if (!severity) continue;
    bad.push_back(of);
    least = std::min(least.value_or(*severity), *severity);
  }
  if (bad.empty()) return std::nullopt;
  const bool is_everywhere = bad.size() == judged.size();
  Judged found{is_everywhere ? *least : Severity::warning, nullptr, {}};
  found.worst = *std::max_element(bad.begin(), bad.end(),
                                  [&](const auto* a, const auto* b) { return measure(*a) < measure(*b); });
  if (is_everywhere) return found;
  std::vector<std::string_view> names;
  for (const auto* const of : bad) names.push_back(of->server);
  found.where = fmt::format(" at {} only", fmt::join(names, ", "));
  return found;
}

/// Of what never answered it is 0, which is above no threshold: that is another finding.
double slowness(const history::Latency& of) { return of.p95_ms; }

double share_missing(const history::Latency& of) {
  return static_cast<double>(missing(of)) / static_cast<double>(of.questions);
}

}  // namespace

std::vector<history::Seen> degradations(const std::vector<history::Latency>& latency,
                                        const inventory::Inventory& inventory, const OpenAs& open_as) {
  std::vector<history::Seen> all;
  const auto& standards = inventory.standards;
  const auto add = [&](history::Seen& one, const Judged& found, std::string_view observed) {
    one.severity = found.severity;
    // What it is now belongs to the message: a change of it by the millisecond is none to tell.
    one.observed = fmt::format("{}{}", observed, found.where);
    all.push_back(std::move(one));
  };
  for (const auto& zone : zones_of(latency)) {
    const auto& of = *zone.all;
    auto slow = finding_of("watch-slow", of, inventory);
    const Thresholds times{ms_of(standards.latency_warn), ms_of(standards.latency_fail)};
    if (const auto found = judge_zone(zone, slowness, times, open_as(slow.fingerprint))) {
      const bool is_error = found->severity == Severity::error && standards.latency_fail;
      slow.expected = limit_text(is_error ? standards.latency_fail : standards.latency_warn);
      slow.message = fmt::format("{} takes {:.0f} ms for {}{} (95 % of {} questions)", of.vantage,
                                 found->worst->p95_ms, of.zone, found->where, found->worst->questions);
      add(slow, *found, "slower");
    }
    auto silent = finding_of("watch-unanswered", of, inventory);
    if (const auto found =
            judge_zone(zone, share_missing, {warn_share, fail_share}, open_as(silent.fingerprint))) {
      const auto& worst = *found->worst;
      silent.expected = "an answer to each question";
      silent.message =
          fmt::format("{} has no answer to {} of {} questions about {}{} ({} timed out)", of.vantage,
                      missing(worst), worst.questions, of.zone, found->where, worst.timeouts);
      add(silent, *found, "questions without an answer");
    }
  }
  return all;
}

}  // namespace rdnsgate::run
