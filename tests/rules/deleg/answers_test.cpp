// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What servers of one zone answer, each for itself; and what the parent sends along.
#include "rules/deleg/walked.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;

namespace {

using Lines = std::vector<std::string>;

/// zone.test declared as the zone of mx1.zone.test, and walked to.
Estate estate() {
  Estate estate;
  estate.zone("zone.test").zone("2.9.185.in-addr.arpa");
  estate.sender("mx1", "mx1.zone.test", {"185.9.2.10"});
  return estate;
}

dns::ServerAnswer said(std::string_view server, std::string_view address, Outcome outcome,
                       const std::vector<std::string>& ips, std::uint32_t ttl = 3600) {
  dns::ServerAnswer answer{name(server), ip(address), outcome, {}, {}, {}};
  dns::RRset set{name("mx1.zone.test"), RrType::A, ttl, {}};
  for (const auto& text : ips) set.rdata.push_back(dns::rdata_of(ip(text)));
  if (!ips.empty()) answer.answer.push_back(std::move(set));
  return answer;
}

Said with_answers(dns::Cut cut, std::vector<dns::ServerAnswer> servers) {
  auto world = walked_world(std::move(cut));
  world.zone("2.9.185.in-addr.arpa")
      .ptr("185.9.2.10", {"mx1.zone.test"})
      .a("mx1.zone.test", {"185.9.2.10"}, 86400)
      .change("mx1.zone.test", RrType::A, [servers](dns::Fact& fact) { fact.servers = servers; });
  return run(estate(), world);
}

dns::Cut second_has(std::uint32_t serial) {
  auto cut = good_cut();
  for (auto& report : cut.servers[1].addresses) report = signed_address(report.address.to_string(), serial);
  return cut;
}

}  // namespace

TEST_CASE("deleg-data-differs: one serial, two answers") {
  const auto line = "deleg-data-differs 185.9.2.10";
  const auto first = said("ns1.test", "192.0.2.11", Outcome::answer, {"185.9.2.10"});
  const auto second = said("ns2.test", "198.51.100.12", Outcome::answer, {"185.9.2.77"});
  auto all = with_answers(good_cut(), {first, second});
  CHECK(all.sentence(line) ==
        "servers with the same version of the zone answer differently about 185.9.2.10: A mx1.zone.test is "
        "185.9.2.10 at ns1.test (192.0.2.11); A mx1.zone.test is 185.9.2.77 at ns2.test (198.51.100.12)");
  // A version that is behind may well say something else.
  CHECK(with_answers(second_has(0), {first, second}).silent_about("deleg-data"));
  CHECK(
      with_answers(good_cut(), {first, said("ns2.test", "198.51.100.12", Outcome::nxdomain, {})}).says(line));
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused, Outcome::unreachable,
                             Outcome::malformed, Outcome::unanswered})
    CHECK(with_answers(good_cut(), {first, said("ns2.test", "198.51.100.12", outcome, {})})
              .silent_about("deleg-data"));
  // An address of which no serial is known.
  CHECK(with_answers(good_cut(), {first, said("ns9.test", "203.0.113.9", Outcome::answer, {"185.9.2.77"})})
            .silent_about("deleg-data"));
}

TEST_CASE("deleg-data-differs, ttl-differs-between-ns: what lies behind an alias is another zone's matter") {
  const auto with_alias = [](std::string_view server, std::string_view address, Outcome outcome,
                             std::uint32_t target_ttl) {
    dns::ServerAnswer answer{name(server), ip(address), outcome, {}, {}, {}};
    answer.answer = {{name("mx1.zone.test"), RrType::CNAME, 3600, {dns::rdata_of(name("out.other.test"))}}};
    if (outcome == Outcome::answer)
      answer.answer.push_back(
          {name("out.other.test"), RrType::A, target_ttl, {dns::rdata_of(ip("185.9.2.10"))}});
    return answer;
  };
  const auto holds_both = with_alias("ns1.test", "192.0.2.11", Outcome::answer, 60);
  for (const auto outcome : {Outcome::nodata, Outcome::nxdomain, Outcome::answer}) {
    const auto all =
        with_answers(good_cut(), {holds_both, with_alias("ns2.test", "198.51.100.12", outcome, 300)});
    CHECK(all.silent_about("deleg-data"));
    CHECK(all.silent_about("ttl-differs"));
  }
  auto elsewhere = with_alias("ns2.test", "198.51.100.12", Outcome::nodata, 0);
  elsewhere.answer[0].rdata = {dns::rdata_of(name("old.other.test"))};
  CHECK(with_answers(good_cut(), {holds_both, elsewhere}).says("deleg-data-differs 185.9.2.10"));
}

TEST_CASE("ttl-differs-between-ns: one record, two TTLs") {
  const auto line = "ttl-differs-between-ns 185.9.2.10";
  const auto first = said("ns1.test", "192.0.2.11", Outcome::answer, {"185.9.2.10"}, 86400);
  const auto all = with_answers(
      good_cut(), {first, said("ns2.test", "198.51.100.12", Outcome::answer, {"185.9.2.10"}, 300)});
  CHECK(all.says(line));
  CHECK(all.draft(line).observed ==
        "A mx1.zone.test 300 s at ns2.test (198.51.100.12); 86400 s at ns1.test (192.0.2.11)");
  CHECK(all.silent_about("deleg-data"));
  CHECK(with_answers(good_cut(), {first, said("ns2.test", "198.51.100.12", Outcome::timeout, {})})
            .silent_about("ttl-differs"));
}

TEST_CASE("ttl-parent-ns-long: more than two days") {
  const auto line = "ttl-parent-ns-long zone.test";
  auto cut = good_cut();
  cut.parents[0].ns.reply.referral->ttl = 172800;
  CHECK(walked(cut).lines == Lines{});
  cut.parents[0].ns.reply.referral->ttl = 518400;
  CHECK(walked(cut).lines == Lines{line});
  CHECK(walked(cut).sentence(line) ==
        "a change of the delegation of zone.test takes 518400 s to reach everybody");
  cut.parents[0].ds.reply.rrset->ttl = 172801;
  CHECK(walked(cut).draft(line).observed == "518400 s and 172801 s (its DS records)");
  cut.parents[0].ns.reply.referral->ttl = 3600;
  CHECK(walked(cut).sentence(line) ==
        "a change of the delegation of zone.test takes 172801 s (its DS records) to reach everybody");
  cut.parents[0].ds.reply.rrset->ttl = 172800;
  CHECK(walked(cut).silent_about("ttl-parent"));
}

TEST_CASE("deleg-referral-too-large: names and glue that exceed a message without EDNS") {
  const auto line = "deleg-referral-too-large zone.test";
  // 12 + 15 for the question, then 12 and a name for each server.
  const auto with_servers = [](std::size_t count) {
    auto cut = good_cut();
    for (std::size_t i = 2; i < count; ++i) {
      dns::NameServer server;
      server.name = name("n" + std::to_string(100 + i) + ".a-label-of-twentyone.test");
      server.at_parent = server.at_child = true;
      server.own.emplace();
      cut.servers.push_back(std::move(server));
    }
    return cut;
  };
  CHECK(walked(with_servers(16)).silent_about("deleg-referral"));
  CHECK(walked(with_servers(40)).says(line));
  auto cut = good_cut();
  cut.servers[0].name = name("ns1.zone.test");
  for (int i = 0; i < 20; ++i) cut.servers[0].glue.push_back(ip("2a92::" + std::to_string(i)));
  // 12 + (9 + 1 + 4 - 1 + 4) for zone.test; 12 + 6 and 12 + 6 for the names; 20 times 12 + 16.
  CHECK(walked(cut).sentence(line) == "a referral to zone.test takes 623 octets");
}
