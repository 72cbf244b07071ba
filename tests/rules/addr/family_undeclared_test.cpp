// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

Estate only_v6() {
  Estate estate;
  estate.sender("mx6", "mx6.corp-mail.net", {"2a92::10"});
  return estate;
}

World v6_world() {
  World world;
  return world.ptr("2a92::10", {"mx6.corp-mail.net"}).aaaa("mx6.corp-mail.net", {"2a92::10"});
}

/// One IPv4 address whose PTR name is not its HELO name.
Estate only_v4() {
  Estate estate;
  estate.sender("mx1", "helo.corp-mail.net", {{"185.9.2.10", "mx1.corp-mail.net"}});
  return estate;
}

World v4_world() {
  World world;
  world.ptr("185.9.2.10", {"mx1.corp-mail.net"}).a("mx1.corp-mail.net", {"185.9.2.10"});
  return world.a("helo.corp-mail.net", {"185.9.2.10"});
}

}  // namespace

TEST_CASE("addr-family-undeclared: the HELO name of an IPv6 sender has an IPv4 address") {
  CHECK(run(only_v6(), v6_world()).silent_about("addr-family"));
  const auto said = run(only_v6(), v6_world().a("mx6.corp-mail.net", {"185.9.2.10"}));
  CHECK(said.sentence("addr-family-undeclared 2a92::10") ==
        "mx6.corp-mail.net has 185.9.2.10, and the inventory lists no IPv4 address of mx6");
  CHECK(said.silent_about("dual-"));
}

TEST_CASE("addr-family-undeclared: a PTR name beside the HELO name") {
  CHECK(run(only_v4(), v4_world()).silent_about("addr-family"));
  const auto said = run(only_v4(), v4_world().aaaa("mx1.corp-mail.net", {"2a92::10"}));
  CHECK(said.sentence("addr-family-undeclared 185.9.2.10") ==
        "mx1.corp-mail.net has 2a92::10, and the inventory lists no IPv6 address of mx1");
  // What dual-aaaa-undeclared says of the HELO name is not said again.
  const auto both = run(
      only_v4(), v4_world().aaaa("mx1.corp-mail.net", {"2a92::10"}).aaaa("helo.corp-mail.net", {"2a92::10"}));
  CHECK_FALSE(both.silent_about("dual-aaaa-undeclared"));
  CHECK(both.silent_about("addr-family"));
}

TEST_CASE("addr-family-undeclared: silent where it is declared somewhere, of other hosts, of what failed") {
  CHECK(run(good_estate(), good_world()).silent_about("addr-family"));
  auto estate = only_v6();
  estate.sender("mx4", "mx4.corp-mail.net", {"185.9.2.10"});
  CHECK(run(estate, v6_world().a("mx6.corp-mail.net", {"185.9.2.10"})).silent_about("addr-family"));
  // The PTR name leads to somebody else.
  CHECK(run(only_v4(),
            v4_world().a("mx1.corp-mail.net", {"185.9.2.99"}).aaaa("mx1.corp-mail.net", {"2a92::10"}))
            .silent_about("addr-family"));
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused, Outcome::bogus}) {
    CHECK(run(only_v4(), v4_world()
                             .aaaa("mx1.corp-mail.net", {"2a92::10"})
                             .fail("mx1.corp-mail.net", RrType::AAAA, outcome))
              .silent_about("addr-family"));
    CHECK(run(only_v6(),
              v6_world().a("mx6.corp-mail.net", {"185.9.2.10"}).fail("mx6.corp-mail.net", RrType::A, outcome))
              .silent_about("addr-family"));
  }
}
