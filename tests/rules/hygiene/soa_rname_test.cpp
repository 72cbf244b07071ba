// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "inventory/octodns/octodns_zone.h"
#include "rules/hygiene/rules.h"
#include "rules/scenario.h"
#include "rules/zone/zone_lint.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto forward = "hygiene-soa-rname corp-mail.net";

World with_rname(std::string_view zone, std::string_view rname) {
  const auto rdata = name("ns1.dns-host.net").wire() + name(rname).wire() + std::string(20, '\1');
  return good_world().change(zone, RrType::SOA, [rdata](dns::Fact& fact) {
    if (!fact.answer.empty()) fact.answer.front().rdata = {rdata};
  });
}

}  // namespace

TEST_CASE("hygiene-soa-rname: what no mailbox is written as") {
  const auto said = run(good_estate(), with_rname("corp-mail.net", "hostmaster@corp-mail.net"));
  CHECK(said.sentence(forward) ==
        "the SOA record of corp-mail.net gives hostmaster\\@corp-mail.net as its mailbox: it has an \"@\", "
        "where a "
        "dot belongs: hostmaster@mail.example is written hostmaster.mail.example");
  const auto wording = [](std::string_view zone, std::string_view rname) -> std::string {
    const auto all = run(good_estate(), with_rname(zone, rname));
    const auto line = "hygiene-soa-rname " + std::string(zone);
    return all.says(line) ? std::string(all.draft(line).args.wording) : "";
  };
  CHECK(wording("corp-mail.net", ".") == "root");
  CHECK(wording("corp-mail.net", "hostmaster") == "no-domain");
  CHECK(wording("corp-mail.net", "hostmaster.corp-mail.net.corp-mail.net") == "dot");
  CHECK(wording("corp-mail.net", "root.localhost") == "unreachable");
  CHECK(wording("2.9.185.in-addr.arpa", "hostmaster.2.9.185.in-addr.arpa") == "dot");
  CHECK(wording("2.9.a.2.ip6.arpa", "hostmaster.corp-mail.net.2.9.a.2.ip6.arpa") == "dot");
  // Only what stands for the SOA record that octoDNS leaves to the provider has both names alike.
  CHECK(wording("corp-mail.net", "octodns.invalid") == "unreachable");
  const auto made_up = name(inventory::octodns_made_up_name).wire();
  const auto from_octodns = good_world().change("corp-mail.net", RrType::SOA, [&](dns::Fact& fact) {
    if (!fact.answer.empty()) fact.answer.front().rdata = {made_up + made_up + std::string(20, '\1')};
  });
  CHECK(run(good_estate(), from_octodns).silent_about("hygiene-soa-rname"));
  for (const auto* right : {"hostmaster.corp-mail.net", "jane\\.doe.corp-mail.net", "noc.isp.net",
                            "corp-mail.net.corp-mail.net", "hostmaster.sub.corp-mail.net"}) {
    CAPTURE(right);
    CHECK(wording("corp-mail.net", right) == "");
  }
}

TEST_CASE("hygiene-soa-rname: a look-up that fails says nothing of it") {
  CHECK(run(good_estate(), good_world()).silent_about("hygiene-"));
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused, Outcome::bogus}) {
    auto world = with_rname("corp-mail.net", ".");
    CHECK(run(good_estate(), world.fail("corp-mail.net", RrType::SOA, outcome))
              .silent_about("hygiene-soa-rname"));
  }
}

TEST_CASE("hygiene-soa-rname: of a zone file, at its SOA record") {
  const auto judge = rules::judge_texts_hygiene_soa_rname;
  CHECK(ZoneLint("2.9.185.in-addr.arpa", "1", "1 PTR a.isp.net.\n")(judge) ==
        Lines{"2:1: a mailbox | hostmaster.2.9.185.in-addr.arpa"});
  CHECK(ZoneLint("corp-mail.net", "1", "a A 192.0.2.1\n")(judge) == Lines{});
}
