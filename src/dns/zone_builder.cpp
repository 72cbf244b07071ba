// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

namespace rdnsgate::dns {
namespace {

constexpr std::size_t max_problems = 100;

/// Octets that compare as RFC 4034 §6.1 orders names, then by type.
std::string sort_key(const RRset& set) {
  auto key = set.owner.sort_key();
  key += static_cast<char>(static_cast<unsigned>(set.type) >> 8);
  key += static_cast<char>(static_cast<unsigned>(set.type) & 0xff);
  return key;
}

}  // namespace

void ZoneProblems::report(Span at, std::string message, std::string hint, Severity severity) {
  auto& reported = severity == Severity::error ? errors_ : warnings_;
  if (++reported > max_problems) return;
  all_.push_back({severity, "zone-file", std::move(message), std::move(hint), at});
  if (reported < max_problems) return;
  all_.push_back({severity,
                  "zone-file",
                  fmt::format("{} problems in this file: the rest is not shown", max_problems),
                  {},
                  at});
}

bool ZoneProblems::full() const { return errors_ >= max_problems; }

void ZoneBuilder::add(const Name& owner, RrType type, std::uint32_t ttl, std::string&& rdata, Span at) {
  ++records_;
  std::string key = owner.wire();
  key += static_cast<char>(static_cast<unsigned>(type) >> 8);
  key += static_cast<char>(static_cast<unsigned>(type) & 0xff);
  const auto [known, fresh] = index_.try_emplace(std::move(key), sets_.size());
  if (fresh) {
    sets_.push_back({owner, type, ttl, {std::move(rdata)}});
    places_.push_back({at});
    return;
  }
  RRset& set = sets_[known->second];
  set.rdata.push_back(std::move(rdata));
  if (set.ttl == ttl) return;
  auto& place = places_[known->second];
  if (!place.told_ttl) {
    problems_.report(at,
                     fmt::format("the {} records of {} differ in TTL; the lowest is used", to_string(type),
                                 set.owner.text()),
                     "one RRset has one TTL (RFC 2181 §5.2)", Severity::warning);
  }
  place.told_ttl = true;
  set.ttl = std::min(set.ttl, ttl);
}

ZoneFile ZoneBuilder::finish(const Name& origin) {
  check_sets(origin);
  ZoneFile zone = finish();
  zone.origin = origin;
  return zone;
}

ZoneFile ZoneBuilder::finish() {
  ZoneFile zone;
  // Canonical order by a key per set: comparing names label by label would cost more than reading them.
  std::vector<std::pair<std::string, std::size_t>> order;
  order.reserve(sets_.size());
  for (std::size_t i = 0; i < sets_.size(); ++i) order.emplace_back(sort_key(sets_[i]), i);
  std::sort(order.begin(), order.end());
  zone.rrsets.reserve(sets_.size());
  for (const auto& [key, index] : order) {
    auto& set = zone.rrsets.emplace_back(std::move(sets_[index]));
    std::sort(set.rdata.begin(), set.rdata.end());
    set.rdata.erase(std::unique(set.rdata.begin(), set.rdata.end()), set.rdata.end());
  }
  return zone;
}

void ZoneBuilder::check_sets(const Name& origin) {
  for (std::size_t i = 0; i < sets_.size(); ++i) {
    const auto& set = sets_[i];
    if (!set.owner.is_within(origin)) {
      problems_.report(places_[i].at,
                       fmt::format("{} is outside the zone {}", set.owner.text(), origin.text()),
                       "a name without a final dot is taken to be under the origin");
    }
    if (set.type != RrType::CNAME) continue;
    if (std::any_of(set.rdata.begin(), set.rdata.end(),
                    [&](const auto& rdata) { return rdata != set.rdata.front(); })) {
      problems_.report(places_[i].at, fmt::format("{} has several CNAME records", set.owner.text()),
                       "a name has one (RFC 2181 §10.1)");
    }
  }
  check_aliases();
}

void ZoneBuilder::check_aliases() {
  std::unordered_set<std::string_view> aliases;
  for (const auto& set : sets_) {
    if (set.type == RrType::CNAME) aliases.insert(set.owner.wire());
  }
  for (std::size_t i = 0; i < sets_.size() && !aliases.empty(); ++i) {
    const auto& set = sets_[i];
    // What DNSSEC adds stands beside a CNAME (RFC 4035 §2.5).
    if (set.type == RrType::CNAME || set.type == RrType::RRSIG || set.type == RrType::NSEC) continue;
    if (aliases.count(set.owner.wire()) == 0) continue;
    problems_.report(places_[i].at,
                     fmt::format("{} has CNAME and {} records", set.owner.text(), to_string(set.type)),
                     "a CNAME stands alone (RFC 1034 §3.6.2)");
  }
}

}  // namespace rdnsgate::dns
