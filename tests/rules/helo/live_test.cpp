// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

/// A pool of two whose PTR names are confirmed, under one HELO name of which the world says nothing yet.
Estate pool() {
  Estate estate;
  estate.sender("bulk", "bulk.corp-mail.net",
                {{"185.9.2.40", "out-a.corp-mail.net"}, {"185.9.2.41", "out-b.corp-mail.net"}});
  return estate;
}

World pool_world() {
  World world;
  world.zone("corp-mail.net");
  world.ptr("185.9.2.40", {"out-a.corp-mail.net"}).ptr("185.9.2.41", {"out-b.corp-mail.net"});
  world.a("out-a.corp-mail.net", {"185.9.2.40"}).a("out-b.corp-mail.net", {"185.9.2.41"});
  return world;
}

World& with_mx(World& world) {
  std::string rdata{'\0', '\x0a'};
  return world.rrset(
      {name("bulk.corp-mail.net"), RrType::MX, 3600, {rdata + name("mx1.corp-mail.net").wire()}});
}

}  // namespace

TEST_CASE("helo-unresolvable: once for the name, by NODATA after asking for MX, or by NXDOMAIN without") {
  auto said = run(pool(), pool_world());
  CHECK(said.sentence("helo-unresolvable bulk") ==
        "the HELO name bulk.corp-mail.net does not resolve: no A, AAAA or MX record");
  CHECK(said.draft("helo-unresolvable bulk").at == pool().inventory.senders.front().helo_at);
  CHECK(said.silent_about("helo-ip-mismatch"));
  CHECK(said.silent_about("dual-"));
  CHECK(said.questions.contains({name("bulk.corp-mail.net"), RrType::MX}));

  said = run(pool(), pool_world().nxdomain("bulk.corp-mail.net"));
  CHECK(said.sentence("helo-unresolvable bulk") ==
        "the HELO name bulk.corp-mail.net does not resolve: NXDOMAIN");
  CHECK_FALSE(said.questions.contains({name("bulk.corp-mail.net"), RrType::MX}));
}

TEST_CASE("helo-unresolvable: an MX record alone resolves, but leads to no address") {
  auto world = pool_world();
  const auto said = run(pool(), with_mx(world));
  CHECK(said.silent_about("helo-unresolvable"));
  CHECK(said.sentence("helo-ip-mismatch 185.9.2.40") ==
        "the HELO name bulk.corp-mail.net of 185.9.2.40 does not lead back to it: it has only an MX record");
  CHECK_FALSE(said.says("helo-ip-mismatch 185.9.2.41"));
  CHECK(said.draft("helo-ip-mismatch 185.9.2.40").args.severity == Severity::warning);
}

TEST_CASE("helo-lookup-failed: a question that failed is said once for the name, and nothing else is") {
  for (const auto type : {RrType::A, RrType::AAAA, RrType::MX}) {
    CAPTURE(dns::to_string(type));
    const auto said = run(pool(), pool_world().fail("bulk.corp-mail.net", type, Outcome::timeout));
    CHECK(said.says("helo-lookup-failed bulk (inconclusive)"));
    CHECK(said.silent_about("helo-unresolvable"));
    CHECK(said.silent_about("helo-ip-mismatch"));
  }
  const auto said = run(pool(), pool_world().without_soa());
  CHECK(said.says("helo-lookup-failed bulk (inconclusive)"));
  CHECK(said.silent_about("helo-unresolvable"));
}

TEST_CASE(
    "helo-lookup-failed: silent where fcrdns-temperror names the question, and of an unvouched second "
    "family") {
  auto said = run(good_estate(), good_world().fail("mx1.corp-mail.net", RrType::A, Outcome::refused));
  CHECK(said.silent_about("helo-"));
  said = run(good_estate(), good_world().without_soa());
  CHECK(said.silent_about("helo-"));
  said = run(good_estate(), good_world().fail("mx1.corp-mail.net", RrType::AAAA, Outcome::refused));
  CHECK(said.says("fcrdns-temperror 2a92::10 (inconclusive)"));
}

TEST_CASE("helo-ip-mismatch: each address that the HELO name does not have") {
  auto said = run(pool(), pool_world().a("bulk.corp-mail.net", {"185.9.2.41"}));
  CHECK(said.sentence("helo-ip-mismatch 185.9.2.40") ==
        "the HELO name bulk.corp-mail.net of 185.9.2.40 does not lead back to it: it has 185.9.2.41");
  CHECK_FALSE(said.says("helo-ip-mismatch 185.9.2.41"));
  const auto whole = report(pool(), {walk(pool_world().a("bulk.corp-mail.net", {"185.9.2.41"}))});
  CHECK(whole.finding("helo-ip-mismatch", "185.9.2.40").severity == Severity::error);
  CHECK(whole.result.verdict == audit::Verdict::fail);
  // While the PTR record is not known, neither is whether another rule says it.
  said = run(pool(),
             pool_world().a("bulk.corp-mail.net", {"185.9.2.41"}).fail_ptr("185.9.2.40", Outcome::servfail));
  CHECK(said.silent_about("helo-ip-mismatch"));
}

TEST_CASE("helo-cname: an alias, whether it leads to an address or not") {
  auto said = run(good_estate(), good_world()
                                     .erase("mx1.corp-mail.net", RrType::A)
                                     .erase("mx1.corp-mail.net", RrType::AAAA)
                                     .cname("mx1.corp-mail.net", "host7.corp-mail.net")
                                     .a("host7.corp-mail.net", {"185.9.2.10"})
                                     .aaaa("host7.corp-mail.net", {"2a92::10"}));
  CHECK(said.sentence("helo-cname mx1") ==
        "the HELO name mx1.corp-mail.net is an alias of host7.corp-mail.net");
  said = run(pool(), pool_world().cname("bulk.corp-mail.net", "gone.corp-mail.net"));
  CHECK(said.says("helo-cname bulk"));
  CHECK(run(good_estate(), good_world()).silent_about("helo-cname"));
}

TEST_CASE("helo-apex: a declared zone, or the owner of the SOA record in a negative answer") {
  Estate estate;
  estate.sender("mx1", "mail-host.net", {"185.9.2.10"});
  World world;
  world.ptr("185.9.2.10", {"mail-host.net"}).a("mail-host.net", {"185.9.2.10"});
  CHECK(run(estate, world).silent_about("helo-apex"));
  CHECK(run(estate, World(world).zone("mail-host.net")).says("helo-apex mx1"));
  estate.zone("mail-host.net");
  CHECK(run(estate, world).sentence("helo-apex mx1") ==
        "the HELO name mail-host.net is the apex of a zone, whose addresses often belong to a web site");
  CHECK(run(good_estate(), good_world()).silent_about("helo-apex"));
}
