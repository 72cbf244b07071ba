// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What the simulator sees of those whom a plan is not about. The plans are made by a planner that knows
// nothing of them.
#include "plan/simulate/bystanders.h"

#include <doctest/doctest.h>

#include <set>

#include "dns/rdata_reader.h"
#include "dns/record_type.h"
#include "plan/at_hand.h"
#include "plan/lab.h"
#include "plan/rename_sample.h"
#include "plan/simulate/simulator.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

using Texts = std::set<std::string>;

dns::RRset record(const std::string& owner, const std::string& type, const std::string& data) {
  return {
      name(owner), dns::record_type(type).value(), 3600, {dns::RdataReader(Name()).read(type, data).value()}};
}

/// n0.mail.example becomes n1.mail.example, beside records of other zones.
struct Rename {
  Inventory now = estate("n1.mail.example"), base = estate("n0.mail.example");
  dns::FactStore facts = ask(live(), now, &base);
  World blind{facts, 0, {"recursive", dns::VantageKind::recursive, "recursive"}};
  Plan plan = make_plan(now, &base, blind, {}).value();

  Texts broken(const std::vector<dns::RRset>& records) const {
    AtHand at_hand(now, &base);
    at_hand.add({name("example.com"), records, {}});
    auto world = blind;
    world.at_hand = &at_hand;
    Texts all;
    for (const auto& breach : simulate(now, &base, world, plan, climate_of(now)).breaches)
      all.insert(breach.who + " " + breach.text);
    return all;
  }
};

}  // namespace

TEST_CASE("whoever is led to a name that loses its address is seen") {
  const Rename rename;
  CHECK(rename.broken({}).empty());
  const std::string gone = " points to n0.mail.example, which has no A record any more";
  CHECK(rename.broken({record("example.com", "MX", "10 N0.mail.example.")}) ==
        Texts{"example.com MX" + gone});
  CHECK(rename.broken({record("www.example.com", "CNAME", "n0.mail.example.")}) ==
        Texts{"www.example.com CNAME" + gone});
  CHECK(rename.broken({record("example.com", "NS", "n0.mail.example.")}) == Texts{"example.com NS" + gone});
  CHECK(rename.broken({record("_imaps._tcp.example.com", "SRV", "0 1 993 n0.mail.example.")}) ==
        Texts{"_imaps._tcp.example.com SRV" + gone});
  CHECK(rename.broken({record("example.com", "HTTPS", "1 n0.mail.example. alpn=h2")}) ==
        Texts{"example.com HTTPS" + gone});
  CHECK(rename.broken({record("_dns.example.com", "SVCB", "1 n0.mail.example. alpn=dot")}) ==
        Texts{"_dns.example.com SVCB" + gone});
  CHECK(
      rename.broken({record("example.com", "NAPTR", "10 10 \"a\" \"x-mail:smtp\" \"\" n0.mail.example.")}) ==
      Texts{"example.com NAPTR" + gone});
  CHECK(rename.broken({record("_25._tcp.n0.mail.example", "TLSA", "3 1 1 00")}) ==
        Texts{"_25._tcp.n0.mail.example TLSA" + gone});
  CHECK(rename.broken({record("d.example.com", "DNAME", "mail.example.")}) ==
        Texts{"d.example.com DNAME" + gone});
  // Others, and who is led to what stays.
  CHECK(rename
            .broken({record("example.com", "MX", "10 n1.mail.example."),
                     record("d.example.com", "DNAME", "n0.mail.example.")})
            .empty());
}

TEST_CASE("a use that the plan goes on despite is no breach") {
  Rename rename;
  rename.plan.despite = {"example.com MX"};
  CHECK(rename.broken({record("example.com", "MX", "10 n0.mail.example.")}).empty());
  CHECK(rename
            .broken({record("example.com", "MX", "10 n0.mail.example."),
                     record("imap.example.com", "CNAME", "n0.mail.example.")})
            .size() == 1);
}

TEST_CASE("an address that is replaced breaks nobody but a delegation with glue") {
  const auto inventory = [](const std::string& address) {
    Builder builder;
    builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
    return builder.address("mx", address, "n.mail.example", "n.mail.example").build();
  };
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  dns.ptr("192.0.2.10", 300, {"n.mail.example"}).a("n.mail.example", 300, {"192.0.2.10"});
  Rename moved;
  moved.now = inventory("192.0.2.20");
  moved.base = inventory("192.0.2.10");
  moved.facts = ask(dns, moved.now, &moved.base);
  moved.plan = make_plan(moved.now, &moved.base, moved.blind, {}).value();
  CHECK(moved
            .broken({record("example.com", "MX", "10 n.mail.example."),
                     record("example.com", "NS", "n.mail.example.")})
            .empty());
  CHECK(moved.broken({record("mail.example", "NS", "n.mail.example.")}) ==
        Texts{"mail.example NS points to n.mail.example, which loses an address that the parent still has"});
}

TEST_CASE("a name that nobody declared or retired is seen to change") {
  Rename rename;
  const auto spoil = [&](const std::string& owner, RrType type) {
    auto spoilt = rename.plan;
    Step step{name("mail.example"), ManagedBy::nsupdate, {}, name(owner), type, {}, {}, {}};
    step.before = Version{300, {dns::rdata_of(ip("192.0.2.99"))}};
    for (auto& phase : spoilt.phases) {
      if (phase.id == "remove-old") phase.steps.push_back(step);
    }
    std::swap(spoilt, rename.plan);
    const auto seen = rename.broken({});
    std::swap(spoilt, rename.plan);
    return seen;
  };
  CHECK(spoil("www.mail.example", RrType::A) ==
        Texts{"www.mail.example A is removed or changed, and was neither declared nor retired"});
  CHECK(spoil("n0.mail.example", RrType::AAAA).empty());
  rename.now.retired_names.push_back({name("www.mail.example"), {}});
  CHECK(spoil("www.mail.example", RrType::A).empty());
}

TEST_CASE("an alias at a reverse name that nobody declared is led to the record that changes") {
  const Rename rename;
  CHECK(rename.broken({record("99.2.0.192.in-addr.arpa", "CNAME", "10.2.0.192.in-addr.arpa.")}) ==
        Texts{"99.2.0.192.in-addr.arpa CNAME points to the PTR record of 10.2.0.192.in-addr.arpa, which "
              "changes"});
}
