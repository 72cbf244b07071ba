// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;
using dns::Security;

namespace {

using Lines = std::vector<std::string>;

constexpr auto line = "dnssec-answer-refused 185.9.2.10";

/// The answer to one question, with what who verified it makes of it.
World with(std::string_view owner, RrType type, Security security, std::string reason = "the reason") {
  return good_world().change(owner, type, [=](dns::Fact& fact) {
    fact.security = security;
    fact.reason = reason;
  });
}

}  // namespace

TEST_CASE("dnssec-answer-refused: the PTR record, and the addresses of its name, in each family") {
  for (const auto& asked :
       {std::pair{"10.2.9.185.in-addr.arpa", RrType::PTR}, std::pair{"mx1.corp-mail.net", RrType::A},
        std::pair{"mx1.corp-mail.net", RrType::AAAA}}) {
    const auto& owner = asked.first;
    const auto type = asked.second;
    CAPTURE(owner);
    const auto said = run(good_estate(), with(owner, type, Security::bogus));
    CHECK(said.says(line));
    CHECK(said.sentence(line) == "validators refuse what is said of 185.9.2.10: the reason");
    for (const auto& other : said.lines) CHECK(other.starts_with("dnssec-answer-refused "));
    for (const auto security : {Security::unknown, Security::insecure, Security::secure})
      CHECK(run(good_estate(), with(owner, type, security)).silent_about("dnssec-answer-refused"));
  }
}

TEST_CASE("dnssec-answer-refused: the name of the PTR record and the HELO name, each for itself") {
  Estate estate;
  estate.zone("2.9.185.in-addr.arpa").zone("corp-mail.net");
  estate.sender("mx1", "helo.corp-mail.net", {{"185.9.2.10", "mx1.corp-mail.net", "helo.corp-mail.net"}});
  for (const auto* owner : {"mx1.corp-mail.net", "helo.corp-mail.net"}) {
    CAPTURE(owner);
    const auto told = [&](Security security) {
      auto world = good_world().a("helo.corp-mail.net", {"185.9.2.10"});
      return run(estate, world.change(owner, RrType::A, [=](dns::Fact& fact) { fact.security = security; }));
    };
    CHECK(told(Security::bogus).says(line));
    CHECK(told(Security::secure).silent_about("dnssec-answer-refused"));
  }
}

TEST_CASE("dnssec-answer-refused: a denial is judged like a record") {
  auto world = with("10.2.9.185.in-addr.arpa", RrType::PTR, Security::bogus).erase_ptr("185.9.2.10");
  const auto said = run(good_estate(), world);
  CHECK(said.says(line));
  CHECK(said.says("ptr-missing 185.9.2.10"));
}

TEST_CASE("dnssec-answer-refused: a validator that gives no answer proves nothing of its own") {
  for (const auto outcome : {Outcome::bogus, Outcome::servfail, Outcome::timeout}) {
    auto world = good_world().fail_ptr("185.9.2.10", outcome);
    CHECK(run(good_estate(), world).silent_about("dnssec-answer-refused"));
  }
}
