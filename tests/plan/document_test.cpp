// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>
#include <functional>
#include <nlohmann/json.hpp>

#include "plan/document/plan_json.h"
#include "plan/emit/emit.h"
#include "plan/lab.h"
#include "plan/schema_check.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;
using nlohmann::json;

namespace {

bool is_valid(const json& document, std::string* why = nullptr) { return fits("plan", document, why); }

Inventory estate(const std::string& host, const std::string& address) {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("mail.example").zone("example.com", ManagedBy::octodns);
  builder.domain("example.com", {"mx1"}).address("mx1", address, host, host);
  return builder.build();
}

Dns live() {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example").zone("example.com");
  dns.ptr("192.0.2.10", 86400, {"n0.mail.example"}).a("n0.mail.example", 86400, {"192.0.2.10"});
  dns.txt("example.com", 3600, {"v=spf1 ip4:192.0.2.10 -all"});
  return dns;
}

Plan full_plan() {
  const auto now = estate("n1.mail.example", "192.0.2.20"), base = estate("n0.mail.example", "192.0.2.10");
  return plan_for(live(), now, &base).value();
}

}  // namespace

TEST_CASE("the plan document follows its schema") {
  const auto document = json::parse(emit_json(full_plan()));
  std::string why;
  CHECK_MESSAGE(is_valid(document, &why), why);
  const auto inventory = estate("n0.mail.example", "192.0.2.10");
  CHECK(is_valid(json::parse(emit_json(plan_for(live(), inventory).value()))));
  // The schema does bite.
  for (const auto* path :
       {"/id", "/phases/1/wait", "/phases/1/steps/0/before", "/totals/changes", "/facts/taken_at"}) {
    CAPTURE(path);
    auto spoilt = document;
    spoilt[json::json_pointer(path)] = "nonsense";
    CHECK_FALSE(is_valid(spoilt));
  }
  auto more = document;
  more["phases"][0]["surprise"] = 1;
  CHECK_FALSE(is_valid(more));
}

TEST_CASE("every property of the schema is described") {
  const std::function<void(const json&)> walk = [&](const json& node) {
    if (node.is_array()) {
      for (const auto& item : node) walk(item);
    } else if (node.is_object()) {
      for (const auto& [key, properties] : node.items()) {
        walk(properties);
        if (key != "properties") continue;
        for (const auto& property : properties.items()) {
          CAPTURE(property.key());
          const auto& schema = property.value();
          CHECK((schema.contains("description") || schema.contains("$ref")));
        }
      }
    }
  };
  for (const auto* schema : {"plan", "rollout", "rollout-verify", "rollout-state"}) walk(read_schema(schema));
}

TEST_CASE("the fields of the document stand in the agreed order, and the sums are right") {
  const auto plan = full_plan();
  const auto document = nlohmann::ordered_json::parse(emit_json(plan));
  std::vector<std::string> keys;
  for (const auto& [key, value] : document.items()) keys.push_back(key);
  CHECK(keys == std::vector<std::string>{"schema", "id", "inventory", "base", "facts", "phases", "totals",
                                         "notes", "windows", "checksum"});
  std::size_t steps = 0;
  for (const auto& phase : document["phases"]) {
    long long sum = 0;
    for (const auto& term : phase["wait"]["terms"]) sum += term["seconds"].get<long long>();
    CHECK(phase["wait"]["seconds"] == sum);
    steps += phase["steps"].size();
    CHECK(phase["rollback"].size() == phase["steps"].size() + phase["manual"].size());
  }
  CHECK(document["totals"]["changes"] == steps);
  CHECK(document["facts"]["taken_at"] == "2027-01-01T00:00:00Z");
}

TEST_CASE("the same facts give the same bytes, in whatever order they came") {
  const auto now = estate("n1.mail.example", "192.0.2.20"), base = estate("n0.mail.example", "192.0.2.10");
  const auto dns = live();
  const auto store = ask(dns, now, &base);
  std::vector<Fact> facts;
  store.for_each([&](const Fact& fact) { facts.push_back(fact); });
  std::reverse(facts.begin(), facts.end());
  dns::FactStore other;
  for (const auto& fact : facts) other.insert(fact);
  const dns::VantageInfo info{"recursive", dns::VantageKind::recursive, "recursive"};
  const auto first = make_plan(now, &base, {store, 0, info}, {}).value(),
             second = make_plan(now, &base, {other, 0, info}, {}).value();
  CHECK(emit_json(first) == emit_json(second));
  CHECK(emit_text(first, {}, Detail::full) == emit_text(second, {}, Detail::full));
  CHECK(emit_text(first, {}, Detail::brief) == emit_text(second, {}, Detail::brief));
  CHECK(emit_nsupdate(first) == emit_nsupdate(second));
}

TEST_CASE("the id and the hash of the facts follow content, not the clock") {
  const auto inventory = estate("n1.mail.example", "192.0.2.10");
  const auto at = [&](const std::string& time, std::uint32_t ttl) {
    auto dns = live();
    dns.ptr("192.0.2.10", ttl, {"n0.mail.example"});
    dns::FactStore store;
    ask(dns, inventory, nullptr).for_each([&](Fact fact) {
      fact.asked_at = parse_time(time).value();
      fact.rtt_us = ttl;
      store.insert(fact);
    });
    return make_plan(inventory, nullptr, {store, 0, {"recursive", dns::VantageKind::recursive, "r"}}, {})
        .value();
  };
  const auto first = at("2027-01-01T00:00:00Z", 86400), later = at("2027-02-01T00:00:00Z", 86400),
             other = at("2027-01-01T00:00:00Z", 7200);
  CHECK(first.id == later.id);
  CHECK(first.facts_sha256 == later.facts_sha256);
  CHECK(first.id != other.id);
  CHECK(first.facts_sha256 != other.facts_sha256);
}

TEST_CASE("nothing is planned on what could not be determined") {
  const auto now = estate("n1.mail.example", "192.0.2.20"), base = estate("n0.mail.example", "192.0.2.10");
  const std::vector<std::pair<std::string, RrType>> questions = {{"10.2.0.192.in-addr.arpa", RrType::PTR},
                                                                 {"20.2.0.192.in-addr.arpa", RrType::PTR},
                                                                 {"n0.mail.example", RrType::A},
                                                                 {"n1.mail.example", RrType::A},
                                                                 {"mail.example", RrType::SOA},
                                                                 {"example.com", RrType::TXT}};
  for (const auto outcome : {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::unreachable,
                             Outcome::bogus, Outcome::malformed, Outcome::unanswered}) {
    for (const auto& question : questions) {
      const auto& [owner, type] = question;
      auto dns = live();
      dns.broken(owner, type, outcome);
      const auto plan = plan_for(dns, now, &base);
      CAPTURE(question.first);
      std::string reasons = plan.has_value() ? "" : plan.error().message;
      if (plan.has_value()) {
        for (const auto& one : plan->left_out) reasons += one.reason + "\n";
        for (const auto& phase : plan->phases) {
          CHECK(phase.id != "stop-egress");
          for (const auto& step : phase.steps) CHECK_FALSE((step.owner == name(owner) && step.type == type));
        }
      }
      CHECK(reasons.find(owner) != std::string::npos);
      CHECK(reasons.find(std::string(dns::to_string(outcome))) != std::string::npos);
    }
  }
}

TEST_CASE("an answer that validation found bogus is no answer") {
  const auto inventory = estate("n1.mail.example", "192.0.2.10");
  dns::FactStore store;
  ask(live(), inventory, nullptr).for_each([&](Fact fact) {
    if (fact.question.type == RrType::PTR) fact.security = dns::Security::bogus;
    store.insert(fact);
  });
  const auto plan = make_plan(inventory, nullptr, {store, 0, {}}, {});
  REQUIRE_FALSE(plan.has_value());
  CHECK(plan.error().message.find("bogus") != std::string::npos);
}

TEST_CASE("a question that was never asked is not an absent record") {
  const auto inventory = estate("n1.mail.example", "192.0.2.10");
  const dns::FactStore nothing;
  const auto plan = make_plan(inventory, nullptr, {nothing, 0, {}}, {});
  REQUIRE_FALSE(plan.has_value());
  CHECK(plan.error().message.find("not asked") != std::string::npos);
}

TEST_CASE("an SPF record that cannot be read matters where a name goes that it may give, and nowhere else") {
  const auto inventory = estate("n1.mail.example", "192.0.2.10"),
             base = estate("n0.mail.example", "192.0.2.10");
  auto dns = live();
  dns.broken("example.com", RrType::TXT, Outcome::timeout);
  const auto rename = plan_for(dns, inventory, &base);
  REQUIRE_FALSE(rename.has_value());
  CHECK(rename.error().message.find("example.com TXT: timeout") != std::string::npos);
  // Nothing goes from a name that nobody declared.
  CHECK(plan_for(dns, inventory).has_value());
}

TEST_CASE("an alias is not given addresses") {
  const auto inventory = estate("n1.mail.example", "192.0.2.10");
  auto dns = live();
  dns.cname("n1.mail.example", 300, "web.mail.example").a("web.mail.example", 300, {"203.0.113.80"});
  const auto plan = plan_for(dns, inventory);
  REQUIRE_FALSE(plan.has_value());
  CHECK(plan.error().message.find("n1.mail.example is an alias of web.mail.example") != std::string::npos);
}

TEST_CASE("through a cache, whose TTLs count down, the declared steady TTL is waited for") {
  const auto inventory = estate("n1.mail.example", "192.0.2.10");
  dns::FactStore store;
  ask(live(), inventory, nullptr).for_each([&](Fact fact) {
    fact.authoritative = false;
    for (auto& set : fact.answer) set.ttl = 17;
    store.insert(fact);
  });
  const auto plan =
      make_plan(inventory, nullptr, {store, 0, {"quad9", dns::VantageKind::forward, "quad9"}}, {}).value();
  CHECK(phase(plan, "lower-ttl")->wait.total == seconds(86760));
  CHECK(phase(plan, "lower-ttl")->wait.terms[1].origin == "the declared steady TTL: quad9 counts it down");
}

TEST_CASE("a document goes on piece by piece, whatever the plan has") {
  auto plan = full_plan();
  auto& steps = plan.phases[1].steps;
  while (steps.size() < 5000) steps.push_back(steps.front());
  std::string all;
  std::size_t largest = 0;
  emit_json(plan, {}, {}, [&](std::string_view piece) {
    all += piece;
    largest = std::max(largest, piece.size());
  });
  CHECK(all == emit_json(plan));
  CHECK(all.size() > 1000000);
  CHECK(largest < 70000);
  const auto document = json::parse(all);
  CHECK(document["checksum"] == checksum_of(all));
}

TEST_CASE("the text says what, where, when and why, and never lets foreign bytes through") {
  auto plan = full_plan();
  const auto text = emit_text(plan, {}, Detail::full);
  for (const auto* part :
       {"lower-ttl", "remove-ptr", "zone mail.example (nsupdate)", "zone example.com (octodns)",
        "to   (none)",
        "then wait 1d6m = 86760 s: propagation 300 (default) + old-ttl 86400 (observed at 192.0.2.53#53)",
        "rollback is cheap until", "stop sending from 192.0.2.10",
        "resolvers may have cached their absence for up to the negative TTL"}) {
    CAPTURE(part);
    CHECK(text.find(part) != std::string::npos);
  }
  plan.notes.push_back("evil \x1b[31m\nfake line");
  plan.phases[1].steps[0].contact = "a\x1b]0;title\x07\r";
  plan.phases[1].wait.terms[0].origin = "\xE2\x80\xAE";
  const auto hostile = emit_text(plan, {}, Detail::full);
  CHECK(std::none_of(hostile.begin(), hostile.end(),
                     [](char c) { return c != '\n' && static_cast<unsigned char>(c) < 0x20; }));
  CHECK(hostile.find("\xE2\x80\xAE") == std::string::npos);
  // The note, and in the summary that there is one more.
  CHECK(std::count(hostile.begin(), hostile.end(), '\n') - std::count(text.begin(), text.end(), '\n') <= 2);
  const auto brief = emit_text(plan, {}, Detail::brief);
  CHECK(std::none_of(brief.begin(), brief.end(),
                     [](char c) { return c != '\n' && static_cast<unsigned char>(c) < 0x20; }));
}

TEST_CASE("what the simulator saw is in the document, world by world") {
  const auto plan = full_plan();
  Simulation calm{{}, {}}, stuck{{"secondary-stuck"}, {}};
  calm.forecast.paths = stuck.forecast.paths = 3;
  stuck.forecast.breaches.push_back({seconds(600), seconds(1200), "192.0.2.10", "sends without a PTR"});
  stuck.forecast.breaches.push_back(
      {seconds(0), seconds(4000000000), "example.com", "x", TurningPoint{1, seconds(60)}});
  stuck.forecast.early.push_back({1, seconds(30), "n1.mail.example"});
  stuck.forecast.uptakes.push_back({1, seconds(1), seconds(2), seconds(3)});
  const auto start = parse_time("2027-01-02T08:00:00Z").value();
  const std::vector<Simulation> simulations{calm, stuck};
  const auto document = json::parse(emit_json(plan, simulations, start));
  CHECK(is_valid(document));
  const auto& simulation = document["simulation"];
  CHECK(simulation["outcome"] == "breaks");
  CHECK(simulation["start"] == "2027-01-02T08:00:00Z");
  REQUIRE(simulation["worlds"].size() == 2);
  CHECK(simulation["worlds"][0]["name"] == "as-planned");
  CHECK(simulation["worlds"][0]["outcome"] == "holds");
  CHECK(simulation["worlds"][1]["scenarios"] == json::array({"secondary-stuck"}));
  CHECK(simulation["worlds"][1]["outcome"] == "breaks");
  CHECK(simulation["breaches"] == simulation["worlds"][1]["breaches"]);
  const auto& breach = simulation["breaches"][0];
  CHECK(breach["at"] == "2027-01-02T08:10:00Z");
  CHECK(breach["until"] == "2027-01-02T08:20:00Z");
  CHECK(breach["address"] == "192.0.2.10");
  CHECK(breach["text"] == "sends without a PTR");
  CHECK(breach["phase"] == "lower-ttl");
  CHECK(simulation["breaches"][1]["address"].is_null());
  CHECK(simulation["breaches"][1]["until"].is_null());
  CHECK(simulation["breaches"][1]["rolled_back_from"]["at"] == "2027-01-02T08:01:00Z");
  CHECK(simulation["worlds"][1]["early"][0]["phase"] == plan.phases[1].id);
  CHECK(simulation["worlds"][1]["uptakes"][0]["last_s"] == 3);
  const auto text = emit_forecast(plan, simulations);
  CHECK(text.find("Simulation of as-planned: nothing breaks\nSimulation of secondary-stuck: 3 paths") == 0);
}
