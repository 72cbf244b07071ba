// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <map>
#include <tuple>
#include <utility>

#include "audit/notes.h"
#include "run/watch/look.h"

namespace rdnsgate::run {
namespace {

struct Tally {
  std::size_t questions = 0, timeouts = 0, failures = 0;
  std::vector<std::uint32_t> rtt_us;

  void add(dns::Outcome outcome, std::uint32_t rtt) {
    ++questions;
    if (outcome == dns::Outcome::timeout)
      ++timeouts;
    else if (!dns::is_definite(outcome))
      ++failures;
    else
      rtt_us.push_back(rtt);
  }
};

double ms_of(const std::vector<std::uint32_t>& rtt_us, unsigned percent) {
  return audit::percentile(rtt_us, percent) / 1000.0;
}

}  // namespace

std::vector<history::Latency> latency_of(const report::Document& document, const dns::FactStore& facts,
                                         const inventory::Inventory& inventory) {
  // Vantage, zone, server; an empty zone is all of the vantage.
  std::map<std::tuple<std::string, std::string, std::string>, Tally> tallies;
  facts.for_each([&](const dns::Fact& fact) {
    if (fact.question.vantage >= document.vantages.size() || dns::is_outside(fact) ||
        fact.from_files == dns::FromFiles::all)
      return;
    const auto& vantage = document.vantages[fact.question.vantage].name;
    tallies[{vantage, "", ""}].add(fact.outcome, fact.rtt_us);
    const auto* zone = inventory.zone_of(fact.question.name);
    if (zone == nullptr) return;
    const auto name = zone->name.text();
    tallies[{vantage, name, ""}].add(fact.outcome, fact.rtt_us);
    if (!fact.server.empty()) tallies[{vantage, name, fact.server}].add(fact.outcome, fact.rtt_us);
  });
  std::vector<history::Latency> all;
  for (const auto& [of, tally] : tallies) {
    const auto& [vantage, zone, server] = of;
    all.push_back({vantage, zone, server, tally.questions, tally.timeouts, tally.failures,
                   ms_of(tally.rtt_us, 50), ms_of(tally.rtt_us, 95), ms_of(tally.rtt_us, 99)});
  }
  return all;
}

}  // namespace rdnsgate::run
