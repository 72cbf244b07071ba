// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto corp = "corp-mail.net";
constexpr auto one = "in1.corp-mail.net";
constexpr auto two = "in2.corp-mail.net";

Estate estate() { return good_estate().domain(corp); }
World world() {
  return good_world().mx(corp, {{10, one}, {20, two}}).a(one, {"185.9.2.10"}).a(two, {"185.9.2.11"});
}

std::string record(char usage, char selector, char matching, std::size_t length) {
  return std::string{usage, selector, matching} + std::string(length, 'x');
}
World& tlsa(World& world, const std::string& host, std::vector<std::string> records) {
  return world.rrset({name("_25._tcp." + host), RrType::TLSA, 3600, std::move(records)});
}
World with(const std::string& host, std::vector<std::string> records) {
  auto made = world();
  return tlsa(made, host, std::move(records));
}

}  // namespace

TEST_CASE("dane-tlsa-missing: of some hosts and not of others") {
  const auto right = record(3, 1, 1, 32);
  CHECK(run(estate(), with(one, {right})).sentence("dane-tlsa-missing corp-mail.net") ==
        "mail hosts of corp-mail.net have TLSA records (in1.corp-mail.net), and others have none: "
        "in2.corp-mail.net");
  auto both = with(one, {right});
  CHECK(run(estate(), tlsa(both, two, {right})).silent_about("dane-"));
  CHECK(run(estate(), world()).silent_about("dane-"));
  for (const auto outcome : {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::bogus}) {
    const auto said =
        run(estate(), with(one, {right}).fail("_25._tcp.in2.corp-mail.net", RrType::TLSA, outcome));
    CHECK(said.silent_about("dane-"));
    CHECK(said.silent_about("mx-lookup-failed"));
  }
  CHECK(run(estate(), with(one, {right}).without_soa()).silent_about("dane-"));
}

TEST_CASE("dane-tlsa-mismatch: records that no sender can use") {
  for (const auto& wrong : {record(0, 1, 1, 32), record(1, 1, 1, 32), record(4, 1, 1, 32),
                            record(3, 2, 1, 32), record(3, 1, 3, 32), record(3, 1, 1, 31),
                            record(3, 1, 2, 32), record(3, 1, 0, 0), std::string("\x03")}) {
    const auto said = run(estate(), with(one, {wrong}));
    CAPTURE(text_of(said));
    CHECK(said.draft("dane-tlsa-mismatch corp-mail.net").args.severity == Severity::error);
    const auto beside = run(estate(), with(one, {wrong, record(2, 0, 2, 64)}));
    CHECK(beside.draft("dane-tlsa-mismatch corp-mail.net").args.severity == Severity::warning);
  }
  CHECK(run(estate(), with(one, {record(1, 0, 1, 32)})).sentence("dane-tlsa-mismatch corp-mail.net") ==
        "no TLSA record of the mail host in1.corp-mail.net of corp-mail.net can be used: 1 0 1");
  for (const auto& right :
       {record(2, 0, 1, 32), record(3, 1, 1, 32), record(3, 1, 2, 64), record(3, 0, 0, 900)})
    CHECK(run(estate(), with(one, {right})).silent_about("dane-tlsa-mismatch"));
}

TEST_CASE("dane-tlsa-insecure: where somebody validated, of hosts of ours that no zone rule speaks of") {
  const auto seen = [](dns::Security security, std::string_view host) {
    return with(std::string(host), {record(3, 1, 1, 32)}).change([security](dns::Fact& fact) {
      if (fact.question.type == RrType::TLSA) fact.security = security;
    });
  };
  CHECK(run(estate(), seen(dns::Security::insecure, one)).sentence("dane-tlsa-insecure corp-mail.net") ==
        "the TLSA records of the mail host in1.corp-mail.net of corp-mail.net are not signed: no sender uses "
        "them");
  for (const auto security : {dns::Security::unknown, dns::Security::secure})
    CHECK(run(estate(), seen(security, one)).silent_about("dane-tlsa-insecure"));
  // dnssec-tlsa-insecure has HELO names; what others run is theirs.
  const auto elsewhere = [&](const char* host) {
    return seen(dns::Security::insecure, host).mx(corp, {{10, host}});
  };
  CHECK(run(estate(), elsewhere("mx1.corp-mail.net")).silent_about("dane-tlsa-insecure"));
  CHECK(run(estate(), elsewhere("mx.other.net")).silent_about("dane-tlsa-insecure"));
}
