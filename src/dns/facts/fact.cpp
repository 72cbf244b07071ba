// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/facts/fact.h"

#include <algorithm>
#include <array>

#include "dns/enum_words.h"

namespace rdnsgate::dns {

std::string_view to_string(FromFiles from) {
  constexpr std::array<std::string_view, 4> words{"none", "part", "all", "outside"};
  return words[static_cast<std::size_t>(from)];
}

std::optional<FromFiles> parse_from_files(std::string_view text) {
  return enumerator(text, FromFiles::outside);
}

const RRset* Fact::rrset() const {
  if (outcome != Outcome::answer && outcome != Outcome::bogus) return nullptr;
  const auto found = std::find_if(answer.rbegin(), answer.rend(),
                                  [&](const RRset& set) { return set.type == question.type; });
  return found == answer.rend() ? nullptr : &*found;
}

std::vector<Fact::Alias> Fact::aliases() const {
  std::vector<Alias> all;
  if (question.type == RrType::CNAME) return all;
  for (const auto& set : answer) {
    if (set.type != RrType::CNAME || set.rdata.empty()) continue;
    if (auto target = name_in(set.rdata.front())) all.push_back({set.owner, *target, set.ttl});
  }
  return all;
}

std::vector<IpAddress> Fact::addresses() const {
  std::vector<IpAddress> all;
  if (const auto* set = rrset()) {
    for (const auto& rdata : set->rdata) {
      if (const auto address = address_in(rdata)) all.push_back(*address);
    }
  }
  std::sort(all.begin(), all.end());
  return all;
}

std::vector<Name> Fact::targets() const {
  std::vector<Name> all;
  if (const auto* set = rrset()) {
    for (const auto& rdata : set->rdata) {
      if (auto name = name_in(rdata)) all.push_back(std::move(*name));
    }
  }
  return all;
}

std::optional<std::uint32_t> Fact::negative_ttl() const {
  if (!soa || soa->rdata.empty()) return std::nullopt;
  const auto fields = soa_in(soa->rdata.front());
  if (!fields) return std::nullopt;
  return std::min(soa->ttl, fields->minimum);
}

Time Fact::expires_at() const {
  std::uint32_t ttl = negative_ttl().value_or(0);
  for (const auto& set : answer) ttl = std::max(ttl, set.ttl);
  return asked_at + std::chrono::seconds(ttl);
}

}  // namespace rdnsgate::dns
