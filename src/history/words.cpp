// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/words.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <initializer_list>
#include <optional>

#include "base/text/escape.h"

namespace rdnsgate::history {
namespace {

[[noreturn]] void damaged(std::string_view word) {
  stop(Failure::Kind::corrupt,
       fmt::format("the history has a word in it that there is not: \"{}\"", escape_terminal(word)));
}

template <typename T>
T known(std::optional<T> value, std::string_view word) {
  if (!value) damaged(word);
  return *value;
}

template <typename T>
T among(std::initializer_list<T> all, std::string_view word) {
  const auto* const found =
      std::find_if(all.begin(), all.end(), [&](T one) { return audit::to_string(one) == word; });
  if (found == all.end()) damaged(word);
  return *found;
}

}  // namespace

Severity severity_of(std::string_view word) { return known(parse_severity(word), word); }
audit::Status status_of(std::string_view word) {
  using audit::Status;
  return among({Status::open, Status::waived, Status::baseline}, word);
}
audit::Certainty certainty_of(std::string_view word) {
  using audit::Certainty;
  return among({Certainty::confirmed, Certainty::transient, Certainty::inconclusive}, word);
}
audit::Scope scope_of(std::string_view word) {
  using audit::Scope;
  return among({Scope::universal, Scope::isolated}, word);
}
audit::Verdict verdict_of(std::string_view word) {
  using audit::Verdict;
  return among({Verdict::pass, Verdict::fail, Verdict::inconclusive}, word);
}
audit::TargetKind target_kind_of(std::string_view word) {
  return known(audit::parse_target_kind(word), word);
}
TransitionKind transition_kind_of(std::string_view word) { return known(parse_transition_kind(word), word); }

std::string lines_of(const std::vector<std::string>& items) {
  if (items.empty()) return {};
  std::string lines = "\n";
  for (const auto& item : items) lines += item + "\n";
  return lines;
}

std::vector<std::string> items_of(std::string_view lines) {
  std::vector<std::string> items;
  if (!lines.empty()) lines.remove_prefix(1);
  while (!lines.empty()) {
    const auto end = std::min(lines.find('\n'), lines.size());
    items.emplace_back(lines.substr(0, end));
    lines.remove_prefix(std::min(end + 1, lines.size()));
  }
  return items;
}

std::string text_of(const std::vector<Track::Look>& looks) {
  std::string text;
  for (const auto& look : looks)
    text += fmt::format("{}{}", look.at.time_since_epoch().count(), look.seen ? '+' : '-');
  return text;
}

std::vector<Track::Look> looks_of(std::string_view text) {
  std::vector<Track::Look> looks;
  const char* at = text.data();
  const char* const end = at + text.size();
  while (at != end) {
    std::int64_t when = 0;
    const auto read = std::from_chars(at, end, when);
    if (read.ec != std::errc() || read.ptr == end || (*read.ptr != '+' && *read.ptr != '-')) damaged(text);
    looks.push_back({Time(seconds(when)), *read.ptr == '+'});
    at = read.ptr + 1;
  }
  return looks;
}

std::string plain(std::string_view text) { return escape_terminal(text); }

Seen plain(Seen seen) {
  for (auto* text : {&seen.fingerprint, &seen.rule, &seen.target.id, &seen.zone, &seen.sender, &seen.message,
                     &seen.expected, &seen.observed, &seen.path})
    *text = plain(*text);
  for (auto& vantage : seen.vantages) vantage = plain(vantage);
  return seen;
}

Run plain(Run run) {
  for (auto* text : {&run.id, &run.inventory_path, &run.inventory_sha256, &run.origin, &run.git_revision})
    *text = plain(*text);
  for (auto& one : run.latency) {
    for (auto* text : {&one.vantage, &one.zone, &one.server}) *text = plain(*text);
  }
  for (auto& one : run.zones) {
    for (auto* text : {&one.zone, &one.server}) *text = plain(*text);
  }
  for (auto& target : run.judged) target.id = plain(target.id);
  return run;
}

}  // namespace rdnsgate::history
