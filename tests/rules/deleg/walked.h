// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// A declared zone at a vantage that walks to it.
#pragma once

#include <doctest/doctest.h>

#include <memory>
#include <utility>

#include "dns/cut_sample.h"
#include "rules/scenario.h"

namespace rdnsgate::scenario {

namespace cuts = rdnsgate::dns::cuts;

inline Estate walked_estate() { return Estate().zone("zone.test"); }

/// As dns::cuts::sound(), with an IPv6 address for each server: no rule has anything to say of it.
inline dns::Cut good_cut() {
  auto cut = cuts::sound();
  cut.servers[0].addresses.push_back(cuts::sound_address("2a92::53"));
  cut.servers[1].addresses.push_back(cuts::sound_address("2a93::53"));
  return cut;
}

inline World walked_world(dns::Cut cut, const dns::Surroundings& around = cuts::all_works) {
  auto delegation = std::make_shared<dns::Delegation>(dns::Delegation{std::move(cut), around});
  return World().zone("zone.test").a("ns1.dns-host.net", {"185.9.2.53"}).change("zone.test", dns::RrType::SOA, [delegation](dns::Fact& fact) {
    fact.authoritative = true;
    fact.delegation = delegation;
  });
}

inline Said walked(dns::Cut cut, const dns::Surroundings& around = cuts::all_works) {
  return run(walked_estate(), walked_world(std::move(cut), around));
}

/// What is left where the second server says this when it is asked for the zone.
inline dns::Cut second_says(dns::AuthorityReply reply) {
  auto cut = good_cut();
  auto& report = cut.servers[1].addresses[0];
  report = {};
  report.address = ip("198.51.100.12");
  report.soa_udp = report.soa_tcp = cuts::said(std::move(reply));
  return cut;
}

}  // namespace rdnsgate::scenario
