// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <optional>
#include <string>
#include <tuple>

#include "dns/rrset.h"
#include "dns/serial.h"
#include "rules/zone/rules.h"

namespace rdnsgate::rules {
namespace {

using dns::RRset;
using dns::RrType;

std::optional<dns::Soa> soa_of(const dns::ZoneFile& zone) {
  const auto set = std::find_if(zone.rrsets.begin(), zone.rrsets.end(),
                                [](const RRset& one) { return one.type == RrType::SOA; });
  if (set == zone.rrsets.end() || set->rdata.empty()) return std::nullopt;
  auto soa = dns::soa_in(set->rdata.front());
  return soa ? std::optional(std::move(*soa)) : std::nullopt;
}

/// What secondaries would have to fetch: all but the serial.
bool is_same_data(const dns::ZoneFile& a, const dns::Soa& soa_a, const dns::ZoneFile& b,
                  const dns::Soa& soa_b) {
  const auto timers = [](const dns::Soa& soa) {
    return std::tie(soa.mname, soa.rname, soa.refresh, soa.retry, soa.expire, soa.minimum);
  };
  return timers(soa_a) == timers(soa_b) && std::equal(a.rrsets.begin(), a.rrsets.end(), b.rrsets.begin(),
                                                      b.rrsets.end(), [](const RRset& x, const RRset& y) {
                                                        const bool is_soa =
                                                            x.type == RrType::SOA && y.type == RrType::SOA;
                                                        return is_soa ? x.ttl == y.ttl : x == y;
                                                      });
}

/// The serial is the third field of the SOA's data (RFC 1035 §3.3.13).
Span place_of_serial(const audit::ZoneTextCase& c) {
  for (const auto& record : c.text.records) {
    if (record.type == RrType::SOA && record.rdata_words.size() > 2)
      return c.at(record, record.rdata_words[2]);
  }
  return {c.text.file, 0, 0};
}

}  // namespace

void judge_zone_serial_not_raised(const audit::ZoneTextCase& c, audit::Findings& findings) {
  if (!c.text.earlier || c.text.octodns) return;  // an octoDNS zone has its serial from the provider
  const auto now = soa_of(c.text.zone), before = soa_of(*c.text.earlier);
  if (!now || !before || dns::is_newer_serial(now->serial, before->serial)) return;
  const bool moved = now->serial != before->serial;
  if (!moved && is_same_data(c.text.zone, *now, *c.text.earlier, *before)) return;
  findings.add({.values = {{"serial", now->serial}, {"serial_before", before->serial}},
                .wording = moved ? "not-newer" : "",
                .at = place_of_serial(c)});
}

}  // namespace rdnsgate::rules
