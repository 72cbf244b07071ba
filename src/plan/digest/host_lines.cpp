// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/digest/host_lines.h"

#include <fmt/format.h>

#include <map>

#include "base/address_ranges.h"
#include "base/text/text.h"
#include "plan/digest/shape.h"

namespace rdnsgate::plan {
namespace {

/// The text with its list of addresses as ranges.
std::string brief_text(const Manual& manual) {
  std::vector<std::string> list;
  for (const auto& ip : manual.addresses) list.push_back(ip.to_string());
  const auto whole = fmt::format("{}", fmt::join(list, ", "));
  const auto at = manual.text.find(whole);
  if (list.size() < 2 || at == std::string::npos) return manual.text;
  return manual.text.substr(0, at) + ranges_text(manual.addresses) + manual.text.substr(at + whole.size());
}

std::string alike(const std::vector<const Manual*>& group) {
  const auto& first = *group.front();
  const auto& last = *group.back();
  std::vector<IpAddress> addresses;
  for (const auto* one : group)
    addresses.insert(addresses.end(), one->addresses.begin(), one->addresses.end());
  const auto who =
      first.sender == last.sender ? first.sender : fmt::format("{} .. {}", first.sender, last.sender);
  const auto where = addresses.empty() ? std::string() : ": " + ranges_text(std::move(addresses));
  return fmt::format("{}: {}, and so on ({} times{})", who, brief_text(first), group.size(), where);
}

}  // namespace

std::vector<std::string> host_lines(std::span<const Manual* const> manual, std::size_t most) {
  constexpr std::size_t fewest_alike = 3;
  std::vector<std::vector<const Manual*>> groups;
  std::map<std::string, std::size_t> known;
  for (const auto* one : manual) {
    const auto [at, is_new] =
        known.try_emplace(shape_of(one->sender + '\0' + brief_text(*one)), groups.size());
    if (is_new) groups.emplace_back();
    groups[at->second].push_back(one);
  }
  std::vector<std::string> lines;
  for (const auto& group : groups) {
    if (group.size() >= fewest_alike) {
      lines.push_back(alike(group));
      continue;
    }
    for (const auto* one : group) lines.push_back(fmt::format("{}: {}", one->sender, brief_text(*one)));
  }
  if (lines.size() > most) {
    const auto rest = lines.size() - most;
    lines.resize(most);
    lines.push_back(fmt::format("and {} more", rest));
  }
  return lines;
}

}  // namespace rdnsgate::plan
