// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_validated.h"

#include <algorithm>

namespace rdnsgate::mailauth {
namespace {

using State = SpfLookup::State;

/// One that has an answer, which everybody sees alike.
bool is_settled(const SpfAnswer& answer) {
  return answer.state == State::failed || (answer.state == State::known && answer.versions.size() == 1);
}

}  // namespace

std::optional<std::string> validated_name(
    const IpAddress& ip, const dns::Name& domain,
    const std::function<const SpfAnswer&(const dns::Name&, dns::RrType)>& ask) {
  const auto& pointers = ask(dns::reverse_name(ip), dns::RrType::PTR);
  if (!is_settled(pointers)) return std::nullopt;
  if (pointers.state == State::failed) return "unknown";
  auto names = pointers.versions.front().names;
  if (names.size() > spf_most_names) names.resize(spf_most_names);
  std::stable_sort(names.begin(), names.end(), [&](const dns::Name& a, const dns::Name& b) {
    const auto rank = [&](const dns::Name& name) {
      return name == domain ? 0 : name.is_within(domain) ? 1 : 2;
    };
    return rank(a) < rank(b);
  });
  bool settled = true;
  for (const auto& name : names) {
    const auto& found = ask(name, ip.is_v4() ? dns::RrType::A : dns::RrType::AAAA);
    settled = settled && is_settled(found);
    if (!settled || found.state == State::failed) continue;
    const auto& addresses = found.versions.front().addresses;
    if (std::find(addresses.begin(), addresses.end(), ip) != addresses.end()) return name.text();
  }
  return settled ? std::optional<std::string>("unknown") : std::nullopt;
}

}  // namespace rdnsgate::mailauth
