// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// Relays whose terms are not known in full: what the simulator promises of them, and which plans it does not let pass.
#include "plan/simulate/relay_watch.h"

#include <doctest/doctest.h>

#include <functional>

#include "plan/relay_estate.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

Plan planned(Estate& estate) {
  auto made = estate.make();
  REQUIRE_MESSAGE(made.has_value(), made.error().message);
  const auto broken = estate.breaches(*made);
  CHECK_MESSAGE(broken.empty(), (broken.front().who + " " + broken.front().text));
  return std::move(*made);
}

/// What is said of the relay's mail.
std::string said_of(const Estate& estate, const Plan& plan, const std::string& relay) {
  for (const auto& breach : estate.breaches(plan)) {
    if (says(breach.text, "sends through " + relay)) return breach.text;
  }
  return {};
}

/// The plan, but that the domain's record becomes another one.
Plan with_record(Plan plan, const std::string& text) {
  unsigned found = 0;
  for (auto& phase : plan.phases) {
    for (auto& step : phase.steps) {
      if (step.type != RrType::TXT || !step.before || !step.after || step.before->rdata == step.after->rdata)
        continue;
      step.after->rdata = {dns::txt_rdata(text)};
      ++found;
    }
  }
  CHECK(found == 1);
  return plan;
}

constexpr auto whatever = "whatever its own terms say";

}  // namespace

TEST_CASE(
    "addresses of a relay that could not be looked up are let through in either family, once its term is "
    "there") {
  for (const auto type : {RrType::A, RrType::AAAA}) {
    CAPTURE(dns::to_string(type));
    auto estate = estate_with({relay("new", "a:out.relay.example", "")}, {}, {"new"});
    estate.dns.zone("relay.example").broken("out.relay.example", type, Outcome::timeout);
    estate.spf("v=spf1 ip4:192.0.2.10 -all");
    const auto plan = planned(estate);
    CHECK(says(said_of(estate, without_additions(plan), "new"), whatever));
  }
}

TEST_CASE("a relay that is let through as its own mail hosts, which could not be looked up") {
  auto estate = estate_with({relay("new", "mx:relay.example", "")}, {}, {"new"});
  estate.dns.zone("relay.example").broken("relay.example", RrType::MX, Outcome::timeout);
  estate.spf("v=spf1 ip4:192.0.2.10 -all");
  const auto plan = planned(estate);
  CHECK(says(said_of(estate, without_additions(plan), "new"), whatever));
}

TEST_CASE("a relay whose record lets nobody through yet begins by its term, and not without it") {
  auto estate = estate_with({relay("new", "include:new.relay.example", "")}, {}, {"new"});
  estate.spf("v=spf1 ip4:192.0.2.10 -all").spf("v=spf1 -all", "new.relay.example");
  const auto plan = planned(estate);
  CHECK(says(said_of(estate, without_additions(plan), "new"), whatever));
}

TEST_CASE("of a relay with a term that is known and one that is not, both have to be there") {
  auto estate = estate_with({relay("new", "ip4:203.0.113.0/28 include:new.relay.example", "")}, {}, {"new"});
  estate.spf("v=spf1 ip4:192.0.2.10 -all");
  estate.dns.broken("new.relay.example", RrType::TXT, Outcome::timeout);
  const auto plan = planned(estate);
  CHECK(says(said_of(estate, with_record(plan, "v=spf1 ip4:192.0.2.10 ip4:203.0.113.0/28 -all"), "new"),
             whatever));
  // What is not known may let through what is.
  CHECK(said_of(estate, with_record(plan, "v=spf1 ip4:192.0.2.10 include:new.relay.example -all"), "new")
            .empty());
  CHECK(says(said_of(estate, without_additions(plan), "new"), "203.0.113.0-203.0.113.15: fail"));
}

TEST_CASE("a relay in use that surely passes is not left to a record that nobody could look up") {
  auto estate = estate_with({old_relay(), relay("kept", "ip4:203.0.113.0/28", "203.0.113.0/28")},
                            {"old", "kept"}, {"kept"});
  estate.spf(
      "v=spf1 ip4:192.0.2.10 ip4:203.0.113.0/28 include:old.relay.example include:gone.relay.example -all");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  estate.dns.broken("gone.relay.example", RrType::TXT, Outcome::timeout);
  const auto plan = planned(estate);
  CHECK(says(
      said_of(estate, with_record(plan, "v=spf1 ip4:192.0.2.10 include:gone.relay.example -all"), "kept"),
      "203.0.113.0-203.0.113.15: pass or fail"));
}

TEST_CASE("a relay in use whose addresses are not known keeps what lets it through in both families") {
  auto estate =
      estate_with({old_relay(), relay("kept", "a:out.relay.example", "")}, {"old", "kept"}, {"kept"});
  estate.dns.zone("relay.example").broken("out.relay.example", RrType::A, Outcome::timeout);
  estate.dns.broken("out.relay.example", RrType::AAAA, Outcome::timeout);
  estate.spf("v=spf1 ip4:192.0.2.10 a:out.relay.example include:old.relay.example -all");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  const auto plan = planned(estate);
  CHECK(
      says(said_of(estate, with_record(plan, "v=spf1 ip4:192.0.2.10 ip4:240.0.0.1 -all"), "kept"), whatever));
}

TEST_CASE("a block that a macro lets through, and that was not asked for as a whole, is nobody's breach") {
  auto estate = estate_with({relay("new", "exists:%{i}._spf.relay.example", "198.51.100.0/24")}, {}, {"new"});
  estate.spf("v=spf1 ip4:192.0.2.10 -all");
  planned(estate);
}

TEST_CASE("mail of a relay that was left is judged for days, and its term goes no sooner") {
  auto estate = estate_with({old_relay()}, {"old"}, {});
  estate.spf("v=spf1 ip4:192.0.2.10 include:old.relay.example -all");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  auto plan = planned(estate);
  const auto* stop = phase(plan, "stop-relay");
  REQUIRE(stop != nullptr);
  const auto begins = stop->starts_after + std::chrono::hours(48);
  for (auto& one : plan.phases) {
    if (one.id == "remove-old") one.starts_after = begins;
  }
  CHECK(says(said_of(estate, plan, "old"), "198.51.100.0-198.51.100.255: pass or fail"));
  const auto early = simulate(estate.now, &estate.base, estate.world(), plan, climate_of(estate.now)).early;
  CHECK(
      std::any_of(early.begin(), early.end(), [](const auto& one) { return one.what == "mail under way"; }));
}
