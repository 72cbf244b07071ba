// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::RrType;

namespace {

/// One host whose IPv6 address has a name of its own, and that has one HELO name.
Estate two_names() {
  Estate estate;
  estate.sender("mx1", "mx1.corp-mail.net", {{"185.9.2.10"}, {"2a92::10", "mx1-v6.corp-mail.net"}});
  return estate;
}

World two_names_world() {
  World world;
  world.ptr("185.9.2.10", {"mx1.corp-mail.net"}).a("mx1.corp-mail.net", {"185.9.2.10"});
  world.ptr("2a92::10", {"mx1-v6.corp-mail.net"}).aaaa("mx1-v6.corp-mail.net", {"2a92::10"});
  world.aaaa("mx1.corp-mail.net", {"2a92::10"});
  return world;
}

}  // namespace

TEST_CASE("dual-name-differs: one host, two names") {
  const auto said = run(two_names(), two_names_world());
  CHECK(said.sentence("dual-name-differs mx1") ==
        "mx1 is mx1.corp-mail.net over IPv4 and mx1-v6.corp-mail.net over IPv6");
}

TEST_CASE(
    "dual-name-differs: silent where the names meet, of pools, of what ptr-mismatch says, of what is not "
    "known") {
  CHECK(run(good_estate(), good_world()).silent_about("dual-"));
  // A live name that is not the declared one.
  CHECK(run(good_estate(), good_world().ptr("2a92::10", {"old.corp-mail.net"}))
            .silent_about("dual-name-differs"));
  for (const auto outcome : {dns::Outcome::timeout, dns::Outcome::bogus}) {
    CHECK(
        run(two_names(), two_names_world().fail_ptr("2a92::10", outcome)).silent_about("dual-name-differs"));
  }
  CHECK(run(two_names(), two_names_world().erase_ptr("2a92::10")).silent_about("dual-name-differs"));
  Estate pool;
  pool.sender("bulk", "{ptr}", {{"185.9.2.40", "out-a.corp-mail.net"}, {"2a92::40", "out-b.corp-mail.net"}});
  World world;
  world.ptr("185.9.2.40", {"out-a.corp-mail.net"}).ptr("2a92::40", {"out-b.corp-mail.net"});
  CHECK(run(pool, world).silent_about("dual-name-differs"));
}

TEST_CASE("dual-v6-unmanaged: neither PTR nor AAAA") {
  const auto said =
      run(good_estate(), good_world().erase_ptr("2a92::10").erase("mx1.corp-mail.net", RrType::AAAA));
  CHECK(said.lines == std::vector<std::string>{"dual-v6-unmanaged 2a92::10", "ptr-missing 2a92::10"});
  CHECK(said.sentence("dual-v6-unmanaged 2a92::10") ==
        "2a92::10 has neither a PTR record nor an AAAA record at mx1.corp-mail.net");
}

TEST_CASE("dual-v6-unmanaged: silent where only one of the two is missing, or not known") {
  CHECK(run(good_estate(), good_world().erase_ptr("2a92::10")).silent_about("dual-"));
  CHECK(run(good_estate(), good_world().erase("mx1.corp-mail.net", RrType::AAAA)).silent_about("dual-"));
  auto world = good_world().erase("mx1.corp-mail.net", RrType::AAAA);
  CHECK(run(good_estate(), world.fail_ptr("2a92::10", dns::Outcome::servfail)).silent_about("dual-"));
  world = good_world().erase_ptr("2a92::10");
  CHECK(run(good_estate(), world.fail("mx1.corp-mail.net", RrType::AAAA, dns::Outcome::timeout))
            .silent_about("dual-"));
}

TEST_CASE("dual-aaaa-undeclared: an AAAA record at the HELO name of a sender without IPv6") {
  Estate estate;
  estate.sender("mx1", "mx1.corp-mail.net", {"185.9.2.10"}).sender("mx2", "mx2.corp-mail.net", {"2a92::11"});
  World world;
  world.ptr("185.9.2.10", {"mx1.corp-mail.net"}).a("mx1.corp-mail.net", {"185.9.2.10"});
  world.ptr("2a92::11", {"mx2.corp-mail.net"}).aaaa("mx2.corp-mail.net", {"2a92::11"});
  CHECK(run(estate, world).lines.empty());
  const auto said = run(estate, world.aaaa("mx1.corp-mail.net", {"2a92::10", "2a92::11"}));
  // And that of another sender is said to be there, too.
  CHECK(said.lines == std::vector<std::string>{"dual-aaaa-undeclared mx1", "helo-paths-differ mx1"});
  CHECK(said.sentence("dual-aaaa-undeclared mx1") ==
        "the HELO name mx1.corp-mail.net has the IPv6 address 2a92::10, and the inventory has none for mx1");
  CHECK(said.draft("dual-aaaa-undeclared mx1").at == estate.inventory.senders.front().helo_at);
  // A sender with IPv6 has other rules for it.
  CHECK(run(good_estate(), good_world().aaaa("mx1.corp-mail.net", {"2a92::99"})).silent_about("dual-"));
}

TEST_CASE("dual-helo-single-family: the HELO name lacks the family, said once for sender and family") {
  auto estate = two_names();
  auto said = run(estate, two_names_world().erase("mx1.corp-mail.net", RrType::AAAA));
  CHECK(said.sentence("dual-helo-single-family 2a92::10") ==
        "2a92::10 gives mx1.corp-mail.net in HELO, which has A records only");
  CHECK(said.silent_about("helo-ip-mismatch"));
  CHECK(said.silent_about("helo-unresolvable"));

  Estate pool;
  pool.sender("bulk", "bulk.corp-mail.net",
              {{"2a92::40", "out-a.corp-mail.net"}, {"2a92::41", "out-b.corp-mail.net"}});
  World world;
  world.ptr("2a92::40", {"out-a.corp-mail.net"}).ptr("2a92::41", {"out-b.corp-mail.net"});
  said = run(pool, world.a("bulk.corp-mail.net", {"185.9.2.40"}));
  CHECK(said.says("dual-helo-single-family 2a92::40"));
  CHECK_FALSE(said.says("dual-helo-single-family 2a92::41"));
}

TEST_CASE(
    "dual-helo-single-family: silent where fcrdns-no-forward says it, and while an answer is not known") {
  auto said = run(good_estate(), good_world().erase("mx1.corp-mail.net", RrType::A));
  CHECK(said.lines == std::vector<std::string>{"fcrdns-no-forward 185.9.2.10"});
  const auto world = two_names_world().erase("mx1.corp-mail.net", RrType::AAAA);
  CHECK(run(two_names(), World(world).fail_ptr("2a92::10", dns::Outcome::timeout))
            .silent_about("dual-helo-single-family"));
  CHECK(run(two_names(), World(world).fail("mx1.corp-mail.net", RrType::A, dns::Outcome::bogus))
            .silent_about("dual-helo-single-family"));
}

TEST_CASE("dual-family-missing: a host with one family beside one with both") {
  auto estate = good_estate();
  CHECK(lint(estate).silent_about("dual-family-missing"));
  estate.sender("mx3", "mx3.corp-mail.net", {"185.9.2.12"}).sender("mx4", "mx4.corp-mail.net", {"2a92::14"});
  CHECK(lint(estate).sentence("dual-family-missing mx3") ==
        "mx3 has no IPv6 address here, and mx1 has both families");
  CHECK(lint(estate).sentence("dual-family-missing mx4") ==
        "mx4 has no IPv4 address here, and mx1 has both families");
  CHECK_FALSE(lint(estate).says("dual-family-missing bulk"));
}

TEST_CASE("dual-family-missing: hosts are compared that one domain sends through") {
  auto estate = good_estate();
  estate.sender("mx3", "mx3.corp-mail.net", {"185.9.2.12"})
      .sender("mx4", "mx4.corp-mail.net", {"185.9.2.14"});
  estate.inventory.domains.push_back({.name = name("corp-mail.net"), .via = {{"mx3", {}}, {"mx4", {}}}});
  estate.inventory.domains.push_back({.name = name("corp-mail.org"), .via = {{"mx1", {}}, {"mx2", {}}}});
  CHECK(lint(estate).silent_about("dual-family-missing"));
  estate.inventory.domains.back().via.push_back({"mx4", {}});
  CHECK(lint(estate).says("dual-family-missing mx4"));
  CHECK_FALSE(lint(estate).says("dual-family-missing mx3"));
}

TEST_CASE("dual-family-missing: silent where all hosts have one family") {
  Estate estate;
  estate.sender("mx1", "mx1.corp-mail.net", {"185.9.2.10"})
      .sender("mx2", "mx2.corp-mail.net", {"185.9.2.11"});
  CHECK(lint(estate).silent_about("dual-family-missing"));
}
