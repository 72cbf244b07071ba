// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <sstream>
#include <string>
#include <vector>

#include "dns/cut_sample.h"
#include "dns/snapshot/fact_json.h"
#include "dns/snapshot/snapshot.h"

namespace rdnsgate::dns::test {

inline Time at(std::string_view text) { return parse_time(text).value(); }

inline Fact failing(VantageIndex vantage, const std::string& name, RrType type, Outcome outcome) {
  Fact fact;
  fact.question = {vantage, Name::parse(name).value(), type};
  fact.outcome = outcome;
  fact.reason = "why";
  fact.asked_at = at("2027-01-01T00:00:07Z");
  return fact;
}

inline Fact answering(VantageIndex vantage, const std::string& name, RrType type,
                      std::vector<std::string> rdata) {
  Fact fact = failing(vantage, name, type, Outcome::answer);
  fact.reason.clear();
  fact.answer = {{fact.question.name, type, 300, std::move(rdata)}};
  return fact;
}

inline bool same(const Fact& a, const Fact& b) {
  return a.question == b.question && a.outcome == b.outcome && a.security == b.security &&
         a.answer == b.answer && a.soa == b.soa && a.authoritative == b.authoritative &&
         a.authenticated == b.authenticated && a.truncated == b.truncated &&
         a.without_edns == b.without_edns && a.case_changed == b.case_changed &&
         a.cookie_missing == b.cookie_missing && a.ttl_differs == b.ttl_differs &&
         a.ttl_out_of_range == b.ttl_out_of_range && a.alias_beside == b.alias_beside &&
         a.other_owner == b.other_owner && a.tries == b.tries && a.answered_try == b.answered_try &&
         a.rcode == b.rcode && a.ede == b.ede && a.reason == b.reason && a.server == b.server &&
         a.rtt_us == b.rtt_us && a.asked_at == b.asked_at && a.servers == b.servers &&
         (a.delegation == nullptr) == (b.delegation == nullptr) &&
         (a.delegation == nullptr || *a.delegation == *b.delegation) &&
         a.delegation_failure == b.delegation_failure;
}

/// Each field of a delegation set, in one place or another.
inline Delegation sample_delegation() {
  using namespace std::string_literals;
  using cuts::ip;
  using cuts::name;
  auto cut = cuts::sound();
  auto& referral = *cut.parents[0].ns.reply.referral;
  referral.glue = {{name("ns1.test"), ip("192.0.2.11")}, {name("ns1.test"), ip("2001:db8::11")}};
  referral.ds = {cuts::octets("e8110d0201"), "x"};
  cut.parents[0].ds = cuts::said(cuts::answer(RrType::DS, {cuts::octets("e8110d0201")}));
  cut.parents.push_back({name("q.test"), ip("2001:db8::1"), cuts::silence(Silence::no_route), {}});
  auto& first = cut.servers[0];
  first.lookup = Lookup::found;
  first.lookup_reason = "\xff is no UTF-8";
  first.glue = {ip("192.0.2.11")};
  first.own = {ip("192.0.2.11"), ip("2001:db8::11")};
  cut.servers[1].own.emplace();
  cut.servers[1].lookup = Lookup::failed;
  auto& report = first.addresses[0];
  report.resolved = report.from_hints = true;
  report.soa_udp.over_tcp = report.soa_udp.reply.truncated = true;
  report.soa_udp.tries = 255;
  report.soa_udp.rtt_us = 4294967295u;
  report.soa_udp.reply.rcode = 255;
  report.soa_udp.reply.size = 65535;
  report.soa_tcp = cuts::said(cuts::failing(Outcome::refused));
  report.soa_tcp.edns = Edns::dropped;
  report.soa_tcp.reply.reason = "REFUSED: \xc3\x28";
  report.dnskey = cuts::said(cuts::answer(RrType::DNSKEY, {""s, "\1\1\3\x0dkey"s}));
  report.dnskey.reply.signatures = {"\0\x30\x0d\2"s, "short"s};
  report.ns.case_changed = true;
  report.aaaa = cuts::silence(Silence::timeout);
  report.recursion = cuts::said(cuts::failing(Outcome::refused));
  report.recursion.reply.recursion_available = true;
  report.transfer = cuts::said(cuts::answer(RrType::SOA, {cuts::soa_data(1)}));
  report.signing.nsec3param = cuts::said(cuts::answer(type_nsec3param, {"\1\0\0\1\0"s}));
  report.signing.cds = cuts::said(cuts::negative(ReplyKind::nxdomain, "zone.test"));
  report.signing.cds.reply.denial = true;
  report.signing.cdnskey = cuts::silence(Silence::closed);
  auto alias = cuts::answer(RrType::CNAME, {rdata_of(name("b.zone.test"))});
  alias.kind = ReplyKind::alias;
  report.questions.push_back({name("alias.zone.test"), cuts::said(alias)});
  report.questions.push_back({name("unasked.zone.test"), {}});
  cut.undelegated.emplace_back().name = name("new.zone.test");
  cut.undelegated[0].lookup = Lookup::found;
  cut.undelegated[0].addresses = {report};
  cut.foreign_glue = {name("a\\.b.other")};
  cut.left_out = 7;
  return {std::move(cut), {{true, false}, {false, true}}};
}

/// One of everything: each field set, odd names, data of known and unknown types, texts that are not UTF-8.
inline Snapshot sample_snapshot() {
  using namespace std::string_literals;
  Snapshot snapshot{{"0.1.0",
                     at("2027-01-01T00:00:00Z"),
                     at("2027-01-01T00:00:09Z"),
                     {{"own", VantageKind::recursive, "own"}, {"quad", VantageKind::forward, "q\xff", true}}},
                    {}};
  const auto name = [](std::string_view text) { return Name::parse(text).value(); };
  const auto soa = name("ns.example").wire() + name("host\\.master.example").wire() +
                   "\0\0\0\1\0\0\1\0\0\0\2\0\0\0\3\0\xff\xff\xff\xff"s;

  Fact full = answering(0, "10.2.0.192.in-addr.arpa", RrType::PTR, {});
  const auto target = name("10.0-63.2.0.192.in-addr.arpa");
  full.answer = {
      {full.question.name, RrType::CNAME, 60, {rdata_of(target)}},
      {target, RrType::PTR, 0x7fffffff, {rdata_of(name("a.example")), rdata_of(name("b.example"))}}};
  full.security = Security::secure;
  full.authoritative = full.authenticated = full.truncated = true;
  full.without_edns = full.case_changed = full.cookie_missing = full.ttl_differs = full.ttl_out_of_range =
      full.alias_beside = full.other_owner = true;
  full.tries = 3;
  full.answered_try = 1;
  full.rcode = 255;
  full.ede = 22;
  full.reason = "\xc3\x28 is no UTF-8, \x1b[31m no colour\0"s;
  full.server = "192.0.2.53#53";
  full.rtt_us = 4294967295u;
  snapshot.facts.insert(full);

  Fact negative = failing(0, "nobody.example", RrType::AAAA, Outcome::nxdomain);
  negative.soa = RRset{name("example"), RrType::SOA, 7, {soa}};
  negative.rcode = 3;
  snapshot.facts.insert(negative);

  Fact bogus = answering(1, "\\000\\001\\032\\.\\\\\\255.\\195\\188.example", RrType::A,
                         {"\xc0\0\2\1"s, "\xc0\0\2\2"s});
  bogus.outcome = Outcome::bogus;
  bogus.security = Security::bogus;
  bogus.reason = "\xc3\xbc: signature expired";
  snapshot.facts.insert(bogus);

  snapshot.facts.insert(answering(1, ".", RrType::SOA, {soa}));
  snapshot.facts.insert(
      answering(1, "mx.example", RrType::MX, {"\0\12"s + name("mx").wire(), "x", "\0\1\3Big\0"s}));
  snapshot.facts.insert(
      answering(1, "txt.example", RrType::TXT, {"\4a \"b"s, "\0"s, "\1\\\0\2\xff\n"s, "\x09short", ""}));
  snapshot.facts.insert(
      answering(1, "six.example", RrType::AAAA,
                {"\x20\1\xd\xb8\0\0\0\0\0\0\0\0\0\0\0\1"s, "\0\0\0\0\0\0\0\0\0\0\xff\xff\xc0\0\2\1"s}));
  snapshot.facts.insert(
      answering(1, "odd.example", static_cast<RrType>(65280), {"", std::string(300, '\0'), "\\# 1 00"}));
  snapshot.facts.insert(answering(0, "example", RrType::NS,
                                  {rdata_of(name("\\\\#.example")), rdata_of(name("a\\\"b\\ c.example"))}));
  Fact apex = answering(0, "zone.test", RrType::SOA, {cuts::soa_data(1)});
  apex.servers = {{name("ns1.test"), cuts::ip("192.0.2.11"), Outcome::answer, apex.answer, {}, {}},
                  {name("ns2.test"),
                   cuts::ip("2001:db8::12"),
                   Outcome::nodata,
                   {},
                   RRset{name("test"), RrType::SOA, 7, {soa}},
                   {}},
                  {name("ns3.test"), cuts::ip("192.0.2.13"), Outcome::timeout, {}, {}, "no \xff"}};
  apex.delegation = std::make_shared<Delegation>(sample_delegation());
  snapshot.facts.insert(apex);
  Fact stuck = failing(0, "stuck.test", RrType::SOA, Outcome::timeout);
  stuck.delegation_failure = "ns1.test \xff: timeout";
  snapshot.facts.insert(stuck);
  // In order, as the facts of a run are.
  Snapshot sorted{snapshot.head, {}};
  snapshot.facts.for_each([&](Fact fact) {
    for (auto& set : fact.answer) std::sort(set.rdata.begin(), set.rdata.end());
    sorted.facts.insert(fact);
  });
  return sorted;
}

inline std::string packed(const Snapshot& snapshot) {
  std::string out;
  const auto done = write_snapshot(snapshot.head, snapshot.facts, [&](std::string_view octets) {
    out += octets;
    return true;
  });
  return done ? out : "failed: " + done.error().message;
}

inline std::string plain(const Snapshot& snapshot) {
  std::string out = head_line(snapshot.head, snapshot.facts.size()) + "\n";
  snapshot.facts.for_each_in_order([&](const Fact& fact) { out += fact_line(fact) + "\n"; });
  return out;
}

inline std::string gzip(std::string_view text) {
  std::string out;
  Gzip writer([&](std::string_view octets) {
    out += octets;
    return true;
  });
  writer.write(text);
  writer.finish();
  return out;
}

inline Result<Snapshot> read(const std::string& octets) {
  std::istringstream in(octets);
  return read_snapshot(in, "facts.gz");
}

inline std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace rdnsgate::dns::test
