// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/history/history_text.h"

#include <fmt/format.h>

#include <algorithm>
#include <initializer_list>
#include <string_view>

#include "base/duration.h"
#include "base/text/escape.h"
#include "base/text/text.h"

namespace rdnsgate::run {
namespace {

using history::TransitionKind;

/// `3d4h`: what is smaller says nothing to somebody who asks how long.
std::string roughly(seconds time) {
  time = std::max(time, seconds(0));
  const seconds unit = time >= seconds(86400)  ? seconds(3600)
                       : time >= seconds(3600) ? seconds(60)
                                               : seconds(1);
  return format_duration(time / unit * unit);
}

/// ` (east)`; nothing where nobody keeps origins apart.
std::string origin_of(const std::string& origin) {
  return origin.empty() ? std::string() : fmt::format(" ({})", escape_terminal(origin));
}

std::string target_of(const history::Seen& seen) {
  std::string text = seen.target.kind == audit::TargetKind::inventory && seen.target.id.empty()
                         ? std::string("inventory")
                         : seen.target.id;
  return escape_terminal(text);
}

/// `error ptr-missing 192.0.2.10: there is no PTR record (waived)`
std::string line_of(const history::Seen& seen) {
  const auto status = seen.status == audit::Status::open
                          ? std::string()
                          : fmt::format(" ({})", audit::to_string(seen.status));
  const auto certainty = seen.certainty == audit::Certainty::confirmed
                             ? std::string()
                             : fmt::format(" ({})", audit::to_string(seen.certainty));
  const auto target = target_of(seen);
  const auto message = escape_terminal(seen.message);
  const bool names_it = message.find(target) != std::string::npos;
  return fmt::format("{} {} {}{}{}{}", to_string(seen.severity), escape_terminal(seen.rule),
                     names_it ? std::string() : target + ": ", message, status, certainty);
}

std::string cell(std::string_view text) {
  std::string safe = escape_terminal(text);
  if (!safe.empty() && std::string_view("=+-@").find(safe.front()) != std::string_view::npos)
    safe.insert(0, 1, '\'');
  if (safe.find_first_of("\",\n") == std::string::npos) return safe;
  std::string quoted = "\"";
  for (const char character : safe) quoted += character == '"' ? "\"\"" : std::string(1, character);
  return quoted + "\"";
}

std::string csv_line(std::initializer_list<std::string> cells) {
  std::string line;
  for (const auto& one : cells) line += (line.empty() ? "" : ",") + cell(one);
  return line + "\r\n";
}

}  // namespace

std::string history_text(const std::vector<history::KeptRun>& runs) {
  std::string text;
  for (const auto& kept : runs) {
    const auto& run = kept.run;
    const auto& sum = run.summary;
    std::string brought;
    for (const auto& [count, word] :
         {std::pair{kept.opened, "opened"}, {kept.changed, "changed"}, {kept.recovered, "recovered"}}) {
      if (count > 0) brought += fmt::format(", {} {}", count, word);
    }
    text +=
        fmt::format("{} {} {}{}: {}, {}{}{}{}\n", format_time(run.finished_at), audit::to_string(run.verdict),
                    escape_terminal(run.inventory_path), origin_of(run.origin),
                    counted(sum.errors, "error", "errors"), counted(sum.warnings, "warning", "warnings"),
                    sum.inconclusive > 0 ? fmt::format(", {} inconclusive", sum.inconclusive) : std::string(),
                    brought, run.whole ? "" : " (of a part)");
  }
  return text.empty() ? "no runs\n" : text;
}

std::string history_text(const std::vector<history::Track>& findings, Time now) {
  std::string text;
  for (const auto& track : findings) {
    const auto seen = format_time(track.last_seen);
    text += line_of(track.finding) + "\n";
    text += track.open
                ? fmt::format("  open since {} ({}), last seen {}{}\n", format_time(track.opened_at),
                              roughly(now - track.opened_at), seen, origin_of(track.origin))
                : fmt::format("  seen {}, not often enough to be open{}\n", seen, origin_of(track.origin));
    text += fmt::format("  fingerprint {}\n", escape_terminal(track.finding.fingerprint));
  }
  return text.empty() ? "nothing is open\n" : text;
}

std::string history_text(const std::vector<history::Transition>& transitions) {
  std::string text;
  for (const auto& one : transitions) {
    text += fmt::format("{} {:<9} {}{}", format_time(one.at), history::to_string(one.kind),
                        line_of(one.finding), origin_of(one.origin));
    if (one.since < one.at) text += fmt::format(", since {}", format_time(one.since));
    if (one.kind == TransitionKind::recovered) text += fmt::format(", after {}", roughly(one.lasted()));
    if (one.kind == TransitionKind::changed && one.before) {
      const auto& before = *one.before;
      if (before.observed != one.finding.observed)
        text += fmt::format("\n  observed {}, before {}", escape_terminal(one.finding.observed),
                            escape_terminal(before.observed));
      if (before.status != one.finding.status)
        text += fmt::format("\n  {} before", audit::to_string(before.status));
      if (before.severity != one.finding.severity)
        text += fmt::format("\n  {} before", to_string(before.severity));
      if (before.certainty != one.finding.certainty)
        text += fmt::format("\n  {} before", audit::to_string(before.certainty));
    }
    text += "\n";
  }
  return text.empty() ? "nothing opened, changed or recovered\n" : text;
}

std::string csv_head() {
  return csv_line({"at",     "since",    "kind",      "severity", "status",   "certainty",  "rule",
                   "target", "zone",     "sender",    "message",  "expected", "observed",   "observed_before",
                   "open_s", "vantages", "inventory", "origin",   "run",      "fingerprint"});
}

std::string csv_lines(const std::vector<history::Transition>& transitions) {
  std::string text;
  for (const auto& one : transitions) {
    const auto& seen = one.finding;
    text += csv_line(
        {format_time(one.at),
         format_time(one.since),
         std::string(history::to_string(one.kind)),
         std::string(to_string(seen.severity)),
         std::string(audit::to_string(seen.status)),
         std::string(audit::to_string(seen.certainty)),
         seen.rule,
         seen.target.id,
         seen.zone,
         seen.sender,
         seen.message,
         seen.expected,
         seen.observed,
         one.before ? one.before->observed : std::string(),
         one.kind == TransitionKind::recovered ? std::to_string(one.lasted().count()) : std::string(),
         fmt::format("{}", fmt::join(seen.vantages, " ")),
         one.inventory_path,
         one.origin,
         one.run,
         seen.fingerprint});
  }
  return text;
}

}  // namespace rdnsgate::run
