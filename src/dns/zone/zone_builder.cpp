// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone/zone_builder.h"

#include <fmt/format.h>

#include <algorithm>
#include <unordered_set>

#include "base/ascii.h"
#include "base/text/text.h"

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

std::string key_of(const Name& owner, RrType type) {
  std::string key = owner.wire();
  key += static_cast<char>(static_cast<unsigned>(type) >> 8);
  key += static_cast<char>(static_cast<unsigned>(type) & 0xff);
  return key;
}

constexpr std::size_t largest_message = 65535;  // over TCP (RFC 1035 §4.2.2)

/// Of an answer with nothing else in it: the header, the question, and each record with a pointer for its
/// owner.
std::size_t answer_octets(const RRset& set) {
  constexpr std::size_t header = 12, of_question = 4, of_record = 12;
  std::size_t octets = header + set.owner.wire().size() + of_question;
  for (const auto& rdata : set.rdata) octets += of_record + rdata.size();
  return octets;
}

/// SHA-1, which is the only one, in base32 with extended hex (RFC 5155 §3).
bool is_hash(std::string_view label) {
  constexpr std::size_t digits = 32;
  return label.size() == digits && std::all_of(label.begin(), label.end(), [](char c) {
           return is_digit(c) || (is_letter(c) && to_lower(c) <= 'v');
         });
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

bool ZoneBuilder::has(const Name& owner, RrType type) const { return index_.contains(key_of(owner, type)); }

void ZoneBuilder::add(const Name& owner, RrType type, std::uint32_t ttl, std::string&& rdata, Span at) {
  ++records_;
  const auto [known, fresh] = index_.try_emplace(key_of(owner, type), sets_.size());
  if (fresh) {
    sets_.push_back({owner, type, ttl, {std::move(rdata)}});
    places_.push_back({at});
    return;
  }
  RRset& set = sets_[known->second];
  set.rdata.push_back(std::move(rdata));
  if (set.ttl == ttl) return;
  auto& place = places_[known->second];
  // Of signatures each has the TTL of what it covers, and those of one owner are no RRset (RFC 4035 §2.2).
  if (!place.told_ttl && type != RrType::RRSIG) {
    problems_.report(at,
                     fmt::format("the {} records of {} differ in TTL; the highest is used", to_string(type),
                                 set.owner.text()),
                     "one RRset has one TTL (RFC 2181 §5.2)", Severity::warning);
  }
  place.told_ttl = true;
  // Name servers give out the first, the lowest or each its own: what caches may keep is the highest of them.
  set.ttl = std::max(set.ttl, ttl);
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
    if (const auto octets = answer_octets(set); octets > largest_message) {
      problems_.report(
          places_[index].at,
          fmt::format("{}: an answer with {} has {} octets, and a DNS message at most {}", set.owner.text(),
                      counted(set.rdata.size(), fmt::format("{} record", to_string(set.type)),
                              fmt::format("{} records", to_string(set.type))),
                      octets, largest_message),
          "no server can give it out");
      zone.rrsets.pop_back();
    }
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
    check_place(set, origin, places_[i].at);
    if (set.type != RrType::CNAME && set.type != RrType::DNAME) continue;
    if (std::any_of(set.rdata.begin(), set.rdata.end(),
                    [&](const auto& rdata) { return rdata != set.rdata.front(); })) {
      problems_.report(
          places_[i].at, fmt::format("{} has several {} records", set.owner.text(), to_string(set.type)),
          set.type == RrType::CNAME ? "a name has one (RFC 2181 §10.1)" : "a name has one (RFC 6672 §2.4)");
    }
  }
  check_aliases();
}

/// Records that are right in themselves, and that primaries refuse where they stand.
void ZoneBuilder::check_place(const RRset& set, const Name& origin, Span at) {
  if (set.type == RrType::DS && set.owner == origin) {
    problems_.report(at, fmt::format("{} has a DS record at its apex", origin.text()),
                     "the zone above holds it (RFC 4035 §2.4)");
  }
  if (set.type == RrType::NSEC3 && !is_hash(set.owner.first_label())) {
    problems_.report(at, fmt::format("{} is no name for an NSEC3 record", set.owner.text()),
                     "its first label is a hash in base32 (RFC 5155 §3)");
  }
  if (set.type == RrType::NS && set.owner.first_label() == "*") {
    problems_.report(at, fmt::format("{} has NS records: what a delegated wildcard means is undefined", set.owner.text()),
                     "delegate each name by itself (RFC 4592 §4.2)");
  }
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
