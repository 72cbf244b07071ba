// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// A plan is made for what can be known: what stands on something unknown is left out, and so is what is only safe
// together with it.
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "plan/document/plan_json.h"
#include "plan/document/read_plan.h"
#include "plan/emit/emit.h"
#include "plan/lab.h"
#include "plan/schema_check.h"
#include "plan/simulate/simulator.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

using Texts = std::vector<std::string>;

Builder zones() {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("mail.example").zone("example.com");
  return builder;
}

Dns world() {
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example").zone("example.com");
  for (const auto* text : {"10", "11", "12"}) {
    dns.ptr(std::string("192.0.2.") + text, 300, {std::string("n") + text + ".mail.example"});
    dns.a(std::string("n") + text + ".mail.example", 300, {std::string("192.0.2.") + text});
  }
  dns.txt("example.com", 300, {"v=spf1 ip4:192.0.2.10 ip4:192.0.2.11 ip4:192.0.2.12 -all"});
  return dns;
}

Texts left_out(const Plan& plan) {
  Texts all;
  for (const auto& one : plan.left_out)
    all.push_back(one.id + ": " + one.reason.substr(0, one.reason.find(" (")) + (one.adds ? " (adds)" : ""));
  return all;
}

bool touches(const Plan& plan, const std::string& text) {
  for (const auto& one : plan.phases) {
    for (const auto& step : one.steps) {
      if (step_text(step).find(text) != std::string::npos) return true;
    }
    for (const auto& manual : one.manual) {
      if (manual.text.find(text) != std::string::npos) return true;
    }
  }
  return false;
}

/// Three hosts, each of which gets a new PTR and HELO name.
Inventory renamed() {
  auto builder = zones();
  for (const auto* text : {"10", "11", "12"}) {
    const auto host = std::string("m") + text + ".mail.example";
    builder.address(std::string("mx") + text, std::string("192.0.2.") + text, host, host);
  }
  return builder.build();
}

}  // namespace

TEST_CASE("one record that is not known leaves out its address, and no other") {
  for (const auto& broken :
       {std::pair{"11.2.0.192.in-addr.arpa", RrType::PTR}, std::pair{"m11.mail.example", RrType::A}}) {
    const auto* const owner = broken.first;
    const auto type = broken.second;
    CAPTURE(owner);
    auto dns = world();
    dns.broken(owner, type, Outcome::timeout);
    const auto plan = plan_for(dns, renamed()).value();
    CHECK(left_out(plan) ==
          Texts{"192.0.2.11: " + std::string(owner) + " " + std::string(dns::to_string(type)) + ": timeout"});
    CHECK(plan.left_out.front().sender == "mx11");
    CHECK(touches(plan, "10.2.0.192.in-addr.arpa"));
    CHECK(touches(plan, "12.2.0.192.in-addr.arpa"));
    for (const auto* text : {"192.0.2.11", "11.2.0.192", "n11.", "m11."}) CHECK_FALSE(touches(plan, text));
    for (const auto& text : {emit_text(plan, {}, Detail::full), emit_markdown(plan, {}), emit_html(plan, {}),
                             emit_ticket(plan, {})}) {
      CHECK(text.find("192.0.2.11 (mx11)") != std::string::npos);
      CHECK(text.find("timeout") != std::string::npos);
    }
    const auto document = emit_json(plan);
    std::string why;
    CHECK_MESSAGE(fits("plan", nlohmann::json::parse(document), &why), why);
    CHECK(read_plan(document, "plan.json").value().left_out == plan.left_out);
  }
}

TEST_CASE("where nothing can be planned there is no plan, and every reason is said") {
  auto dns = world();
  for (const auto* text : {"10", "11", "12"})
    dns.broken(std::string(text) + ".2.0.192.in-addr.arpa", RrType::PTR, Outcome::refused);
  const auto plan = plan_for(dns, renamed());
  REQUIRE_FALSE(plan.has_value());
  CHECK(plan.error().message.find("12.2.0.192.in-addr.arpa PTR: refused") != std::string::npos);
}

TEST_CASE("what mail leaves from stays until all that was to replace it is known") {
  const auto estate = [](const Texts& addresses) {
    auto builder = zones();
    for (const auto& text : addresses) {
      const auto host = "n" + text + ".mail.example";
      builder.address("pool", "192.0.2." + text, host, host);
    }
    return builder.build();
  };
  const auto base = estate({"10", "11"}), now = estate({"20", "21"});
  CHECK(touches(plan_for(world(), now, &base).value(), "stop sending from 192.0.2.10"));
  auto dns = world();
  dns.broken("21.2.0.192.in-addr.arpa", RrType::PTR, Outcome::servfail);
  const auto plan = plan_for(dns, now, &base).value();
  CHECK(touches(plan, "20.2.0.192.in-addr.arpa"));
  CHECK_FALSE(touches(plan, "stop sending"));
  CHECK_FALSE(touches(plan, "10.2.0.192.in-addr.arpa"));
  REQUIRE(plan.left_out.size() == 3);
  CHECK(plan.left_out[0].reason == "not before every new address of pool is in use, and one is left out");
  CHECK(plan.left_out[2].id == "192.0.2.21");
}

TEST_CASE("a host says one name at all of its addresses, or keeps the one it says") {
  const auto host = [](const std::string& name) {
    auto builder = zones();
    builder.address("mx", "192.0.2.10", name, name).address("mx", "192.0.2.11", name, name);
    builder.address("other", "192.0.2.12", "m12.mail.example", "m12.mail.example");
    return builder.build();
  };
  auto dns = world();
  dns.ptr("192.0.2.11", 300, {"n10.mail.example"}).a("n10.mail.example", 300, {"192.0.2.10", "192.0.2.11"});
  const auto base = host("n10.mail.example"), now = host("new.mail.example");
  CHECK(touches(plan_for(dns, now, &base).value(), "new.mail.example"));
  dns.broken("11.2.0.192.in-addr.arpa", RrType::PTR, Outcome::timeout);
  const auto plan = plan_for(dns, now, &base).value();
  CHECK_FALSE(touches(plan, "new.mail.example"));
  REQUIRE(plan.left_out.size() == 2);
  CHECK(plan.left_out[0].id == "192.0.2.10");
}

TEST_CASE(
    "an address that an unknown SPF record has to let through is left out, and the domain's others are not") {
  auto builder = zones();
  builder.domain("example.com", {"new", "mx11"});
  builder.address("new", "192.0.2.20", "n20.mail.example", "n20.mail.example");
  builder.address("mx11", "192.0.2.11", "m11.mail.example", "m11.mail.example");
  auto dns = world();
  dns.broken("example.com", RrType::TXT, Outcome::timeout);
  const auto plan = plan_for(dns, builder.build()).value();
  CHECK(left_out(plan) == Texts{"192.0.2.20: example.com TXT: timeout"});
  CHECK(touches(plan, "m11.mail.example"));
}

TEST_CASE("a zone that is not known leaves out what would change in it") {
  auto builder = zones();
  builder.address("mx10", "192.0.2.10", "m10.mail.example", "m10.mail.example");
  builder.zone("else.example").address("mx11", "192.0.2.11", "mx.else.example", "mx.else.example");
  auto dns = world();
  dns.zone("else.example").broken("else.example", RrType::SOA, Outcome::timeout);
  const auto plan = plan_for(dns, builder.build()).value();
  CHECK(left_out(plan) == Texts{"192.0.2.11: else.example SOA: timeout"});
  CHECK(touches(plan, "m10.mail.example"));
}

TEST_CASE("of a zone that no file holds, names are given what they need and nothing is taken away") {
  auto builder = zones();
  builder.address("mx10", "192.0.2.10", "m10.mail.example", "m10.mail.example");
  builder.raw().retired_names.push_back({name("n10.mail.example"), {}});
  auto dns = world();
  dns.broken("10.2.0.192.in-addr.arpa", RrType::PTR, Outcome::unanswered)
      .change("10.2.0.192.in-addr.arpa", RrType::PTR,
              [](Fact& fact) { fact.from_files = dns::FromFiles::outside; });
  const auto plan = plan_for(dns, builder.build()).value();
  CHECK(left_out(plan) == Texts{"192.0.2.10: 10.2.0.192.in-addr.arpa PTR: unanswered (adds)"});
  CHECK(ids(plan) == Texts{"preflight", "add-forward"});
  REQUIRE(steps(plan, "add-forward").size() == 1);
  CHECK(steps(plan, "add-forward")[0].find("m10.mail.example A: - => ") == 0);
  CHECK(steps(plan, "add-forward")[0].find("=> 0 ") == std::string::npos);
}

TEST_CASE(
    "a new address is let through by SPF where its reverse zone is not at hand, and not where it is left "
    "out") {
  const auto plan = [](bool is_outside) {
    auto builder = zones();
    builder.domain("example.com", {"new", "mx11"});
    builder.address("new", "192.0.2.20", "n20.mail.example", "n20.mail.example");
    builder.address("mx11", "192.0.2.11", "m11.mail.example", "m11.mail.example");
    auto dns = world();
    dns.broken("20.2.0.192.in-addr.arpa", RrType::PTR, is_outside ? Outcome::unanswered : Outcome::servfail);
    if (is_outside)
      dns.change("20.2.0.192.in-addr.arpa", RrType::PTR,
                 [](Fact& fact) { fact.from_files = dns::FromFiles::outside; });
    return plan_for(dns, builder.build()).value();
  };
  CHECK(touches(plan(true), "ip4:192.0.2.20"));
  const auto without = plan(false);
  CHECK_FALSE(touches(without, "192.0.2.20"));
  CHECK(touches(without, "m11.mail.example"));
  // Nothing is sent from it before it is planned, so that nothing is open.
  CHECK(without.spf_open.empty());
}

TEST_CASE("whichever record is not known, the plan that is left breaks nothing") {
  const auto estate = [](const std::string& letter, int first) {
    auto builder = zones();
    builder.domain("example.com", {"pool", "mx"});
    for (int i = 0; i < 3; ++i) {
      const auto host = letter + std::to_string(i) + ".mail.example";
      builder.address("pool", "192.0.2." + std::to_string(first + i), host, host);
    }
    builder.address("mx", "192.0.2.11", letter + "x.mail.example", letter + "x.mail.example");
    builder.address("mx", "192.0.2.12", letter + "x.mail.example", letter + "x.mail.example");
    return builder.build();
  };
  const auto base = estate("a", 30), now = estate("b", 40);
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example").zone("example.com");
  for (int i = 0; i < 3; ++i) {
    const auto host = "a" + std::to_string(i) + ".mail.example",
               address = "192.0.2." + std::to_string(30 + i);
    dns.ptr(address, 3600, {host}).a(host, 3600, {address});
  }
  dns.ptr("192.0.2.11", 3600, {"ax.mail.example"}).ptr("192.0.2.12", 3600, {"ax.mail.example"});
  dns.a("ax.mail.example", 3600, {"192.0.2.11", "192.0.2.12"});
  dns.txt("example.com", 3600,
          {"v=spf1 ip4:192.0.2.30 ip4:192.0.2.31 ip4:192.0.2.32 ip4:192.0.2.11 ip4:192.0.2.12 -all"});
  std::size_t made = 0, partial = 0;
  ask(dns, now, &base).for_each([&](const Fact& fact) {
    const auto owner = fact.question.name.text();
    CAPTURE(owner);
    auto broken = dns;
    broken.broken(owner, fact.question.type, Outcome::timeout);
    const auto facts = ask(broken, now, &base);
    const World seen{facts, 0, {"recursive", dns::VantageKind::recursive, "r"}};
    const auto plan = make_plan(now, &base, seen, {});
    if (!plan) return;
    ++made;
    partial += plan->left_out.empty() ? 0 : 1;
    CHECK(simulate(now, &base, seen, *plan, climate_of(now)).breaches.empty());
  });
  CHECK(made > 10);
  CHECK(partial > 5);
}
