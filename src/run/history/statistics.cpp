// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/history/statistics.h"

#include <algorithm>
#include <map>
#include <optional>
#include <string>
#include <tuple>
#include <utility>

#include "dns/delegation/delegation.h"

namespace rdnsgate::run {
namespace {

using history::Latency;
using history::ZoneLook;

struct AnswerTally {
  std::size_t questions = 0, timeouts = 0, failures = 0;
  std::vector<std::uint32_t> rtt_us;

  void add(const dns::Fact& fact) {
    ++questions;
    if (dns::is_definite(fact.outcome)) {
      rtt_us.push_back(fact.rtt_us);
    } else if (fact.outcome == dns::Outcome::timeout) {
      ++timeouts;
    } else {
      ++failures;
    }
  }

  double quantile(double share) {
    if (rtt_us.empty()) return 0;
    const auto at =
        rtt_us.begin() + static_cast<std::ptrdiff_t>(share * static_cast<double>(rtt_us.size() - 1));
    std::nth_element(rtt_us.begin(), at, rtt_us.end());
    return *at / 1000.0;
  }
};

class RunStatistics {
 public:
  RunStatistics(const std::vector<audit::VantageStats>& vantages, const dns::FactStore& facts)
      : vantages_(vantages) {
    facts.for_each([&](const dns::Fact& fact) {
      if (is_of_server(fact) && fact.question.type == dns::RrType::SOA &&
          fact.outcome == dns::Outcome::answer)
        note_zone(fact);
    });
    facts.for_each([&](const dns::Fact& fact) { note(fact); });
  }

  void put_into(history::Run& run) {
    for (auto& [where, tally] : tallies_) {
      const auto& [vantage, zone, server] = where;
      Latency one{vantage, zone, server, tally.questions, tally.timeouts, tally.failures};
      one.p50_ms = tally.quantile(0.5);
      one.p95_ms = tally.quantile(0.95);
      one.p99_ms = tally.quantile(0.99);
      run.latency.push_back(std::move(one));
    }
    for (auto& [where, look] : zones_) run.zones.push_back(std::move(look));
  }

 private:
  bool is_of_server(const dns::Fact& fact) const {
    return fact.question.vantage < vantages_.size() &&
           vantages_[fact.question.vantage].kind == dns::VantageKind::authoritative;
  }

  ZoneLook& look(const std::string& zone, const std::string& server) {
    auto& one = zones_[{zone, server}];
    one.zone = zone;
    one.server = server;
    return one;
  }

  /// The serial of each of its servers: where they do not all say the same, the fact has what each says.
  void note_zone(const dns::Fact& fact) {
    const auto zone = fact.question.name.text();
    apexes_.emplace(fact.question.name, zone);
    if (fact.delegation) {
      for (const auto& server : fact.delegation->cut.servers) {
        for (const auto& address : server.addresses)
          look(zone, server.name.text() + " " + address.address.to_string()).serial = address.serial();
      }
    }
    for (const auto& server : fact.servers) {
      const auto serial = serial_of(server.answer);
      if (serial) look(zone, server.server.text() + " " + server.address.to_string()).serial = serial;
    }
    if (!fact.delegation && fact.servers.empty()) look(zone, {}).serial = serial_of(fact.answer);
  }

  static std::optional<std::uint32_t> serial_of(const std::vector<dns::RRset>& answer) {
    for (const auto& rrset : answer) {
      if (rrset.type != dns::RrType::SOA || rrset.rdata.empty()) continue;
      const auto soa = dns::soa_in(rrset.rdata.front());
      if (soa) return soa->serial;
    }
    return std::nullopt;
  }

  void note(const dns::Fact& fact) {
    const auto at = fact.question.vantage;
    if (at >= vantages_.size() || fact.from_files != dns::FromFiles::none) return;
    tallies_[{vantages_[at].name, "", ""}].add(fact);
    if (!is_of_server(fact)) return;
    const auto* zone = zone_of(fact.question.name);
    if (zone == nullptr) return;
    tallies_[{vantages_[at].name, *zone, fact.server}].add(fact);
    note_ttl(fact, *zone);
  }

  /// Of the addresses and names that mail stands on; what the zone's own servers have does not count down.
  void note_ttl(const dns::Fact& fact, const std::string& zone) {
    using dns::RrType;
    const auto type = fact.question.type;
    if (type != RrType::PTR && type != RrType::A && type != RrType::AAAA) return;
    const auto* rrset = fact.outcome == dns::Outcome::answer ? fact.rrset() : nullptr;
    if (rrset == nullptr || rrset->owner != fact.question.name) return;
    auto& one = look(zone, {});
    one.ttl_low = std::min(one.ttl_low.value_or(rrset->ttl), rrset->ttl);
    one.ttl_high = std::max(one.ttl_high.value_or(rrset->ttl), rrset->ttl);
  }

  const std::string* zone_of(dns::Name name) const {
    for (;; name = name.parent()) {
      const auto found = apexes_.find(name);
      if (found != apexes_.end()) return &found->second;
      if (name.is_root()) return nullptr;
    }
  }

  const std::vector<audit::VantageStats>& vantages_;
  std::map<dns::Name, std::string> apexes_;
  std::map<std::tuple<std::string, std::string, std::string>, AnswerTally> tallies_;
  std::map<std::pair<std::string, std::string>, ZoneLook> zones_;
};

}  // namespace

void add_statistics(history::Run& run, const std::vector<audit::VantageStats>& vantages,
                    const dns::FactStore& facts) {
  RunStatistics(vantages, facts).put_into(run);
}

}  // namespace rdnsgate::run
