// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/history/statistics.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <optional>
#include <set>
#include <string>
#include <tuple>
#include <utility>

#include "dns/delegation/delegation.h"

namespace rdnsgate::run {
namespace {

using history::Latency;
using history::ZoneLook;

std::string server_text(const dns::Name& name, const IpAddress& address) {
  return fmt::format("{} {}", name.text(), address.to_string());
}

class RunStatistics {
 public:
  explicit RunStatistics(const AuditRun& ran) : ran_(ran), zones_(ran.zones.begin(), ran.zones.end()) {
    ran.facts.for_each([&](const dns::Fact& fact) {
      if (is_of_server(fact) && fact.question.type == dns::RrType::SOA &&
          fact.outcome == dns::Outcome::answer)
        note_zone(fact);
    });
    ran.facts.for_each([&](const dns::Fact& fact) { note(fact); });
  }

  void put_into(history::Run& run) {
    for (const auto& [where, times] : times_) put(run, where.first, where.second, "", times);
    for (const auto& one : ran_.servers)
      put(run, vantage(one.vantage), one.zone.text(), server_text(one.server, one.address), one.times);
    std::sort(run.latency.begin(), run.latency.end(), [](const Latency& a, const Latency& b) {
      return std::tie(a.vantage, a.zone, a.server) < std::tie(b.vantage, b.zone, b.server);
    });
    for (auto& [where, look] : looks_) run.zones.push_back(std::move(look));
  }

 private:
  static void put(history::Run& run, const std::string& vantage, const std::string& zone,
                  const std::string& server, const dns::ResponseTimes& times) {
    run.latency.push_back({vantage, zone, server, times.questions(), times.timeouts(), times.failures(),
                           times.percentile_ms(50), times.percentile_ms(95), times.percentile_ms(99)});
  }

  const std::string& vantage(dns::VantageIndex at) const { return ran_.document.vantages[at].name; }
  bool is_of_vantage(const dns::Fact& fact) const {
    return fact.question.vantage < ran_.document.vantages.size();
  }
  bool is_of_server(const dns::Fact& fact) const {
    return is_of_vantage(fact) &&
           ran_.document.vantages[fact.question.vantage].kind == dns::VantageKind::authoritative;
  }

  ZoneLook& look(const std::string& zone, const std::string& server) {
    auto& one = looks_[{zone, server}];
    one.zone = zone;
    one.server = server;
    return one;
  }

  /// The serial of each of its servers: where they do not all say the same, the fact has what each says.
  void note_zone(const dns::Fact& fact) {
    const auto zone = fact.question.name.text();
    zones_.insert(fact.question.name);
    if (fact.delegation) {
      for (const auto& server : fact.delegation->cut.servers) {
        for (const auto& address : server.addresses)
          look(zone, server_text(server.name, address.address)).serial = address.serial();
      }
    }
    for (const auto& server : fact.servers) {
      const auto serial = serial_of(server.answer);
      if (serial) look(zone, server_text(server.server, server.address)).serial = serial;
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
    if (!is_of_vantage(fact) || dns::is_outside(fact) || fact.from_files == dns::FromFiles::all) return;
    const auto& name = vantage(fact.question.vantage);
    times_[{name, ""}].add(fact.outcome, fact.rtt_us);
    const auto* zone = zone_of(fact.question.name);
    if (zone == nullptr) return;
    const auto text = zone->text();
    times_[{name, text}].add(fact.outcome, fact.rtt_us);
    if (is_of_server(fact) && fact.from_files == dns::FromFiles::none) note_ttl(fact, text);
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

  const dns::Name* zone_of(dns::Name name) const {
    for (;; name = name.parent()) {
      const auto found = zones_.find(name);
      if (found != zones_.end()) return &*found;
      if (name.is_root()) return nullptr;
    }
  }

  const AuditRun& ran_;
  std::set<dns::Name> zones_;  // declared, and those whose servers were found by the way
  std::map<std::pair<std::string, std::string>, dns::ResponseTimes> times_;
  std::map<std::pair<std::string, std::string>, ZoneLook> looks_;
};

}  // namespace

void add_statistics(history::Run& run, const AuditRun& ran) { RunStatistics(ran).put_into(run); }

}  // namespace rdnsgate::run
