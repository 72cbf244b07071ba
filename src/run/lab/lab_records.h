// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <map>
#include <optional>
#include <unordered_map>
#include <utility>
#include <vector>

#include "dns/facts/fact_store.h"
#include "run/faults/ground.h"

namespace rdnsgate::run {

/// The records that answers are made of, each question by the word of who is nearest to the zones.
class LabRecords {
 public:
  explicit LabRecords(const Ground& ground) : ground_(ground) {}

  /// Answers; what is told first counts, where both are of use.
  void add(const dns::FactStore& facts);

  /// What is to be in zones: of a name that exists and has no records, one of no meaning.
  std::vector<dns::RRset> all() const;
  const dns::RRset* find(const dns::Name& owner, dns::RrType type) const;
  /// Of a zone's apex; one that is made where none was seen.
  dns::RRset soa(const dns::Name& zone) const;
  bool has_soa(const dns::Name& zone) const { return soas_.contains(zone); }
  /// How many questions came to nothing.
  std::size_t unanswered() const;

 private:
  struct Asked {
    dns::Name name;
    dns::RrType type{};
    bool operator==(const Asked&) const = default;
  };
  struct HashAsked {
    std::size_t operator()(const Asked& asked) const {
      return std::hash<dns::Name>()(asked.name) * 31 + static_cast<std::size_t>(asked.type);
    }
  };
  struct Told {
    int rank = 0;
    dns::Outcome outcome{};
    bool has_failed = false;  ///< of a name that no zone file holds nobody was asked
    std::vector<dns::RRset> answer;
  };
  using Sets = std::map<std::pair<dns::Name, dns::RrType>, dns::RRset>;

  int rank_of(dns::VantageIndex vantage) const;
  void note_soa(const dns::Fact& fact);
  const Sets& sets() const;

  const Ground& ground_;
  int layer_ = 0;
  std::unordered_map<Asked, Told, HashAsked> told_;
  std::unordered_map<dns::Name, dns::RRset> soas_;
  mutable std::optional<Sets> sets_;  // made of the above when it is asked for
};

}  // namespace rdnsgate::run
