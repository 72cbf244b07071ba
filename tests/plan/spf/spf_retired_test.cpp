// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// What lets a retired address through goes where it is there for that alone, and is said where it stays.
#include "plan/spf/spf_retired.h"

#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "plan/document/plan_json.h"
#include "plan/document/read_plan.h"
#include "plan/schema_check.h"
#include "plan/spf_estate.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;
using State = SpfOpen::State;

namespace {

/// One of two hosts goes.
Estate shrink(const Texts& domains = {"example.com"}) {
  Estate estate(domains);
  estate.was("192.0.2.10", "mx1.example.com").was("192.0.2.11", "mx2.example.com");
  estate.is("192.0.2.11", "mx2.example.com");
  return estate;
}

/// The only thing that the plan leaves open, with the term that decides.
void check_open(const Estate& estate, State state, const std::string& record, const std::string& term,
                const std::string& note) {
  REQUIRE(estate.plan.spf_open.size() == 1);
  const auto& open = estate.plan.spf_open.front();
  CHECK(open.ip == ip("192.0.2.10"));
  CHECK(open.domain == name("example.com"));
  CHECK(open.state == state);
  CHECK(open.record == record);
  CHECK(open.term == term);
  CHECK_MESSAGE(estate.notes(note), open.reason);
}

}  // namespace

TEST_CASE("a block goes with the last of its addresses, and is said as long as others may be in it") {
  auto estate = shrink();
  estate.spf("v=spf1 ip4:192.0.2.0/28 -all");
  CHECK(estate.edits().empty());
  check_open(
      estate, State::still_passes, "example.com", "ip4:192.0.2.0/28",
      "The SPF record of example.com still lets 192.0.2.10 through, which is retired: ip4:192.0.2.0/28 in "
      "example.com TXT covers addresses that are not retired, too");

  Estate gone;
  gone.was("192.0.2.10", "mx1.example.com").was("192.0.2.11", "mx2.example.com");
  gone.is("198.51.100.20", "mx1.example.com");
  gone.spf("v=spf1 ip4:192.0.2.10/31 ip4:198.51.100.20 -all");
  CHECK(gone.edits(false) == Texts{"example.com: v=spf1 ip4:198.51.100.20 -all"});
  CHECK(gone.plan.spf_open.empty());
  const auto edit = std::find_if(gone.plan.phases.begin(), gone.plan.phases.end(), [](const Phase& one) {
    return one.id.starts_with("remove-old") && one.steps.front().type == RrType::TXT;
  });
  REQUIRE(edit != gone.plan.phases.end());
  CHECK(edit->starts_after - phase(gone.plan, "stop-egress")->starts_after >= seconds(432000));
}

TEST_CASE("a name that keeps the address is said, and so is who is let through as MX") {
  auto named = shrink();
  named.dns.a("www.example.com", 300, {"192.0.2.10", "203.0.113.80"});
  named.spf("v=spf1 a:www.example.com ip4:192.0.2.11 -all");
  CHECK(named.edits().empty());
  check_open(named, State::still_passes, "example.com", "a:www.example.com", "one of them keeps the address");

  auto mx = shrink();
  mx.dns.set("example.com", RrType::MX, 300, {std::string("\0\x0a", 2) + name("mx1.example.com").wire()});
  mx.spf("v=spf1 mx ip4:192.0.2.11 -all");
  CHECK(mx.edits().empty());
  check_open(mx, State::still_passes, "example.com", "mx", "one of them keeps the address");
}

TEST_CASE("a name that has retired addresses alone lets nobody else through, and its term goes") {
  auto estate = shrink();
  for (auto* builder : {&estate.before, &estate.after})
    builder->address("mx", "2001:db8::11", "mx2.example.com", "mx2.example.com");
  estate.dns.ptr("2001:db8::11", 300, {"mx2.example.com"}).aaaa("mx2.example.com", 300, {"2001:db8::11"});
  estate.dns.a("www.example.com", 300, {"192.0.2.10"});
  estate.spf("v=spf1 a:www.example.com a:mx2.example.com -all");
  CHECK(estate.edits(false) == Texts{"example.com: v=spf1 a:mx2.example.com -all"});
  CHECK(estate.plan.spf_open.empty());
  CHECK(phase(estate.plan, "remove-old")->starts_after > phase(estate.plan, "stop-egress")->starts_after);
}

TEST_CASE("an address is not retired while the record of a domain that sends through it is not known") {
  const auto left_out = [](const Texts& was, const Texts& is) {
    auto estate = shrink();
    for (auto* builder : {&estate.before, &estate.after})
      builder->address("other", "192.0.2.50", "o.example.com", "o.example.com")
          .domain("list.example.com", builder == &estate.before ? was : is);
    estate.dns.ptr("192.0.2.50", 300, {"o.example.com"}).a("o.example.com", 300, {"192.0.2.50"});
    estate.spf("v=spf1 ip4:192.0.2.10 ip4:192.0.2.11 -all");
    estate.dns.broken("list.example.com", RrType::TXT, Outcome::servfail);
    const auto made = estate.make();
    if (!made) return says(made.error().message, "list.example.com TXT: servfail");
    return std::any_of(made->left_out.begin(), made->left_out.end(),
                       [](const LeftOut& one) { return one.id == "192.0.2.10"; });
  };
  CHECK(left_out({"mx"}, {"mx"}));
  CHECK(left_out({"mx"}, {"other"}));  // mail under way is of that domain
  CHECK_FALSE(left_out({"other"}, {"other"}));
}

TEST_CASE("what a stranger's record lets through is theirs to change") {
  auto estate = shrink();
  estate.spf("v=spf1 include:_spf.relay.example ip4:192.0.2.11 -all")
      .spf("v=spf1 ip4:192.0.2.10 -all", "_spf.relay.example");
  CHECK(estate.edits().empty());
  check_open(estate, State::still_passes, "_spf.relay.example", "ip4:192.0.2.10",
             "ip4:192.0.2.10 in _spf.relay.example TXT is not ours to change; ask who holds it");
}

TEST_CASE("records of ours lose the address, whoever takes them in and whether or not they send through it") {
  auto taken_in = shrink();
  taken_in.spf("v=spf1 include:_spf.example.com -all")
      .spf("v=spf1 ip4:192.0.2.10 ip4:192.0.2.11 -all", "_spf.example.com");
  CHECK(taken_in.edits(false) == Texts{"_spf.example.com: v=spf1 ip4:192.0.2.11 -all"});
  CHECK(taken_in.plan.spf_open.empty());

  auto beside = shrink();
  for (auto* builder : {&beside.before, &beside.after})
    builder->address("other", "192.0.2.50", "o.example.com", "o.example.com")
        .domain("list.example.com", {"other"});
  beside.dns.ptr("192.0.2.50", 300, {"o.example.com"}).a("o.example.com", 300, {"192.0.2.50"});
  beside.spf("v=spf1 ip4:192.0.2.11 -all")
      .spf("v=spf1 ip4:192.0.2.50 ip4:192.0.2.10 -all", "list.example.com");
  CHECK(beside.edits(false) == Texts{"list.example.com: v=spf1 ip4:192.0.2.50 -all"});
  CHECK(beside.plan.spf_open.empty());
}

TEST_CASE("what is not known may let it through, and the rest is planned") {
  for (const auto outcome : {Outcome::timeout, Outcome::servfail, Outcome::refused, Outcome::bogus}) {
    auto estate = shrink();
    estate.spf("v=spf1 ip4:192.0.2.10 ip4:192.0.2.11 include:_spf.relay.example -all");
    estate.dns.broken("_spf.relay.example", RrType::TXT, outcome);
    CHECK(estate.edits(false) == Texts{"example.com: v=spf1 ip4:192.0.2.11 include:_spf.relay.example -all"});
    check_open(
        estate, State::may_still_pass, "example.com", "include:_spf.relay.example",
        "Whether the SPF record of example.com still lets 192.0.2.10 through, which is retired, could not be "
        "determined: _spf.relay.example TXT: " +
            std::string(dns::to_string(outcome)));
  }
}

TEST_CASE("a record that lets everybody through says so, and one that lets nobody through says nothing") {
  auto all = shrink();
  all.spf("v=spf1 ip4:192.0.2.11 +all");
  CHECK(all.edits().empty());
  check_open(all, State::still_passes, "example.com", "+all",
             "+all in example.com TXT lets everybody through");
  for (const auto* record : {"v=spf1 ip4:192.0.2.11 -all", "v=spf1 ip4:192.0.2.11 ?all",
                             "v=spf1 ip4:192.0.2.11 -ip4:192.0.2.10 ip4:192.0.2.0/28 -all"}) {
    auto refused = shrink();
    CHECK(refused.spf(record).edits().empty());
    CHECK(refused.plan.spf_open.empty());
  }
}

TEST_CASE("many addresses that one term lets through are one sentence") {
  Estate estate;
  for (int i = 10; i < 20; ++i)
    estate.was("192.0.2." + std::to_string(i), "mx" + std::to_string(i) + ".example.com");
  estate.is("192.0.2.19", "mx19.example.com").spf("v=spf1 ip4:192.0.2.0/24 -all");
  CHECK(estate.edits().empty());
  CHECK(estate.plan.spf_open.size() == 9);
  CHECK(estate.notes("still lets 9 retired addresses, 192.0.2.10 to 192.0.2.18, through: ip4:192.0.2.0/24"));
}

TEST_CASE("the document keeps what is open, and the simulator wants it said") {
  auto estate = shrink();
  estate.spf("v=spf1 ip4:192.0.2.0/28 -all");
  REQUIRE(estate.edits().empty());
  const auto document = emit_json(estate.plan);
  CHECK(fits("plan", nlohmann::json::parse(document)));
  const auto again = read_plan(document, "plan.json");
  REQUIRE(again.has_value());
  CHECK(again->spf_open == estate.plan.spf_open);
  auto silent = estate.plan;
  silent.spf_open.clear();
  const auto breaches = estate.breaches(silent);
  REQUIRE(breaches.size() == 1);
  CHECK(breaches.front().text ==
        "is retired and still let through by the SPF record of example.com, and the plan does not say so");
}
