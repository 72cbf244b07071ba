// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What a walk may find at a zone cut, made by hand.
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "dns/delegation/delegation.h"
#include "dns/delegation/silence.h"

namespace rdnsgate::dns::cuts {

inline Name name(std::string_view text) { return Name::parse(text).value(); }
inline IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }

inline std::string octets(std::string_view hex) {
  std::string out;
  for (std::size_t i = 0; i + 1 < hex.size(); i += 2)
    out += static_cast<char>(std::stoi(std::string(hex.substr(i, 2)), nullptr, 16));
  return out;
}

inline std::string soa_data(std::uint32_t serial) {
  std::string data = name("ns1.test").wire() + name("h.test").wire();
  for (const std::uint32_t number : {serial, 14400u, 3600u, 1209600u, 300u}) {
    for (int shift = 24; shift >= 0; shift -= 8) data += static_cast<char>((number >> shift) & 0xff);
  }
  return data;
}

inline AuthorityReply answer(RrType type, std::vector<std::string> rdata) {
  AuthorityReply reply;
  reply.kind = ReplyKind::answer;
  reply.authoritative = reply.edns = true;
  reply.rrset = RRset{name("zone.test"), type, 300, std::move(rdata)};
  return reply;
}

inline AuthorityReply failing(Outcome failure) {
  AuthorityReply reply;
  reply.kind = ReplyKind::failed;
  reply.failure = failure;
  return reply;
}

inline AuthorityReply referral(std::string_view zone, std::vector<Name> ns) {
  AuthorityReply reply;
  reply.kind = ReplyKind::referral;
  reply.referral = Referral{name(zone), 300, std::move(ns), {}, {}};
  return reply;
}

inline AuthorityReply negative(ReplyKind kind, std::string_view zone) {
  AuthorityReply reply;
  reply.kind = kind;
  reply.authoritative = true;
  reply.soa = RRset{name(zone), RrType::SOA, 300, {soa_data(1)}};
  return reply;
}

inline Exchange said(AuthorityReply reply) {
  Exchange exchange;
  exchange.asked = true;
  exchange.edns = Edns::yes;
  exchange.reply = std::move(reply);
  return exchange;
}

inline Exchange silence(Silence kind, unsigned tries = 3) {
  Exchange exchange;
  exchange.asked = true;
  exchange.silence = kind;
  exchange.tries = static_cast<std::uint8_t>(tries);
  exchange.reply.failure = Outcome::timeout;
  return exchange;
}

/// So many tries without a reply that they say something.
inline Exchange lasting_silence(bool over_tcp = false) {
  auto exchange = silence(Silence::timeout, over_tcp ? many_tries_over_tcp : many_tries_over_udp);
  exchange.over_tcp = over_tcp;
  return exchange;
}

inline std::vector<std::string> ns_data() { return {name("ns1.test").wire(), name("ns2.test").wire()}; }

inline AddressReport sound_address(std::string_view address, std::uint32_t serial = 1) {
  AddressReport report;
  report.address = ip(address);
  report.from_glue = true;
  report.soa_udp = report.soa_tcp = said(answer(RrType::SOA, {soa_data(serial)}));
  report.ns = said(answer(RrType::NS, ns_data()));
  report.dnskey = said(negative(ReplyKind::nodata, "zone.test"));
  report.questions.push_back({name("a.zone.test"), said(answer(RrType::A, {std::string("\x0a\0\0\1", 4)}))});
  return report;
}

/// A cut with nothing wrong: two servers, one parent server.
inline Cut sound() {
  Cut cut;
  cut.zone = name("zone.test");
  cut.parent = name("test");
  cut.parents.push_back({name("p.test"), ip("192.0.2.1"),
                         said(referral("zone.test", {name("ns1.test"), name("ns2.test")})),
                         said(negative(ReplyKind::nodata, "test"))});
  for (const auto* server : {"ns1.test", "ns2.test"}) {
    auto& added = cut.servers.emplace_back();
    added.name = name(server);
    added.at_parent = added.at_child = true;
  }
  cut.servers[0].addresses.push_back(sound_address("192.0.2.11"));
  cut.servers[1].addresses.push_back(sound_address("198.51.100.12"));
  return cut;
}

inline const Surroundings all_works{{true, true}, {true, true}};

}  // namespace rdnsgate::dns::cuts
