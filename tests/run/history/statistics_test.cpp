// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <map>
#include <string>

#include "run/history/statistics.h"

namespace rdnsgate::run {
namespace {

using dns::Outcome;

dns::Name name(std::string_view text) { return dns::Name::parse(text).value(); }

/// What two vantages were told, and the table that it comes to: by `VANTAGE/ZONE/SERVER`.
class Told {
 public:
  void add(std::uint16_t vantage, const std::string& owner, Outcome outcome, std::uint32_t rtt_us,
           dns::FromFiles from = dns::FromFiles::none) {
    dns::Fact fact;
    fact.question = {vantage, name(owner), dns::RrType::A};
    fact.outcome = outcome;
    fact.rtt_us = rtt_us;
    fact.from_files = from;
    REQUIRE(ran_.facts.insert(fact));
  }

  void add_server(const std::string& server, Outcome outcome, std::uint32_t rtt_us) {
    dns::ServerTimes one{0, name("mail.example"), name(server), IpAddress::parse("192.0.2.1").value(), {}};
    one.times.add(outcome, rtt_us);
    ran_.servers.push_back(std::move(one));
  }

  std::map<std::string, history::Latency> table() {
    ran_.document.vantages = {{"one", dns::VantageKind::authoritative}, {"two", dns::VantageKind::forward}};
    ran_.zones = {name("mail.example")};
    history::Run run;
    add_statistics(run, ran_);
    std::map<std::string, history::Latency> all;
    for (const auto& of : run.latency) all[of.vantage + "/" + of.zone + "/" + of.server] = of;
    return all;
  }

 private:
  AuditRun ran_;
};

/// To one part in a hundred.
bool is_about(double value, double expected) { return value > expected * 0.99 && value < expected * 1.01; }

TEST_CASE("of each vantage, each declared zone, and each server of it") {
  Told told;
  told.add(0, "a.mail.example", Outcome::answer, 1000);
  told.add(0, "b.mail.example", Outcome::nxdomain, 3000);
  told.add(0, "a.elsewhere.example", Outcome::answer, 9000);
  told.add(1, "a.mail.example", Outcome::answer, 5000);
  told.add_server("ns1.nic", Outcome::answer, 1000);
  told.add_server("ns2.nic", Outcome::timeout, 0);
  const auto table = told.table();
  CHECK(table.size() == 6);
  CHECK(table.at("one//").questions == 3);
  CHECK(is_about(table.at("one//").p99_ms, 9));
  CHECK(table.at("one/mail.example/").questions == 2);
  CHECK(is_about(table.at("one/mail.example/").p95_ms, 3));
  CHECK(is_about(table.at("one/mail.example/ns1.nic 192.0.2.1").p50_ms, 1));
  CHECK(table.at("one/mail.example/ns2.nic 192.0.2.1").timeouts == 1);
  CHECK(is_about(table.at("two/mail.example/").p95_ms, 5));
}

TEST_CASE("what was not answered is counted, by its kind, and takes no time") {
  Told told;
  told.add(0, "a.mail.example", Outcome::timeout, 5'000'000);
  told.add(0, "b.mail.example", Outcome::servfail, 4'000'000);
  told.add(0, "c.mail.example", Outcome::nodata, 2000);
  const auto of = told.table().at("one/mail.example/");
  CHECK((of.questions == 3 && of.timeouts == 1 && of.failures == 1));
  CHECK(is_about(of.p99_ms, 2));
}

TEST_CASE("what nobody was asked is not in it: files answered, or nobody was to") {
  Told told;
  told.add(0, "a.mail.example", Outcome::answer, 0, dns::FromFiles::all);
  told.add(0, "b.mail.example", Outcome::unanswered, 0, dns::FromFiles::outside);
  CHECK(told.table().empty());
  told.add(0, "c.mail.example", Outcome::answer, 7000, dns::FromFiles::part);
  CHECK(told.table().at("one/mail.example/").questions == 1);
}

}  // namespace
}  // namespace rdnsgate::run
