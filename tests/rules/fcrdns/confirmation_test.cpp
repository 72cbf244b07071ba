// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

TEST_CASE("fcrdns-no-forward: the PTR name has no address of the family, by NODATA or NXDOMAIN") {
  auto said = run(good_estate(), good_world().erase("mx1.corp-mail.net", RrType::AAAA));
  CHECK(said.lines == std::vector<std::string>{"fcrdns-no-forward 2a92::10"});
  CHECK(said.sentence("fcrdns-no-forward 2a92::10") ==
        "the PTR record of 2a92::10 points to mx1.corp-mail.net, which has no AAAA record");
  CHECK(said.draft("fcrdns-no-forward 2a92::10").expected == "2a92::10");

  said = run(good_estate(), good_world().nxdomain("mx1.corp-mail.net"));
  CHECK(said.says("fcrdns-no-forward 185.9.2.10"));
  CHECK(said.says("fcrdns-no-forward 2a92::10"));
  CHECK(said.silent_about("fcrdns-mismatch"));
  CHECK(said.silent_about("helo-ip-mismatch"));
  CHECK(said.silent_about("dual-"));
}

TEST_CASE("fcrdns-no-forward: silent without a PTR record, and of names that the ptr rules speak of") {
  auto said = run(good_estate(), good_world().erase_ptr("185.9.2.10"));
  CHECK(said.silent_about("fcrdns-"));
  for (const auto* target : {"mx1", "mx1.corp-mail.net.2.9.185.in-addr.arpa", "185.9.2.10"}) {
    CAPTURE(target);
    said = run(good_estate(), good_world().ptr("185.9.2.10", {target}));
    CHECK(said.silent_about("fcrdns-"));
  }
}

TEST_CASE("fcrdns-mismatch: the PTR name leads elsewhere, and the HELO rule does not repeat it") {
  const auto said = run(good_estate(), good_world().a("mx1.corp-mail.net", {"185.9.2.99", "185.9.2.98"}));
  CHECK(said.lines == std::vector<std::string>{"fcrdns-mismatch 185.9.2.10"});
  CHECK(said.sentence("fcrdns-mismatch 185.9.2.10") ==
        "the PTR record of 185.9.2.10 is not confirmed: mx1.corp-mail.net has 185.9.2.98, 185.9.2.99");
}

TEST_CASE("fcrdns-partial: one name leads back, another has no address, a third has others") {
  auto world = good_world();
  world.ptr("185.9.2.10", {"mx1.corp-mail.net", "gone.corp-mail.net", "old.corp-mail.net"});
  const auto said = run(good_estate(), world.a("old.corp-mail.net", {"185.9.2.11"}));
  CHECK(said.sentence("fcrdns-partial 185.9.2.10") ==
        "185.9.2.10 has PTR names that do not lead back to it: gone.corp-mail.net, old.corp-mail.net");
  CHECK(said.silent_about("fcrdns-mismatch"));
  CHECK(said.silent_about("fcrdns-no-forward"));
  CHECK(report(good_estate(), {walk(world)}).finding("fcrdns-partial", "185.9.2.10").severity ==
        Severity::error);
}

TEST_CASE("fcrdns-temperror: a failure and an unvouched denial are neither confirmation nor its absence") {
  auto said = run(good_estate(), good_world().fail("mx1.corp-mail.net", RrType::A, Outcome::servfail));
  CHECK(said.lines == std::vector<std::string>{"fcrdns-temperror 185.9.2.10 (inconclusive)"});

  said = run(good_estate(), good_world().erase("mx1.corp-mail.net", RrType::A).without_soa());
  CHECK(said.says("fcrdns-temperror 185.9.2.10 (inconclusive)"));
  CHECK(said.silent_about("fcrdns-no-forward"));

  // One of two names is not known, the other leads elsewhere: the first may still lead back.
  auto world = good_world();
  world.ptr("185.9.2.10", {"mx1.corp-mail.net", "old.corp-mail.net"}).a("old.corp-mail.net", {"185.9.2.11"});
  said = run(good_estate(), world.fail("mx1.corp-mail.net", RrType::A, Outcome::timeout));
  CHECK(said.says("fcrdns-temperror 185.9.2.10 (inconclusive)"));
  CHECK(said.silent_about("fcrdns-mismatch"));
  CHECK(said.silent_about("fcrdns-partial"));
}
