// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto rule = "helo-paths-differ";

}  // namespace

TEST_CASE("helo-paths-differ: an address of another sender beside its own") {
  auto said = run(good_estate(), good_world());
  CHECK(said.silent_about(rule));
  said = run(good_estate(), good_world().a("mx1.corp-mail.net", {"185.9.2.10", "185.9.2.11"}));
  CHECK(said.sentence("helo-paths-differ mx1") ==
        "the HELO name mx1.corp-mail.net also has 185.9.2.11, where mail does not leave under that name");
  CHECK_FALSE(said.says("helo-paths-differ mx2"));
  said = run(good_estate(), good_world().aaaa("mx1.corp-mail.net", {"2a92::10", "2a92::11"}));
  CHECK(said.says("helo-paths-differ mx1"));
}

TEST_CASE("helo-paths-differ: an address that nobody declares, where the PTR records have other names") {
  Estate estate;
  estate.zone("corp-mail.net")
      .sender("bulk", "bulk.corp-mail.net",
              {{"185.9.2.40", "out-a.corp-mail.net"}, {"185.9.2.41", "out-b.corp-mail.net"}});
  auto world = good_world().a("bulk.corp-mail.net", {"185.9.2.40", "185.9.2.41"});
  CHECK(run(estate, world).silent_about(rule));
  world.a("bulk.corp-mail.net", {"185.9.2.40", "185.9.2.41", "185.9.2.99"});
  CHECK(run(estate, world).says("helo-paths-differ bulk"));
  // It is the HELO name of another sender as well, and both know of it.
  estate.sender("more", "bulk.corp-mail.net", {{"185.9.2.99", "out-c.corp-mail.net"}});
  CHECK(run(estate, world).silent_about(rule));
}

TEST_CASE("helo-paths-differ: what others say is not said again") {
  // fcrdns-forward-extra-ips: a stranger at a PTR name.
  auto said = run(good_estate(), good_world().a("mx1.corp-mail.net", {"185.9.2.10", "185.9.2.99"}));
  CHECK(said.silent_about(rule));
  CHECK_FALSE(said.silent_about("fcrdns-forward-extra-ips"));
  // helo-ip-mismatch and its like: none of its own.
  said = run(good_estate(),
             good_world().a("mx1.corp-mail.net", {"185.9.2.11"}).erase("mx1.corp-mail.net", RrType::AAAA));
  CHECK(said.silent_about(rule));
  // dual-aaaa-undeclared: a sender without IPv6.
  Estate estate;
  estate.zone("corp-mail.net").sender("mx1", "mx1.corp-mail.net", {{"185.9.2.10", "out-a.corp-mail.net"}});
  auto world =
      good_world().ptr("185.9.2.10", {"out-a.corp-mail.net"}).a("out-a.corp-mail.net", {"185.9.2.10"});
  said = run(estate, world);
  CHECK(said.silent_about(rule));
  CHECK_FALSE(said.silent_about("dual-aaaa-undeclared"));
}

TEST_CASE("helo-paths-differ: one host with a name for each family") {
  Estate estate;
  estate.zone("corp-mail.net")
      .sender("mx1", "mx1.corp-mail.net",
              {"185.9.2.10", {"2a92::10", "mx1-v6.corp-mail.net", "mx1-v6.corp-mail.net"}});
  auto world = good_world();
  world.erase("mx1.corp-mail.net", RrType::AAAA).aaaa("mx1-v6.corp-mail.net", {"2a92::10"});
  world.ptr("2a92::10", {"mx1-v6.corp-mail.net"});
  auto said = run(estate, world);
  CHECK(said.sentence("helo-paths-differ 2a92::10") ==
        "2a92::10 is of a host that gives mx1.corp-mail.net in HELO over IPv4 and mx1-v6.corp-mail.net over "
        "IPv6");
  CHECK_FALSE(said.says("helo-paths-differ 185.9.2.10"));
  // A pool, whose members have names of their own, is many hosts.
  estate.sender("pool", "{ptr}",
                {{"185.9.2.40", "out-a.corp-mail.net"},
                 {"185.9.2.41", "out-b.corp-mail.net"},
                 {"2a92::40", "out-a.corp-mail.net"}});
  CHECK_FALSE(run(estate, world).says("helo-paths-differ 2a92::40"));
}

TEST_CASE("helo-paths-differ: a lookup that failed says nothing") {
  for (const auto outcome : {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::unreachable,
                             Outcome::bogus, Outcome::malformed, Outcome::unanswered}) {
    auto world = good_world().a("mx1.corp-mail.net", {"185.9.2.10", "185.9.2.11"});
    CHECK(run(good_estate(), world).says("helo-paths-differ mx1"));
    world.fail("mx1.corp-mail.net", RrType::A, outcome);
    CHECK_FALSE(run(good_estate(), world).says("helo-paths-differ mx1"));
  }
}
