// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <map>
#include <tuple>

#include "base/text/text.h"
#include "plan/plan.h"

namespace rdnsgate::plan {
namespace {

constexpr std::array<std::string_view, 4> kinds{"address", "name", "domain", "zone"};
constexpr std::array<std::string_view, 4> plurals{"addresses", "names", "domains", "zones"};

/// Without the name that it is about, where it begins with one: that is another one for each address.
std::string common_part(const LeftOut& one) {
  const auto colon = one.reason.find(": ");
  const auto space = one.reason.rfind(' ', colon == std::string::npos ? std::string::npos : colon - 1);
  const bool has_name = one.kind == LeftOut::Kind::address && colon != std::string::npos &&
                        space != std::string::npos && space < colon && one.reason.find(' ') == space;
  return has_name ? one.reason.substr(space + 1) : one.reason;
}

std::string who(const LeftOut& one) {
  return one.sender.empty() ? one.id : fmt::format("{} ({})", one.id, one.sender);
}

std::string some_of(const std::vector<const LeftOut*>& all) {
  constexpr std::size_t most = 4;
  std::string text;
  for (std::size_t i = 0; i < std::min(most, all.size()); ++i) text += (i == 0 ? "" : ", ") + who(*all[i]);
  if (all.size() > most) text += fmt::format(" and {} more", all.size() - most);
  return text;
}

}  // namespace

std::string_view to_string(LeftOut::Kind kind) { return kinds[static_cast<std::size_t>(kind)]; }

std::optional<LeftOut::Kind> parse_left_out(std::string_view text) {
  const auto found = std::find(kinds.begin(), kinds.end(), text);
  if (found == kinds.end()) return std::nullopt;
  return static_cast<LeftOut::Kind>(found - kinds.begin());
}

std::vector<std::string> left_out_lines(const std::vector<LeftOut>& all) {
  std::map<std::tuple<LeftOut::Kind, bool, std::string>, std::vector<const LeftOut*>> groups;
  for (const auto& one : all) groups[{one.kind, one.adds, common_part(one)}].push_back(&one);
  std::vector<std::string> lines;
  for (const auto& [key, some] : groups) {
    const auto& [kind, adds, reason] = key;
    const auto at = static_cast<std::size_t>(kind);
    const auto what =
        some.size() == 1 ? who(*some.front())
                         : fmt::format("{}: {}", counted(some.size(), kinds[at], plurals[at]), some_of(some));
    lines.push_back(fmt::format("{}{}: {}", what, adds ? ", but for what is added to names" : "",
                                some.size() == 1 ? some.front()->reason : reason));
  }
  return lines;
}

}  // namespace rdnsgate::plan
