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
using dns::RrType;

inline Estate walked_estate() { return Estate().zone("zone.test"); }

/// A key of the octets 0 to 63 (ECDSAP256SHA256), and the DS record of it in `zone.test`.
inline std::string zone_key(std::uint8_t algorithm = 13) {
  std::string key("\x01\x01\x03", 3);
  key += static_cast<char>(algorithm);
  for (int i = 0; i < 64; ++i) key += static_cast<char>(i);
  return key;
}
inline std::string zone_ds() {
  return cuts::octets("e8110d021b243a615747045e07046678ae866b27d6e481b89ae6aac4fe6d90f2e7cb6e66");
}

/// Data of a signature by zone.test over that type, valid from `inception` to `expiration`: seconds from now.
inline std::string signature(RrType covered, std::int64_t inception, std::int64_t expiration) {
  std::string rdata;
  const auto append = [&](std::uint64_t value, int octets) {
    while (octets-- > 0) rdata += static_cast<char>((value >> (8 * octets)) & 0xff);
  };
  const auto base = now.time_since_epoch().count();
  append(static_cast<std::uint64_t>(covered), 2);
  append(13, 1);
  append(2, 1);
  append(86400, 4);
  append(static_cast<std::uint64_t>(base + expiration), 4);
  append(static_cast<std::uint64_t>(base + inception), 4);
  append(0xe811, 2);
  return rdata + name("zone.test").wire() + "signature";
}

constexpr std::int64_t day = 86400;

/// An address that serves the zone signed.
inline dns::AddressReport signed_address(std::string_view address, std::uint32_t serial = 1) {
  auto report = cuts::sound_address(address, serial);
  for (auto* exchange : {&report.soa_udp, &report.soa_tcp})
    exchange->reply.signatures = {signature(RrType::SOA, -day, 14 * day)};
  report.dnskey = cuts::said(cuts::answer(RrType::DNSKEY, {zone_key()}));
  report.dnskey.reply.signatures = {signature(RrType::DNSKEY, -day, 14 * day)};
  auto none = cuts::negative(dns::ReplyKind::nodata, "zone.test");
  none.edns = none.denial = true;
  report.signing = {cuts::said(none), cuts::said(none), cuts::said(none)};
  return report;
}

/// As dns::cuts::sound(), signed: no rule has anything to say of it but that there is no IPv6.
inline dns::Cut v4_cut() {
  auto cut = cuts::sound();
  cut.parents[0].ds = cuts::said(cuts::answer(RrType::DS, {zone_ds()}));
  cut.servers[0].addresses = {signed_address("192.0.2.11")};
  cut.servers[1].addresses = {signed_address("198.51.100.12")};
  return cut;
}

/// The same with an IPv6 address for each server: no rule has anything to say of it.
inline dns::Cut good_cut() {
  auto cut = v4_cut();
  cut.servers[0].addresses.push_back(signed_address("2a92::53"));
  cut.servers[1].addresses.push_back(signed_address("2a93::53"));
  return cut;
}

inline World walked_world(dns::Cut cut, const dns::Surroundings& around = cuts::all_works) {
  auto delegation = std::make_shared<dns::Delegation>(dns::Delegation{std::move(cut), around});
  return World()
      .zone("zone.test")
      .a("ns1.dns-host.net", {"185.9.2.53"})
      .change("zone.test", dns::RrType::SOA, [delegation](dns::Fact& fact) {
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
