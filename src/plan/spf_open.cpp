// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "plan/plan.h"

namespace rdnsgate::plan {
namespace {

using State = SpfOpen::State;

constexpr std::array<std::string_view, 4> states{"still-passes", "may-still-pass", "does-not-pass",
                                                 "unproven"};

/// `192.0.2.1`, or `240 addresses, 192.0.2.1 to 192.0.2.240,`.
std::string who(std::vector<IpAddress> all, std::string_view kind) {
  std::sort(all.begin(), all.end());
  if (all.size() == 1) return all.front().to_string();
  return fmt::format("{} {}addresses, {} {} {},", all.size(), kind, all.front().to_string(),
                     all.size() == 2 ? "and" : "to", all.back().to_string());
}

std::string line_of(const SpfOpen& one, const std::vector<IpAddress>& all) {
  const auto domain = one.domain.text();
  const std::string_view retired = all.size() == 1 ? ", which is retired" : "";
  switch (one.state) {
    case State::still_passes:
      return fmt::format("The SPF record of {} still lets {} through{}: {}.", domain, who(all, "retired "),
                         retired, one.reason);
    case State::may_still_pass:
      return fmt::format("Whether the SPF record of {} still lets {} through{} could not be determined: {}.",
                         domain, who(all, "retired "), all.size() == 1 ? ", which is retired," : "",
                         one.reason);
    case State::does_not_pass:
      return fmt::format(
          "The SPF record of {} does not let {} through ({}), which {} sends from already; that is left as "
          "it is.",
          domain, who(all, ""), one.reason, one.sender);
    case State::unproven:
      break;
  }
  return fmt::format(
      "Whether the SPF record of {} lets {} through could not be determined ({}); it is left as it is.",
      domain, who(all, ""), one.reason);
}

}  // namespace

std::string_view to_string(State state) { return states[static_cast<std::size_t>(state)]; }

std::optional<State> parse_spf_open(std::string_view text) {
  const auto found = std::find(states.begin(), states.end(), text);
  if (found == states.end()) return std::nullopt;
  return static_cast<State>(found - states.begin());
}

std::vector<std::string> spf_open_lines(const std::vector<SpfOpen>& all) {
  using Key = std::tuple<Name, State, std::string, std::string>;
  std::map<Key, std::pair<const SpfOpen*, std::vector<IpAddress>>> groups;
  for (const auto& one : all) {
    const auto sender = one.state == State::does_not_pass ? one.sender : std::string();
    auto& group = groups[{one.domain, one.state, one.reason, sender}];
    group.first = &one;
    group.second.push_back(one.ip);
  }
  std::vector<std::string> lines;
  for (const auto& [key, group] : groups) lines.push_back(line_of(*group.first, group.second));
  return lines;
}

}  // namespace rdnsgate::plan
