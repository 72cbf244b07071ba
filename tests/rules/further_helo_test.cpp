// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What is said of a HELO name is said of each that an address has, and of its PTR record once.
#include <doctest/doctest.h>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto app = "app.corp-mail.net";

/// The first address has a second HELO name.
Estate several() {
  auto estate = good_estate();
  auto& all = estate.inventory;
  all.addresses.front().other_helos = {name(app)};
  auto further = all.addresses.front();
  further.helo = name(app);
  further.other_helos.clear();
  further.is_further = further.first_with_helo = true;
  further.at.end += 70;
  all.further_addresses.push_back(further);
  return estate;
}

World world() {
  return good_world().a(app, {"185.9.2.10"}).change([](dns::Fact& fact) { fact.authoritative = true; });
}

std::vector<std::string> news(const World& seen) {
  auto lines = report(several(), {walk(seen)}).lines();
  std::erase_if(lines, [](const auto& line) {
    return line.starts_with("helo-ptr-mismatch") || line.starts_with("helo-paths-differ");
  });
  return lines;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("further HELO names: TTLs of each") {
  CHECK(news(world()) == Lines{});
  CHECK(news(world().a(app, {"185.9.2.10"}, 30)) == Lines{"ttl-too-low-steady 185.9.2.10 confirmed"});
  CHECK(news(world().a(app, {"185.9.2.10"}, 700000)) == Lines{"ttl-too-high 185.9.2.10 confirmed"});
  CHECK(news(world().change(app, RrType::A, [](dns::Fact& fact) { fact.ttl_differs = true; })) ==
        Lines{"ttl-rrset-differs 185.9.2.10 confirmed"});
  // Of the PTR record it is said once.
  CHECK(news(world().ptr("185.9.2.10", {"mx1.corp-mail.net"}, 30)) ==
        Lines{"ttl-too-low-steady 185.9.2.10 confirmed"});
}

TEST_CASE("further HELO names: what validators refuse") {
  const auto refuse = [](dns::Fact& fact) {
    fact.security = dns::Security::bogus;
    fact.reason = "the signature has expired";
  };
  CHECK(news(world().change(app, RrType::A, refuse)) == Lines{"dnssec-answer-refused 185.9.2.10 confirmed"});
  CHECK(news(world().change("10.2.9.185.in-addr.arpa", RrType::PTR, refuse)) ==
        Lines{"dnssec-answer-refused 185.9.2.10 confirmed"});
}

TEST_CASE("further HELO names: private addresses, and one family of two") {
  CHECK(news(world().a(app, {"185.9.2.10", "10.0.0.1"})) ==
        Lines{"leak-private-in-public 185.9.2.10 confirmed"});
  CHECK(report(several(), {walk(world().erase(app, RrType::A).aaaa(app, {"2a92::10"}))})
            .says("dual-helo-single-family 185.9.2.10 confirmed"));
}

TEST_CASE("further HELO names: a look-up that fails finds nothing") {
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused}) {
    const auto said = report(several(), {walk(world().fail(app, RrType::A, outcome))});
    for (const auto* rule : {"ttl-", "dnssec-", "leak-", "dual-", "addr-"}) CHECK(said.silent_about(rule));
  }
}
