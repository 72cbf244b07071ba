// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/lab/lab_records.h"

#include <algorithm>
#include <set>
#include <string>
#include <tuple>

#include "run/faults/alter.h"

namespace rdnsgate::run {
namespace {

using dns::RrType;

/// From the types that are for private use (RFC 6895 §3.1).
constexpr RrType placeholder{65534};
constexpr int ranks = 10;

/// Who signs makes these, and who delegates: no answer of the world before goes into a zone.
bool is_made_anew(RrType type) {
  constexpr RrType nsec3param{51}, cds{59}, cdnskey{60};
  for (const auto one : {RrType::SOA, RrType::NS, RrType::DS, RrType::RRSIG, RrType::NSEC, RrType::DNSKEY,
                         RrType::NSEC3, nsec3param, cds, cdnskey}) {
    if (type == one) return true;
  }
  return false;
}

bool is_below_one_of(const dns::Name& name, const std::set<dns::Name>& owners) {
  if (owners.empty()) return false;
  for (auto above = name; !above.is_root();) {
    above = above.parent();
    if (owners.contains(above)) return true;
  }
  return false;
}

}  // namespace

int LabRecords::rank_of(dns::VantageIndex vantage) const {
  return ground_.is_authoritative(vantage) ? 0 : ground_.is_cache(vantage) ? 2 : 1;
}

void LabRecords::add(const dns::FactStore& facts) {
  facts.for_each([&](const dns::Fact& fact) {
    if (!ground_.is_outside(fact.question.vantage)) return;
    const int rank =
        layer_ + rank_of(fact.question.vantage) + (dns::is_definite(fact.outcome) ? 0 : 10 * ranks);
    auto [told, is_new] = told_.try_emplace({fact.question.name, fact.question.type});
    if (!is_new && told->second.rank <= rank) return;
    const bool has_failed = !dns::is_definite(fact.outcome) && !dns::is_outside(fact);
    told->second = {rank, fact.outcome, has_failed, fact.answer};
  });
  facts.for_each([&](const dns::Fact& fact) {
    if (ground_.is_outside(fact.question.vantage)) note_soa(fact);
  });
  layer_ += ranks;
  sets_.reset();
}

/// A denial has it with the TTL of the denial: an answer to the question for it is better.
void LabRecords::note_soa(const dns::Fact& fact) {
  const auto* set = dns::is_positive(fact.outcome) ? fact.rrset() : nullptr;
  if (fact.question.type == RrType::SOA && set != nullptr && set->owner == fact.question.name) {
    if (told_.at({fact.question.name, RrType::SOA}).answer == fact.answer) soas_[set->owner] = *set;
  } else if (fact.soa) {
    soas_.try_emplace(fact.soa->owner, *fact.soa);
  }
}

const LabRecords::Sets& LabRecords::sets() const {
  if (sets_) return *sets_;
  Sets all;
  std::vector<const std::pair<const Asked, Told>*> in_order;
  for (const auto& one : told_) {
    if (dns::is_positive(one.second.outcome)) in_order.push_back(&one);
  }
  // By the nearest first; the same whatever order the answers came in.
  std::sort(in_order.begin(), in_order.end(), [](const auto* a, const auto* b) {
    return std::tie(a->second.rank, a->first.name, a->first.type) <
           std::tie(b->second.rank, b->first.name, b->first.type);
  });
  std::set<dns::Name> aliases, trees;
  for (const auto* one : in_order) {
    for (const auto& set : one->second.answer) {
      if (is_made_anew(set.type)) continue;
      if (set.type == RrType::CNAME) aliases.insert(set.owner);
      if (set.type == RrType::DNAME) trees.insert(set.owner);
      all.try_emplace({set.owner, set.type}, set);
    }
  }
  // What no zone can hold: records beside an alias (RFC 2181 §10.1), or below a DNAME record (RFC 6672 §2.4).
  std::erase_if(all, [&](const auto& one) {
    const auto& [owner, type] = one.first;
    return (type != RrType::CNAME && aliases.contains(owner)) || is_below_one_of(owner, trees);
  });
  for (const auto& [asked, told] : told_) {
    if (told.outcome != dns::Outcome::nodata || is_below_one_of(asked.name, trees)) continue;
    const auto first = all.lower_bound({asked.name, RrType{}});
    if (first == all.end() || first->first.first != asked.name)
      all.emplace(std::pair(asked.name, placeholder),
                  dns::RRset{asked.name, placeholder, 300, {std::string(1, '\0')}});
  }
  sets_ = std::move(all);
  return *sets_;
}

std::vector<dns::RRset> LabRecords::all() const {
  std::vector<dns::RRset> found;
  for (const auto& [key, set] : sets()) found.push_back(set);
  return found;
}

const dns::RRset* LabRecords::find(const dns::Name& owner, RrType type) const {
  const auto found = sets().find({owner, type});
  return found == sets().end() ? nullptr : &found->second;
}

dns::RRset LabRecords::soa(const dns::Name& zone) const {
  const auto found = soas_.find(zone);
  return found == soas_.end() ? made_soa(zone) : found->second;
}

std::size_t LabRecords::unanswered() const {
  return static_cast<std::size_t>(
      std::count_if(told_.begin(), told_.end(), [](const auto& one) { return one.second.has_failed; }));
}

}  // namespace rdnsgate::run
