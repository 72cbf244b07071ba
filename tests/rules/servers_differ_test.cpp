// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Servers of one zone that hold different records, and what the other vantages met of it.
#include <doctest/doctest.h>

#include "dns/types.h"
#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using audit::Certainty;
using audit::Verdict;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto mx1 = "185.9.2.10";
constexpr auto reverse = "10.2.9.185.in-addr.arpa";
constexpr auto old_name = "mail-old.corp-mail.net";
constexpr auto forward = "mx1.corp-mail.net";

/// 3,600 s to refresh, 900 s to retry.
std::string soa_data(std::uint32_t serial, std::uint32_t refresh = 3600) {
  std::string rdata(2, '\0');
  for (const std::uint32_t value : {serial, refresh, 900u, 604800u, 300u}) {
    for (int shift = 24; shift >= 0; shift -= 8) rdata += static_cast<char>((value >> shift) & 0xff);
  }
  return rdata;
}

/// What a server with a copy of this serial says; no records is a denial.
dns::ServerAnswer copy(int number, std::uint32_t serial, const std::string& owner, RrType type,
                       const std::vector<std::string>& rdata) {
  dns::ServerAnswer said;
  said.server = name("ns" + std::to_string(number) + ".corp-mail.net");
  said.address = ip("192.0.2." + std::to_string(number));
  said.outcome = rdata.empty() ? Outcome::nxdomain : Outcome::answer;
  said.soa = dns::RRset{name(owner).parent(), RrType::SOA, 300, {soa_data(serial)}};
  if (!rdata.empty()) said.answer = {{name(owner), type, 3600, rdata}};
  return said;
}

dns::ServerAnswer ptr_at(int number, std::uint32_t serial, const std::string& target) {
  return copy(number, serial, reverse, RrType::PTR,
              target.empty() ? std::vector<std::string>{} : std::vector{dns::rdata_of(name(target))});
}

dns::ServerAnswer a_at(int number, std::uint32_t serial, const std::vector<std::string>& ips,
                       const std::string& owner = forward) {
  std::vector<std::string> rdata;
  for (const auto& text : ips) rdata.push_back(dns::rdata_of(ip(text)));
  return copy(number, serial, owner, RrType::A, rdata);
}

/// Of a question the authority has the first server's answer, and what each said.
World differing(const std::string& owner, RrType type, const std::vector<dns::ServerAnswer>& servers) {
  return good_world().change(owner, type, [servers](dns::Fact& fact) {
    fact.outcome = servers.front().outcome;
    fact.answer = servers.front().answer;
    fact.soa = fact.answer.empty() ? servers.front().soa : std::nullopt;
    fact.servers = servers;
  });
}

View holder(World world) {
  return {{"authority", dns::VantageKind::authoritative, "authority"},
          world.change([](dns::Fact& fact) { fact.authoritative = true; })};
}

/// The old copy, as whoever asks that server has it.
World behind() { return good_world().ptr(mx1, {old_name}).a(old_name, {mx1}); }

std::vector<dns::ServerAnswer> lag(std::uint32_t newest = 8) {
  return {ptr_at(1, newest, forward), ptr_at(2, 7, old_name)};
}

}  // namespace

TEST_CASE("ptr-servers-differ: a copy that is behind has the zone's refresh and retry times") {
  const auto said = report(good_estate(), {holder(differing(reverse, RrType::PTR, lag()))});
  const auto& finding = said.finding("ptr-servers-differ", mx1);
  CHECK(finding.certainty == Certainty::transient);
  CHECK(finding.clears_at == now + seconds(4500));
  CHECK(finding.severity == Severity::error);
  CHECK(
      finding.message() ==
      "the name servers do not agree on the PTR record of 185.9.2.10: mx1.corp-mail.net at ns1.corp-mail.net "
      "(192.0.2.1, serial 8); mail-old.corp-mail.net at ns2.corp-mail.net (192.0.2.2, serial 7) (the older "
      "copy has 4500 s, its refresh and retry times, to be transferred)");
  CHECK(said.result.verdict == Verdict::pass);
}

TEST_CASE("ptr-servers-differ: what no transfer puts right is an error at once") {
  const std::vector<std::vector<dns::ServerAnswer>> all{
      {ptr_at(1, 8, forward), ptr_at(2, 8, old_name)},                    // one serial
      {ptr_at(1, 8, forward), ptr_at(2, 8, "")},                          // and no record at all
      {ptr_at(1, 8, forward), ptr_at(2, 0x80000008, old_name)},           // not comparable
      {ptr_at(1, 8, forward), ptr_at(2, 7, old_name), ptr_at(3, 8, "")},  // one of the two is behind
  };
  for (const auto& servers : all) {
    const auto said = report(good_estate(), {holder(differing(reverse, RrType::PTR, servers))});
    CAPTURE(text_of(said));
    CHECK(said.says("ptr-servers-differ 185.9.2.10 confirmed"));
    CHECK(said.result.verdict == Verdict::fail);
  }
  auto unknown = lag();
  unknown[1].soa.reset();
  CHECK(report(good_estate(), {holder(differing(reverse, RrType::PTR, unknown))})
            .says("ptr-servers-differ 185.9.2.10 confirmed"));
}

TEST_CASE("ptr-servers-differ: a serial that is a date or a Unix time says that the time is over") {
  // The run is at 2027-01-15 08:00 UTC.
  const auto certainty = [](std::uint32_t newest, std::uint32_t older) {
    const std::vector servers{ptr_at(1, newest, forward), ptr_at(2, older, old_name)};
    return report(good_estate(), {holder(differing(reverse, RrType::PTR, servers))})
        .finding("ptr-servers-differ", mx1)
        .certainty;
  };
  CHECK(certainty(2027011501, 2027011500) == Certainty::transient);
  CHECK(certainty(2027011400, 2027011300) == Certainty::transient);  // it is still the 14th somewhere, or was
  CHECK(certainty(2027011200, 2027011100) == Certainty::confirmed);
  CHECK(certainty(2027130101, 2027130100) == Certainty::transient);  // no date
  CHECK(certainty(1'800'000'000 - 600, 1'700'000'000) == Certainty::transient);
  CHECK(certainty(1'800'000'000 - 5000, 1'700'000'000) == Certainty::confirmed);
}

TEST_CASE("servers that agree, fail, or differ in nothing but TTLs are no finding") {
  auto other_ttl = ptr_at(2, 8, forward);
  other_ttl.answer.front().ttl = 60;
  auto failed = ptr_at(2, 7, "");
  failed.soa.reset();
  std::vector<dns::ServerAnswer> seconds{other_ttl, failed};
  for (const auto outcome : {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::unreachable,
                             Outcome::bogus, Outcome::malformed, Outcome::unanswered}) {
    failed.outcome = outcome;
    seconds.push_back(failed);
  }
  for (const auto& second : seconds) {
    const auto said =
        report(good_estate(), {holder(differing(reverse, RrType::PTR, {ptr_at(1, 8, forward), second}))});
    CHECK_MESSAGE(said.silent_about("ptr-servers-differ"), text_of(said));
  }
}

TEST_CASE("fcrdns-servers-differ and helo-servers-differ: addresses, each said once") {
  const auto at = [](const std::vector<std::string>& second, std::uint32_t serial) {
    return report(good_estate(),
                  {holder(differing(forward, RrType::A, {a_at(1, 8, {mx1}), a_at(2, serial, second)}))});
  };
  auto said = at({"185.9.2.99"}, 8);
  CHECK(said.says("fcrdns-servers-differ 185.9.2.10 confirmed"));
  CHECK(said.silent_about("helo-servers-differ"));
  CHECK(said.result.verdict == Verdict::fail);
  CHECK(at({}, 8).result.verdict == Verdict::fail);
  CHECK(at({}, 7).says("fcrdns-servers-differ 185.9.2.10 transient"));
  said = at({mx1, "185.9.2.99"}, 8);
  CHECK(said.finding("fcrdns-servers-differ", mx1).severity == Severity::warning);
  CHECK(said.result.verdict == Verdict::pass);
  Estate estate;
  estate.zone("2.9.185.in-addr.arpa").zone("corp-mail.net");
  estate.sender("mx1", "helo.corp-mail.net", {{mx1, forward, "helo.corp-mail.net"}});
  auto world = differing("helo.corp-mail.net", RrType::A,
                         {a_at(1, 8, {mx1}, "helo.corp-mail.net"), a_at(2, 8, {}, "helo.corp-mail.net")});
  said = report(estate, {holder(world)});
  CHECK_MESSAGE(said.says("helo-servers-differ 185.9.2.10 confirmed"), text_of(said));
  CHECK(said.silent_about("fcrdns-servers-differ"));
}

TEST_CASE("which of the servers a resolver met decides nothing") {
  for (const auto newest : {8u, 7u}) {
    const auto authority = [&] { return holder(differing(reverse, RrType::PTR, lag(newest))); };
    const auto alone = report(good_estate(), {authority()});
    for (const auto& met : {good_world(), behind()}) {
      for (const auto& beside : {walk(met), resolver("quad", met)}) {
        // Nor which of the two has answered first, and was judged before the other was heard.
        for (const bool is_late : {false, true}) {
          auto holds = authority();
          holds.is_late = is_late;
          for (const auto& said :
               {report(good_estate(), {holds, beside}), report(good_estate(), {beside, holds})}) {
            CHECK_MESSAGE(said.lines() == alone.lines(), text_of(said));
            CHECK(said.result.verdict == alone.result.verdict);
          }
        }
      }
    }
  }
}

TEST_CASE("what no server of the zone has is still said of the resolver that has it") {
  const auto world = good_world().ptr(mx1, {"third.corp-mail.net"}).a("third.corp-mail.net", {mx1});
  const auto said = report(good_estate(), {holder(differing(reverse, RrType::PTR, lag())),
                                           resolver("quad", world), walk(behind())});
  CHECK(said.says("ptr-mismatch 185.9.2.10 transient"));
  CHECK(said.finding("ptr-mismatch", mx1).vantages == std::vector<std::string>{"quad"});
}

TEST_CASE("where the newest copy is wrong itself, that is an error whatever the others have") {
  const auto servers = std::vector{ptr_at(1, 8, old_name), ptr_at(2, 7, forward)};
  auto world = differing(reverse, RrType::PTR, servers);
  const auto said = report(good_estate(), {holder(world.a(old_name, {mx1})), walk(good_world())});
  CHECK(said.says("ptr-mismatch 185.9.2.10 confirmed"));
  CHECK(said.says("ptr-servers-differ 185.9.2.10 transient"));
}
