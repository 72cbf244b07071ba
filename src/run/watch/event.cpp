// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/event.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/duration.h"
#include "base/text/escape.h"
#include "base/text/text.h"
#include "base/version.h"

namespace rdnsgate::run {
namespace {

using history::Transition;
using history::TransitionKind;
using nlohmann::ordered_json;

constexpr std::size_t most_transitions = 1000;

ordered_json before_json(const history::Before& before) {
  return {{"severity", to_string(before.severity)},
          {"status", to_string(before.status)},
          {"certainty", to_string(before.certainty)},
          {"observed", before.observed},
          {"opened_at", format_time(before.opened_at)}};
}

ordered_json transition_json(const Transition& one) {
  const auto& finding = one.finding;
  ordered_json json{{"kind", history::to_string(one.kind)},
                    {"at", format_time(one.at)},
                    {"since", format_time(one.since)},
                    {"lasted_s", one.kind == TransitionKind::recovered ? ordered_json(one.lasted().count())
                                                                       : ordered_json()},
                    {"rule", finding.rule},
                    {"severity", to_string(finding.severity)},
                    {"status", to_string(finding.status)},
                    {"certainty", to_string(finding.certainty)},
                    {"scope", to_string(finding.scope)},
                    {"vantages", finding.vantages},
                    {"target", {{"kind", audit::to_string(finding.target.kind)}, {"id", finding.target.id}}},
                    {"zone", finding.zone},
                    {"sender", finding.sender},
                    {"message", finding.message},
                    {"expected", finding.expected},
                    {"observed", finding.observed},
                    {"location", {{"path", finding.path}, {"line", finding.line}}},
                    {"fingerprint", finding.fingerprint}};
  json["before"] = one.before ? before_json(*one.before) : ordered_json();
  return json;
}

}  // namespace

std::size_t WatchEvent::count(TransitionKind kind) const {
  return static_cast<std::size_t>(std::count_if(transitions.begin(), transitions.end(),
                                                [&](const auto& one) { return one.kind == kind; }));
}

std::string event_json(const WatchEvent& event) {
  auto transitions = ordered_json::array();
  const auto shown = std::min(event.transitions.size(), most_transitions);
  for (std::size_t i = 0; i < shown; ++i) transitions.push_back(transition_json(event.transitions[i]));
  const auto counted_as = [&](TransitionKind kind) { return event.count(kind); };
  const ordered_json json{
      {"schema", "rdnsgate/watch-event/1"},
      {"tool", {{"name", "rdnsgate"}, {"version", version}}},
      {"id", event.run.id},
      {"host", event.host},
      {"inventory", {{"path", event.run.inventory_path}, {"sha256", event.run.inventory_sha256}}},
      {"started_at", format_time(event.run.started_at)},
      {"finished_at", format_time(event.run.finished_at)},
      {"verdict", to_string(event.run.verdict)},
      {"opened", counted_as(TransitionKind::opened)},
      {"changed", counted_as(TransitionKind::changed)},
      {"recovered", counted_as(TransitionKind::recovered)},
      {"open", event.open},
      {"left_out", event.transitions.size() - shown},
      {"transitions", std::move(transitions)}};
  return harmless_json(json.dump(-1, ' ', false, ordered_json::error_handler_t::replace));
}

std::string event_summary(const WatchEvent& event) {
  std::string text;
  for (const auto kind : {TransitionKind::opened, TransitionKind::changed, TransitionKind::recovered}) {
    if (const auto count = event.count(kind); count > 0)
      text += fmt::format("{}{} {}", text.empty() ? "" : ", ", count, history::to_string(kind));
  }
  return fmt::format("{} in {}", text.empty() ? "nothing new" : text, event.run.inventory_path);
}

std::string transition_text(const Transition& one) {
  const auto& finding = one.finding;
  std::string text = fmt::format("{} {:<9} {} {}", format_time(one.at), history::to_string(one.kind),
                                 to_string(finding.severity), finding.target.id);
  if (one.kind == TransitionKind::recovered) {
    text += fmt::format(" [{}] after {}", finding.rule, format_duration(one.lasted()));
  } else {
    text += fmt::format(": {} [{}]", finding.message, finding.rule);
    if (one.kind == TransitionKind::changed && one.before && one.before->observed != finding.observed)
      text += fmt::format(", before: {}", one.before->observed);
    if (one.kind == TransitionKind::changed && one.before && one.before->severity != finding.severity)
      text += fmt::format(", was {}", to_string(one.before->severity));
    if (finding.status != audit::Status::open) text += fmt::format(", {}", to_string(finding.status));
    if (finding.scope == audit::Scope::isolated)
      text += fmt::format(", seen by {} only", fmt::join(finding.vantages, ", "));
    if (one.since < one.at) text += fmt::format(", since {}", format_time(one.since));
  }
  if (!finding.path.empty()) text += fmt::format(" ({}:{})", finding.path, finding.line);
  return escape_terminal(text);
}

std::string event_text(const WatchEvent& event) {
  std::string text;
  for (const auto& one : event.transitions) text += transition_text(one) + "\n";
  return text;
}

}  // namespace rdnsgate::run
