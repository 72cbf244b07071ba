// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/metrics.h"

#include <fmt/format.h>

#include <array>
#include <string_view>
#include <utility>

#include "base/text/escape.h"
#include "base/version.h"

namespace rdnsgate::run {
namespace {

using Label = std::pair<std::string_view, std::string>;

/// The value of a label: what a terminal would show, with quotes and backslashes escaped.
std::string quoted(const std::string& text) {
  std::string out = "\"";
  for (const char c : escape_terminal(text)) {
    if (c == '"' || c == '\\') out += '\\';
    out += c;
  }
  return out + '"';
}

class Page {
 public:
  void family(std::string_view name, std::string_view type, std::string_view help) {
    name_ = name;
    text_ += fmt::format("# HELP rdnsgate_{} {}\n# TYPE rdnsgate_{} {}\n", name, help, name, type);
  }

  template <typename Value>
  void value(const Value& value, const std::vector<Label>& labels = {}) {
    text_ += fmt::format("rdnsgate_{}", name_);
    for (std::size_t i = 0; i < labels.size(); ++i)
      text_ += fmt::format("{}{}={}", i == 0 ? "{" : ",", labels[i].first, quoted(labels[i].second));
    text_ += fmt::format("{} {}\n", labels.empty() ? "" : "}", value);
  }

  /// A family of one value without labels.
  template <typename Value>
  void one(std::string_view name, std::string_view type, std::string_view help, const Value& of) {
    family(name, type, help);
    value(of);
  }

  std::string take() { return std::move(text_); }

 private:
  std::string_view name_;
  std::string text_;
};

std::int64_t seconds_of(Time time) { return time.time_since_epoch().count(); }

void add_findings(Page& page, const WatchFigures& figures) {
  page.family("findings_open", "gauge", "Findings that are open, by severity.");
  for (const auto severity : {Severity::error, Severity::warning, Severity::info})
    page.value(figures.count_open(severity), {{"severity", std::string(to_string(severity))}});
  page.family("findings_open_by_rule", "gauge", "Findings that are open, by rule and severity.");
  for (const auto& [what, count] : figures.open)
    page.value(count, {{"rule", what.first}, {"severity", std::string(to_string(what.second))}});
  page.family("transitions_total", "counter", "Findings that opened, changed and recovered.");
  for (const auto kind : {history::TransitionKind::opened, history::TransitionKind::changed,
                          history::TransitionKind::recovered}) {
    const auto found = figures.transitions.find(kind);
    page.value(found == figures.transitions.end() ? 0 : found->second,
               {{"kind", std::string(history::to_string(kind))}});
  }
  page.one("doubtful_subjects", "gauge", "What is looked at again before its turn.", figures.doubtful);
}

void add_looks(Page& page, const WatchFigures& figures) {
  page.family("looks_total", "counter",
              "Looks at everything, at what is doubtful, and that came to nothing.");
  page.value(figures.looks, {{"kind", "whole"}});
  page.value(figures.rechecks, {{"kind", "recheck"}});
  page.value(figures.failed, {{"kind", "failed"}});
  page.one("looks_left_out_total", "counter", "Looks that were left out, as one took too long.",
           figures.late);
  page.one("last_look_timestamp_seconds", "gauge", "When the last look ended.",
           seconds_of(figures.last_look));
  page.one("last_conclusive_look_timestamp_seconds", "gauge",
           "When the last look at everything ended that answered all that matters.",
           seconds_of(figures.last_conclusive));
  page.one("look_duration_seconds", "gauge", "How long the last look at everything took.",
           static_cast<double>(figures.took.count()) / 1000);
  page.one("inventory_usable", "gauge", "The inventory that is there can be used; else the one before it is.",
           figures.inventory_usable ? 1 : 0);
  page.one("addresses", "gauge", "Addresses of the inventory.", figures.last.summary.addresses);
  page.one("inconclusive_findings", "gauge", "Checks of the last look that could not be completed.",
           figures.last.summary.inconclusive);
}

void add_vantages(Page& page, const WatchFigures& figures) {
  page.family("vantage_questions", "gauge", "Questions of the last look, by vantage.");
  for (const auto& one : figures.vantages) page.value(one.questions, {{"vantage", one.name}});
  page.family("vantage_unanswered", "gauge", "Of these, those without an answer.");
  for (const auto& one : figures.vantages) page.value(one.unanswered, {{"vantage", one.name}});
  // Quantiles without a sum: those of each look are of that look alone.
  page.family("vantage_latency_seconds", "summary",
              "Time to an answer in the last look, by vantage and quantile.");
  for (const auto& one : figures.vantages) {
    page.value(one.p50_ms / 1000, {{"vantage", one.name}, {"quantile", "0.5"}});
    page.value(one.p99_ms / 1000, {{"vantage", one.name}, {"quantile", "0.99"}});
  }
}

void add_hooks(Page& page, const WatchFigures& figures) {
  constexpr std::array<std::pair<std::string_view, std::string_view>, 3> totals{
      {{"hook_delivered_total", "Events that a hook took."},
       {"hook_failures_total", "Tries of a hook that failed."},
       {"hook_dropped_total", "Events that a hook will never take."}}};
  const auto value_of = [](const Courier::Figures& of, std::size_t which) {
    return which == 0 ? of.delivered : which == 1 ? of.failed : of.dropped;
  };
  for (std::size_t i = 0; i < totals.size(); ++i) {
    page.family(totals[i].first, "counter", totals[i].second);
    for (const auto& one : figures.hooks) page.value(value_of(one.second, i), {{"hook", one.first}});
  }
  page.family("hook_waiting", "gauge", "Events that wait for a hook.");
  for (const auto& one : figures.hooks) page.value(one.second.waiting, {{"hook", one.first}});
}

}  // namespace

std::string metrics_text(const WatchFigures& figures) {
  Page page;
  page.family("build_info", "gauge", "The version that looks.");
  page.value(1, {{"version", std::string(version)}});
  add_findings(page, figures);
  add_looks(page, figures);
  add_vantages(page, figures);
  add_hooks(page, figures);
  return page.take();
}

}  // namespace rdnsgate::run
