// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// No plan takes SPF away from a relay that is in use, and what a relay that was left still passes by is said.
#include "plan/spf/spf_relays.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <random>

#include "mailauth/spf/spf_evaluate.h"
#include "plan/spf_estate.h"
#include "plan/world/spf_edit.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

inventory::Relay relay(const std::string& name, const std::string& term, const std::string& block) {
  inventory::Relay made;
  made.name = name;
  made.spf = term;
  if (!block.empty()) made.addresses.push_back(Prefix::parse(block).value());
  made.addresses_at.resize(made.addresses.size());
  return made;
}

/// Both inventories have these relays; the domain sends through those that are named.
Estate estate_with(const std::vector<inventory::Relay>& relays, const std::vector<std::string>& before,
                   const std::vector<std::string>& after) {
  Estate estate;
  estate.was("192.0.2.10", "mx1.example.com").is("192.0.2.10", "mx1.example.com");
  for (auto* builder : {&estate.before, &estate.after}) {
    builder->raw().relays.insert(builder->raw().relays.end(), relays.begin(), relays.end());
  }
  for (const auto& one : before) estate.before.raw().domains.back().via.push_back({one, {}});
  for (const auto& one : after) estate.after.raw().domains.back().via.push_back({one, {}});
  return estate;
}

const auto old_one = relay("old", "include:old.relay.example", "198.51.100.0/24");

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

TEST_CASE("a relay that was left, and that a record which the domain takes in still lets through, is said") {
  auto estate = estate_with({old_one}, {"old"}, {});
  estate.spf("v=spf1 ip4:192.0.2.10 include:_spf.example.com -all");
  estate.spf("v=spf1 include:old.relay.example -all", "_spf.example.com");
  estate.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  estate.edits(false);
  CHECK(estate.notes("The SPF record of example.com still lets old through, which it left"));
  auto gone = estate_with({old_one}, {"old"}, {});
  gone.spf("v=spf1 ip4:192.0.2.10 include:old.relay.example -all");
  gone.spf("v=spf1 ip4:198.51.100.0/24 -all", "old.relay.example");
  CHECK(gone.edits(false).size() == 1);
  CHECK_FALSE(gone.notes("still lets old through"));
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
    for (int i = 0; i < 3; ++i) relays.push_back(relay("r" + std::to_string(i), one_of(terms), one_of(blocks)));
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
    estate.spf("v=spf1 ip4:" + one_of(blocks) + (chance(3) ? " include:b.relay.example" : "") + " -all",
               "a.relay.example");
    estate.spf("v=spf1 ip4:" + one_of(blocks) + " -all", "b.relay.example");
    if (chance(5)) estate.dns.broken("b.relay.example", RrType::TXT, Outcome::servfail);
  }
  bool chance(unsigned of) { return random() % of == 0; }
  const std::string& one_of(const std::vector<std::string>& all) { return all[random() % all.size()]; }

  std::mt19937 random;
  Estate estate;
};

bool passes(const Dns& dns, const inventory::Relay& relay) {
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
    if (!evaluator.evaluate({ip, std::nullopt, domain, std::nullopt}, domain).results.is(mailauth::SpfResult::pass))
      return false;
  }
  return true;
}

bool names(const inventory::Domain& domain, const std::string& relay) {
  return std::any_of(domain.via.begin(), domain.via.end(), [&](const auto& via) { return via.name == relay; });
}

}  // namespace

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
    for (const auto& phase : made->phases) {
      for (const auto& manual : phase.manual) {
        if (manual.action != HostAction::start_relay) continue;
        for (const auto& one : estate.now.relays) {
          if (one.spf.empty() || std::find(manual.starts.begin(), manual.starts.end(), one.name) == manual.starts.end())
            continue;
          ++began;
          // What depends on an answer that failed is nobody's to promise.
          if (estate.dns.answer(name("b.relay.example"), RrType::TXT).outcome != Outcome::servfail)
            CHECK_MESSAGE(passes(dns, one), one.name);
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
