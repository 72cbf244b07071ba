// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// No plan takes SPF away from a relay that is in use, and what a relay that was left still passes by is said.
#include "plan/spf/spf_relays.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <optional>
#include <random>

#include "mailauth/spf/spf_evaluate.h"
#include "plan/at_hand.h"
#include "plan/random_estate.h"
#include "plan/relay_estate.h"
#include "plan/world/spf_edit.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

const auto& old_one = old_relay();

}  // namespace

TEST_CASE("a relay that passes by the term of another one keeps it, or the plan is refused") {
  const auto kept = relay("kept", "", "198.51.100.0/25");
  auto estate = estate_with({old_one, kept}, {"old", "kept"}, {"kept"});
  estate.spf("v=spf1 ip4:192.0.2.10 include:old.relay.example -all");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  CHECK(says(estate.refusal(), "mail of example.com by kept would no longer pass SPF from 198.51.100.0-198.51.100.127"));
  // With a term of its own it passes by that.
  auto other = estate_with({old_one, relay("kept", "ip4:198.51.100.0/25", "198.51.100.0/25")}, {"old", "kept"}, {"kept"});
  other.spf("v=spf1 ip4:192.0.2.10 include:old.relay.example -all");
  other.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  CHECK_FALSE(other.edits(false).empty());
}

TEST_CASE("a relay that passes by what is added for another one begins when everybody has that") {
  const auto kept = relay("kept", "include:kept.relay.example", "198.51.100.0/25"),
             fresh = relay("new", "include:new.relay.example", "198.51.100.0/26");
  // `kept` lacks its term; that of `new` is there, and does not let all of it through.
  auto estate = estate_with({kept, fresh}, {"kept"}, {"kept", "new"});
  estate.spf("v=spf1 ip4:192.0.2.10 include:new.relay.example -all");
  estate.spf("v=spf1 ip4:198.51.100.0/27 -all", "new.relay.example");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "kept.relay.example");
  const auto plan = estate.make();
  REQUIRE(plan);
  CHECK(estate.breaches(*plan).empty());
  const auto of = [&](std::string_view id) {
    return std::find_if(plan->phases.begin(), plan->phases.end(), [&](const Phase& phase) { return phase.id == id; });
  };
  const auto add = of("add-forward"), start = of("start-relay");
  REQUIRE(add != plan->phases.end());
  REQUIRE(start != plan->phases.end());
  CHECK(start->starts_after >= add->starts_after + add->wait.total);
  // Going back, what it has sent is judged for days by what is taken out again then.
  CHECK(start->rollback_wait.total >= std::chrono::hours(24));
  // What passes already waits for nothing.
  auto at_once = estate_with({kept, fresh}, {"kept"}, {"kept", "new"});
  at_once.spf("v=spf1 ip4:192.0.2.10 include:new.relay.example -all");
  at_once.spf("v=spf1 ip4:198.51.100.0/26 -all", "new.relay.example");
  at_once.spf("v=spf1 ip4:198.51.100.0/24 -all", "kept.relay.example");
  const auto sooner = at_once.make();
  REQUIRE(sooner);
  const auto begins = std::find_if(sooner->phases.begin(), sooner->phases.end(),
                                   [](const Phase& phase) { return phase.id == "start-relay"; });
  REQUIRE(begins != sooner->phases.end());
  CHECK(begins->starts_after == seconds(0));
}

namespace {

/// When the host is told that the relay begins for the domain.
seconds begins(const Plan& plan, const std::string& relay, const std::string& domain) {
  for (const auto& phase : plan.phases) {
    for (const auto& manual : phase.manual) {
      const auto& starts = manual.starts;
      if (manual.action == HostAction::start_relay && manual.sender == domain &&
          std::find(starts.begin(), starts.end(), relay) != starts.end())
        return phase.starts_after;
    }
  }
  FAIL("nobody is told that " << relay << " begins");
  return {};
}

}  // namespace

TEST_CASE("of relays and domains that begin together each waits for what lets it through alone") {
  const auto kept = relay("kept", "include:kept.relay.example", "198.51.100.0/25"),
             fresh = relay("new", "include:new.relay.example", "198.51.100.0/26"),
             ready = relay("another", "ip4:203.0.113.0/28", "203.0.113.0/28");
  auto estate = estate_with({kept, ready, fresh}, {"kept"}, {"kept", "another", "new"});
  estate.spf("v=spf1 ip4:192.0.2.10 ip4:203.0.113.0/28 include:new.relay.example -all");
  estate.spf("v=spf1 ip4:198.51.100.0/27 -all", "new.relay.example");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "kept.relay.example");
  const auto plan = estate.make();
  REQUIRE_MESSAGE(plan.has_value(), plan.error().message);
  CHECK(estate.breaches(*plan).empty());
  const auto* add = phase(*plan, "add-forward");
  REQUIRE(add != nullptr);
  CHECK(begins(*plan, "new", "example.com") >= add->starts_after + add->wait.total);
  CHECK(begins(*plan, "another", "example.com") == seconds(0));

  Estate two({"example.com", "news.example.com"});
  two.was("192.0.2.10", "mx1.example.com").is("192.0.2.10", "mx1.example.com");
  for (auto* builder : {&two.before, &two.after}) {
    builder->raw().relays = {kept, fresh};
    for (auto& domain : builder->raw().domains) {
      domain.via.push_back({"kept", {}});
      if (builder == &two.after) domain.via.push_back({"new", {}});
    }
  }
  two.spf("v=spf1 ip4:192.0.2.10 include:new.relay.example include:kept.relay.example -all");
  two.spf("v=spf1 ip4:192.0.2.10 include:new.relay.example -all", "news.example.com");
  two.spf("v=spf1 ip4:198.51.100.0/27 -all", "new.relay.example");
  two.spf("v=spf1 ip4:198.51.100.0/24 -all", "kept.relay.example");
  const auto both = two.make();
  REQUIRE_MESSAGE(both.has_value(), both.error().message);
  CHECK(two.breaches(*both).empty());
  CHECK(begins(*both, "new", "example.com") == seconds(0));
  CHECK(begins(*both, "new", "news.example.com") > seconds(0));
}

TEST_CASE("a relay that was left goes from the record, and from one of ours that it takes in") {
  auto inner = estate_with({old_one}, {"old"}, {});
  inner.spf("v=spf1 ip4:192.0.2.10 include:_spf.example.com -all");
  inner.spf("v=spf1 include:old.relay.example -all", "_spf.example.com");
  inner.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  CHECK(inner.edits(false) == Texts{"_spf.example.com: v=spf1 -all"});
  CHECK_FALSE(inner.notes("still lets old through"));
  CHECK(inner.notes("include:old.relay.example is taken out of _spf.example.com TXT"));
  auto own = estate_with({old_one}, {"old"}, {});
  own.spf("v=spf1 ip4:192.0.2.10 include:old.relay.example -all");
  own.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  CHECK(own.edits(false).size() == 1);
  CHECK_FALSE(own.notes("still lets old through"));
}

TEST_CASE("of a relay with several terms each goes from where it stands") {
  auto estate = estate_with({relay("old", "include:old.relay.example ip4:203.0.113.0/28", "")}, {"old"}, {});
  estate.spf("v=spf1 ip4:192.0.2.10 ip4:203.0.113.0/28 include:_spf.example.com -all");
  estate.spf("v=spf1 include:old.relay.example -all", "_spf.example.com");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  CHECK(estate.edits(false) == Texts{"example.com: v=spf1 ip4:192.0.2.10 include:_spf.example.com -all",
                                     "_spf.example.com: v=spf1 -all"});
}

TEST_CASE("a record of somebody else's that takes a relay in is said, and not touched") {
  auto estate = estate_with({old_one}, {"old"}, {});
  estate.spf("v=spf1 ip4:192.0.2.10 include:bundle.relay.example -all");
  estate.spf("v=spf1 include:old.relay.example -all", "bundle.relay.example");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  CHECK(estate.edits(false).empty());
  CHECK(estate.notes("The SPF record of example.com still lets old through, which it left"));
}

namespace {

/// Two domains take one record in, and both send through the relay; `left`: those that leave it.
Estate shared_record(const Texts& left) {
  Estate estate({"example.com", "news.example.com"});
  estate.was("192.0.2.10", "mx1.example.com").is("192.0.2.10", "mx1.example.com");
  for (auto* builder : {&estate.before, &estate.after}) {
    builder->raw().relays.push_back(old_one);
    for (auto& domain : builder->raw().domains) {
      const bool leaves = std::find(left.begin(), left.end(), domain.name.text()) != left.end();
      if (builder == &estate.before || !leaves) domain.via.push_back({"old", {}});
    }
  }
  for (const auto* owner : {"example.com", "news.example.com"})
    estate.spf("v=spf1 ip4:192.0.2.10 include:_spf.example.com -all", owner);
  estate.spf("v=spf1 include:old.relay.example ip4:203.0.113.7 -all", "_spf.example.com");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  return estate;
}

}  // namespace

TEST_CASE("what another domain sends through stays in a record that both take in, until both have left") {
  auto one = shared_record({"example.com"});
  CHECK(one.edits(false).empty());
  CHECK(one.notes("include:old.relay.example stays in _spf.example.com TXT: mail of others"));
  auto both = shared_record({"example.com", "news.example.com"});
  CHECK(both.edits(false) == Texts{"_spf.example.com: v=spf1 ip4:203.0.113.7 -all"});
}

TEST_CASE("the term of a relay that was left stays where another one is let through by it") {
  auto estate = estate_with({old_one, relay("other", "", "198.51.100.0/25")}, {"old", "other"}, {"other"});
  estate.spf("v=spf1 ip4:192.0.2.10 include:_spf.example.com -all");
  estate.spf("v=spf1 include:old.relay.example -all", "_spf.example.com");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  CHECK(estate.edits(false).empty());
  CHECK(estate.notes("include:old.relay.example stays in _spf.example.com TXT: others who send for example.com"));
}

TEST_CASE("the term of a relay that was left stays where a host of ours is let through by it") {
  auto estate = estate_with({relay("old", "ip4:192.0.2.0/28", "192.0.2.0/29")}, {"old"}, {});
  estate.spf("v=spf1 include:_spf.example.com -all");
  estate.spf("v=spf1 ip4:192.0.2.0/28 -all", "_spf.example.com");
  CHECK(estate.edits(false).empty());
  CHECK(estate.notes("ip4:192.0.2.0/28 stays in _spf.example.com TXT: others who send for example.com"));
}

TEST_CASE("a name of our zone files that takes the record in, and that nobody declared, keeps the term") {
  const auto plan = [](bool is_taken_in) {
    auto estate = estate_with({old_one}, {"old"}, {});
    estate.spf("v=spf1 ip4:192.0.2.10 include:_spf.example.com -all");
    estate.spf("v=spf1 include:old.relay.example -all", "_spf.example.com");
    estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
    estate.now = estate.after.build(), estate.base = estate.before.build();
    estate.facts = ask(estate.dns, estate.now, &estate.base);
    AtHand at_hand(estate.now, &estate.base);
    std::vector<dns::RRset> records;
    const auto add = [&](const std::string& owner, const std::string& text) {
      records.push_back({name(owner), RrType::TXT, 300, {dns::txt_rdata(text)}});
    };
    add("example.com", "v=spf1 ip4:192.0.2.10 include:_spf.example.com -all");
    add("_spf.example.com", "v=spf1 include:old.relay.example -all");
    if (is_taken_in) add("lists.example.com", "v=spf1 include:_spf.example.com -all");
    at_hand.add({name("example.com"), records, {}});
    auto world = estate.world();
    world.at_hand = &at_hand;
    return make_plan(estate.now, &estate.base, world, {}).value();
  };
  const auto is_edited = [](const Plan& some) {
    return std::any_of(some.phases.begin(), some.phases.end(), [](const Phase& phase) {
      return std::any_of(phase.steps.begin(), phase.steps.end(), [](const Step& step) {
        return step.before && step.after && step.before->rdata != step.after->rdata;
      });
    });
  };
  CHECK(is_edited(plan(false)));
  const auto kept = plan(true);
  CHECK_FALSE(is_edited(kept));
  CHECK(std::any_of(kept.notes.begin(), kept.notes.end(), [](const std::string& note) {
    return says(note, "include:old.relay.example stays in _spf.example.com TXT: lists.example.com takes that record in");
  }));
}

TEST_CASE("nothing is added for a relay that an included record takes in already") {
  const auto fresh = relay("new", "include:new.relay.example", "198.51.100.0/28");
  for (const auto* top : {"v=spf1 ip4:192.0.2.10 include:_spf.example.com -all",
                          "v=spf1 ip4:192.0.2.10 include:bundle.relay.example -all",
                          "v=spf1 ip4:192.0.2.10 redirect=_spf.example.com"}) {
    for (const bool is_new : {true, false}) {
      CAPTURE(top);
      CAPTURE(is_new);
      auto estate = estate_with({fresh}, is_new ? Texts{} : Texts{"new"}, {"new"});
      estate.spf(top);
      estate.spf("v=spf1 include:new.relay.example -all", "_spf.example.com");
      estate.spf("v=spf1 include:new.relay.example -all", "bundle.relay.example");
      estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "new.relay.example");
      CHECK(estate.edits(false).empty());
      const auto starts = std::any_of(estate.plan.phases.begin(), estate.plan.phases.end(), [](const Phase& phase) {
        return std::any_of(phase.manual.begin(), phase.manual.end(),
                           [](const Manual& one) { return one.action == HostAction::start_relay; });
      });
      CHECK(starts == is_new);
    }
  }
}

TEST_CASE("of several terms only what is lacking is added, and a block has what lies in it") {
  const auto fresh = relay("new", "include:new.relay.example ip4:203.0.113.0/28", "");
  const auto with = [&](const std::string& inner) {
    auto estate = estate_with({fresh}, {}, {"new"});
    estate.spf("v=spf1 ip4:192.0.2.10 include:_spf.example.com -all");
    estate.spf("v=spf1 " + inner + " -all", "_spf.example.com");
    estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "new.relay.example");
    return estate.edits(false);
  };
  CHECK(with("include:new.relay.example") ==
        Texts{"example.com: v=spf1 ip4:192.0.2.10 include:_spf.example.com ip4:203.0.113.0/28 -all"});
  CHECK(with("ip4:203.0.113.0/24") ==
        Texts{"example.com: v=spf1 ip4:192.0.2.10 include:_spf.example.com include:new.relay.example -all"});
  CHECK(with("ip4:203.0.113.0/24 include:new.relay.example").empty());
  // A smaller block, another qualifier and what comes behind `all` cover nothing.
  CHECK_FALSE(with("ip4:203.0.113.0/29 include:new.relay.example").empty());
  CHECK_FALSE(with("?include:new.relay.example ip4:203.0.113.0/24").empty());
  CHECK_FALSE(with("ip4:203.0.113.0/24 ?all include:new.relay.example").empty());
  // And neither does another mechanism of the same name.
  CHECK_FALSE(with("a:new.relay.example ip4:203.0.113.0/24").empty());
}

TEST_CASE("a record that could not be looked up covers nothing, and the plan says so") {
  auto estate = estate_with({relay("new", "include:new.relay.example", "198.51.100.0/28")}, {}, {"new"});
  estate.spf("v=spf1 ip4:192.0.2.10 include:bundle.relay.example -all");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "new.relay.example");
  estate.dns.set("bundle.relay.example", RrType::TXT, 300, {dns::txt_rdata("v=spf1 -all")});
  estate.dns.broken("bundle.relay.example", RrType::TXT, Outcome::timeout);
  CHECK(estate.edits(false).size() == 1);
  CHECK(estate.notes("Whether the SPF record of example.com takes new in already could not be determined "
                     "(bundle.relay.example TXT: timeout"));
}

TEST_CASE("a relay does not stand on the term of one that leaves") {
  auto estate = estate_with({old_one, relay("new", "include:new.relay.example", "198.51.100.0/28")}, {"old"}, {"new"});
  estate.spf("v=spf1 ip4:192.0.2.10 include:old.relay.example -all");
  estate.spf("v=spf1 include:new.relay.example -all", "old.relay.example");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "new.relay.example");
  const auto edits = estate.edits(false);
  REQUIRE_FALSE(edits.empty());
  CHECK(edits.back() == "example.com: v=spf1 ip4:192.0.2.10 include:new.relay.example -all");
}

TEST_CASE("what others who send for the domain stand on is nothing that a relay left behind") {
  auto estate = estate_with({old_one, relay("other", "", "198.51.100.0/24")}, {"old", "other"}, {"other"});
  estate.spf("v=spf1 ip4:192.0.2.10 include:old.relay.example ip4:198.51.100.0/24 -all");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  estate.edits(false);
  CHECK_FALSE(estate.notes("still lets old through"));
}

TEST_CASE("a relay does not begin to send from addresses that its term does not let through") {
  const auto wrong = relay("new", "include:new.relay.example", "203.0.113.0/28");
  auto estate = estate_with({wrong}, {}, {"new"});
  estate.spf("v=spf1 ip4:192.0.2.10 -all");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "new.relay.example");
  CHECK(says(estate.refusal(), "new is to send mail of example.com from 203.0.113.0-203.0.113.15"));
  auto right = estate_with({wrong}, {}, {"new"});
  right.spf("v=spf1 ip4:192.0.2.10 -all");
  right.spf("v=spf1 ip4:203.0.113.0/24 -all", "new.relay.example");
  CHECK(right.edits(false).size() == 1);
}

TEST_CASE("a relay with another domain in MAIL FROM needs nothing in the record") {
  auto bounce = relay("bounce", "include:new.relay.example", "203.0.113.0/28");
  bounce.mail_from = "bounces.relay.example";
  auto estate = estate_with({bounce}, {}, {"bounce"});
  estate.spf("v=spf1 ip4:192.0.2.10 -all");
  CHECK(estate.edits(false).empty());
}

TEST_CASE("a relay that gets a domain of its own in MAIL FROM keeps its term, for mail under way") {
  auto estate = estate_with({old_one}, {"old"}, {"old"});
  estate.after.raw().relays.back().mail_from = "bounces.relay.example";
  estate.spf("v=spf1 ip4:192.0.2.10 include:old.relay.example -all");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  CHECK(estate.edits(false).empty());
  CHECK(estate.plan.phases.empty());
}

TEST_CASE("what only the terms of relays let through that go on is no trace of one that was left") {
  // Whether theirs reaches that far is theirs, and cannot be looked up here.
  auto estate = estate_with({old_one, relay("other", "include:b.relay.example", "203.0.113.0/28")}, {"old", "other"},
                            {"other"});
  estate.spf("v=spf1 ip4:192.0.2.10 include:old.relay.example include:b.relay.example -all");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  estate.spf("v=spf1 ip4:198.51.100.0/23 ip4:203.0.113.0/28 -all", "b.relay.example");
  estate.edits(false);
  CHECK_FALSE(estate.notes("lets old through"));
}

TEST_CASE("a key that mail of another domain is signed with stays, and keys of other domains are left alone") {
  const auto with_keys = [] {
    Estate estate({"example.com", "news.example.com"});
    estate.was("192.0.2.10", "mx1.example.com").is("192.0.2.10", "mx1.example.com");
    estate.before.raw().domains.front().dkim = {"s1", "s2"};
    estate.after.raw().domains.front().dkim = {"s2"};
    for (const auto* key : {"s1", "s2"})
      estate.dns.txt(std::string(key) + "._domainkey.example.com", 300, {"v=DKIM1; p=AAAA"});
    estate.spf("v=spf1 ip4:192.0.2.10 -all").spf("v=spf1 ip4:192.0.2.10 -all", "news.example.com");
    return estate;
  };
  auto gone = with_keys();
  CHECK_FALSE(gone.edits(false).empty());  // it is revoked
  CHECK_FALSE(gone.notes("other mail is signed with it"));
  auto shared = with_keys();
  auto& news = shared.after.raw().domains.back();
  news.dkim = {"S1"};
  news.dkim_domain = name("example.com");
  shared.before.raw().domains.back() = news;
  CHECK(shared.edits(false).empty());
  CHECK(shared.notes("The key at s1._domainkey.example.com stays: other mail is signed with it."));
  auto elsewhere = with_keys();
  for (auto* builder : {&elsewhere.before, &elsewhere.after})
    builder->raw().domains.front().dkim_domain = name("news.example.com");
  CHECK(elsewhere.edits(false).empty());
  CHECK(elsewhere.notes("Mail of example.com is signed as news.example.com: its keys are left alone."));
}

namespace {

/// Relays with terms and addresses that overlap and lie in each other's records, at random.
struct RandomRelays {
  explicit RandomRelays(unsigned seed) : random(seed) {
    const std::vector<std::string> blocks{"198.51.100.0/26", "198.51.100.64/26", "198.51.100.128/26",
                                          "198.51.100.0/25"};
    const std::vector<std::string> terms{"include:a.relay.example", "include:b.relay.example",
                                         "ip4:198.51.100.64/26", ""};
    std::vector<inventory::Relay> relays;
    // One draw a statement: compilers differ in the order of arguments, and a seed is to be one estate.
    for (int i = 0; i < 3; ++i) {
      const auto& spf = one_of(terms);
      relays.push_back(relay("r" + std::to_string(i), spf, one_of(blocks)));
    }
    std::vector<std::string> before, after;
    for (const auto& each : relays) {
      if (chance(2)) before.push_back(each.name);
      if (chance(2)) after.push_back(each.name);
    }
    estate = estate_with(relays, before, after);
    std::string own = "v=spf1 ip4:192.0.2.10";
    for (const auto& each : relays) {
      if (!each.spf.empty() && chance(2)) own += " " + each.spf;
    }
    if (chance(3)) own += " include:_spf.example.com";
    estate.spf(own + " -all");
    estate.spf("v=spf1 " + std::string(chance(2) ? "include:a.relay.example" : "ip4:198.51.100.128/26") + " -all",
               "_spf.example.com");
    const auto& of_a = one_of(blocks);
    estate.spf("v=spf1 ip4:" + of_a + (chance(3) ? " include:b.relay.example" : "") + " -all", "a.relay.example");
    estate.spf("v=spf1 ip4:" + one_of(blocks) + " -all", "b.relay.example");
    if (chance(5)) estate.dns.broken("b.relay.example", RrType::TXT, Outcome::servfail);
  }
  bool chance(unsigned of) { return random() % of == 0; }
  const std::string& one_of(const std::vector<std::string>& all) { return all[random() % all.size()]; }

  std::mt19937 random;
  Estate estate;
};

/// Every sixteenth of its addresses is let through, surely or perhaps.
bool is_let_through(const Dns& dns, const inventory::Relay& relay, bool surely) {
  mailauth::SpfEvaluator evaluator([&](const Name& name, RrType type) {
    const auto fact = dns.answer(name, type);
    if (!dns::is_definite(fact.outcome)) return mailauth::SpfLookup{};
    const auto* set = fact.rrset();
    return mailauth::SpfLookup{mailauth::SpfLookup::State::known,
                               {set == nullptr ? std::vector<std::string>() : set->rdata}};
  });
  const auto domain = name("example.com");
  for (std::uint64_t i = 0; i < relay.addresses.front().count(); i += 16) {
    const auto ip = relay.addresses.front().network().plus(i);
    const auto results = evaluator.evaluate({ip, std::nullopt, domain, std::nullopt}, domain).results;
    if (surely ? !results.is(mailauth::SpfResult::pass) : !results.may_be(mailauth::SpfResult::pass)) return false;
  }
  return true;
}
bool passes(const Dns& dns, const inventory::Relay& relay) { return is_let_through(dns, relay, true); }
bool may_pass(const Dns& dns, const inventory::Relay& relay) { return is_let_through(dns, relay, false); }

bool names(const inventory::Domain& domain, const std::string& relay) {
  return std::any_of(domain.via.begin(), domain.via.end(), [&](const auto& via) { return via.name == relay; });
}

/// The plan, but that the last change of the domain's record leaves no relay in it; nullopt where it has no change.
std::optional<Plan> without_relays(Plan plan) {
  for (auto phase = plan.phases.rbegin(); phase != plan.phases.rend(); ++phase) {
    for (auto& step : phase->steps) {
      if (step.type != RrType::TXT || step.owner != name("example.com") || !step.before || !step.after ||
          step.before->rdata == step.after->rdata)
        continue;
      step.after->rdata = {dns::txt_rdata("v=spf1 ip4:192.0.2.10 -all")};
      return plan;
    }
  }
  return std::nullopt;
}

/// Whatever else goes wrong.
bool misses_relay(const std::vector<Breach>& breaches) {
  return std::any_of(breaches.begin(), breaches.end(),
                     [](const Breach& one) { return says(one.text, "sends through"); });
}

}  // namespace

TEST_CASE("relays at random: the simulator evaluates by itself, and sees a relay that a plan forgets") {
  unsigned plans = 0, dropped = 0, forgotten = 0;
  const unsigned all = estates(300);
  for (unsigned seed = 1; seed <= all; ++seed) {
    CAPTURE(seed);
    RandomRelays world(seed);
    auto& estate = world.estate;
    const auto made = estate.make();
    if (!made) continue;
    ++plans;
    const auto broken = estate.breaches(*made);
    CHECK_MESSAGE(broken.empty(), (broken.front().who + " " + broken.front().text));
    const auto& now = estate.now.domains.back();
    const auto& then = estate.base.domains.back();
    Dns dns = estate.dns;
    for (const auto& phase : made->phases) {
      for (const auto& step : phase.steps) REQUIRE(dns.carry_out(step));
    }
    const bool some_pass = std::any_of(estate.now.relays.begin(), estate.now.relays.end(), [&](const auto& one) {
      return names(now, one.name) && (names(then, one.name) || !one.spf.empty()) && passes(dns, one) &&
             (!names(then, one.name) || passes(estate.dns, one));
    });
    if (const auto evil = without_relays(*made); evil && some_pass) {
      ++dropped;
      CHECK(misses_relay(estate.breaches(*evil)));
    }
    const bool some_begin = std::any_of(estate.now.relays.begin(), estate.now.relays.end(), [&](const auto& one) {
      return names(now, one.name) && !names(then, one.name) && !one.spf.empty() && may_pass(dns, one) &&
             !may_pass(estate.dns, one);
    });
    if (some_begin) {
      ++forgotten;
      CHECK(misses_relay(estate.breaches(without_additions(*made))));
    }
  }
  CHECK(3 * plans > all);
  CHECK(8 * dropped > all);
  CHECK(40 * forgotten > all);
}

TEST_CASE("relays at random: who passes goes on to, in every phase, and who begins passes before") {
  unsigned plans = 0, kept = 0, began = 0, refused = 0;
  for (unsigned seed = 1; seed <= 300; ++seed) {
    CAPTURE(seed);
    RandomRelays world(seed);
    auto& estate = world.estate;
    const auto made = estate.make();
    if (!made) {
      ++refused;
      continue;
    }
    ++plans;
    Dns dns = estate.dns;
    const auto& then = estate.base.domains.back();
    const auto& now = estate.now.domains.back();
    const auto check_kept = [&] {
      for (const auto& one : estate.now.relays) {
        if (!names(then, one.name) || !names(now, one.name) || !passes(estate.dns, one)) continue;
        ++kept;
        CHECK_MESSAGE(passes(dns, one), one.name);
      }
    };
    Dns settled = dns;  // before the phases that begin together
    seconds begun{};
    for (const auto& phase : made->phases) {
      if (phase.starts_after != begun) settled = dns;
      begun = phase.starts_after;
      for (const auto& manual : phase.manual) {
        if (manual.action != HostAction::start_relay) continue;
        for (const auto& one : estate.now.relays) {
          if (one.spf.empty() || std::find(manual.starts.begin(), manual.starts.end(), one.name) == manual.starts.end())
            continue;
          ++began;
          // What depends on an answer that failed is nobody's to promise.
          if (estate.dns.answer(name("b.relay.example"), RrType::TXT).outcome != Outcome::servfail)
            CHECK_MESSAGE(passes(settled, one), one.name);
        }
      }
      for (const auto& step : phase.steps) REQUIRE(dns.carry_out(step));
      check_kept();
    }
    for (const auto& one : estate.now.relays) {
      if (!names(then, one.name) || names(now, one.name) || !passes(dns, one)) continue;
      // What the terms of relays let through that go on is theirs.
      Dns without = dns;
      auto record = dns.answer(name("example.com"), RrType::TXT).rrset()->rdata;
      for (const auto& other : estate.now.relays) {
        if (names(now, other.name) && !other.spf.empty()) record = spf_without_terms(std::move(record), other.spf);
      }
      without.set("example.com", RrType::TXT, 300, record);
      const bool is_shared = !passes(without, one) || std::any_of(estate.now.relays.begin(), estate.now.relays.end(), [&](const auto& other) {
        return names(now, other.name) && (other.addresses.front().contains(one.addresses.front()) ||
                                          one.addresses.front().contains(other.addresses.front()));
      });
      const auto said = "still lets " + one.name + " through";
      if (!is_shared)
        CHECK(std::any_of(made->notes.begin(), made->notes.end(),
                          [&](const std::string& note) { return note.find(said) != std::string::npos; }));
    }
  }
  CHECK(plans > 50);
  CHECK(kept > 50);
  CHECK(began > 20);
  CHECK(refused > 5);
}
