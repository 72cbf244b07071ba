// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <doctest/doctest.h>

#include <algorithm>

#include "dns/rdata_reader.h"
#include "plan/lab.h"
#include "plan/simulate/simulator.h"

namespace rdnsgate::plan::test {

using Texts = std::vector<std::string>;

/// One sender of example.com: a host that is to get another name, or another address.
struct Estate {
  Builder before, after;
  Dns dns;

  explicit Estate(const Texts& domains = {"example.com"}) {
    for (auto* builder : {&before, &after}) {
      for (const auto* zone :
           {"example.com", "2.0.192.in-addr.arpa", "100.51.198.in-addr.arpa", "8.b.d.0.1.0.0.2.ip6.arpa"})
        builder->zone(zone);
      for (const auto& domain : domains) builder->domain(domain, {"mx"});
    }
    for (const auto& zone : before.raw().zones) dns.zone(zone.name.text());
  }
  Estate& was(const std::string& address, const std::string& host) {
    before.address("mx", address, host, host);
    dns.ptr(address, 300, {host});
    return address.find(':') == std::string::npos ? (dns.a(host, 300, {address}), *this)
                                                  : (dns.aaaa(host, 300, {address}), *this);
  }
  Estate& is(const std::string& address, const std::string& host) {
    after.address("mx", address, host, host);
    return *this;
  }
  Estate& spf(const std::string& text, const std::string& owner = "example.com") {
    dns.set(owner, RrType::TXT, 300, {dns::txt_rdata(text)});
    return *this;
  }

  Result<Plan> make() {
    now = after.build(), base = before.build();
    facts = ask(dns, now, &base);
    return make_plan(now, &base, world(), {});
  }
  World world() const { return {facts, 0, {"recursive", dns::VantageKind::recursive, "recursive"}}; }
  std::vector<Breach> breaches(const Plan& some) const {
    return simulate(now, &base, world(), some, climate_of(now)).breaches;
  }

  /// The plan holds, whatever caches hold, and nothing is left to do after it. Without its changes of SPF
  /// records, and where `matters` says so, the simulator sees mail refused. Gives those changes.
  Texts edits(bool matters = true) {
    const auto made = make();
    REQUIRE_MESSAGE(made.has_value(), made.error().message);
    plan = *made;
    const auto broken = breaches(plan);
    REQUIRE_MESSAGE(broken.empty(), (broken.front().who + " " + broken.front().text));
    Plan without = plan;
    Texts all;
    for (auto& phase : without.phases) {
      for (const auto& step : phase.steps) {
        if (step.type == RrType::TXT && step.before && step.after && step.before->rdata != step.after->rdata)
          all.push_back(step.owner.text() + ": " + dns::txt_joined(step.after->rdata.front()));
      }
      std::erase_if(phase.steps, [](const Step& step) { return step.type == RrType::TXT; });
    }
    if (matters && !all.empty()) CHECK_FALSE(breaches(without).empty());
    Dns then = dns;
    for (const auto& phase : plan.phases) {
      for (const auto& step : phase.steps) REQUIRE_MESSAGE(then.carry_out(step), step_text(step));
    }
    const auto left = plan_for(then, now, &now);
    REQUIRE_MESSAGE(left.has_value(), left.error().message);
    CHECK(left->phases.empty());
    return all;
  }
  std::string refusal() {
    const auto made = make();
    return made.has_value() ? "a plan" : made.error().message;
  }
  bool notes(const std::string& text) const {
    return std::any_of(plan.notes.begin(), plan.notes.end(),
                       [&](const std::string& note) { return note.find(text) != std::string::npos; });
  }

  Inventory now, base;
  dns::FactStore facts;
  Plan plan;
};

inline Estate renumber(const std::string& to = "198.51.100.20") {
  Estate estate;
  estate.was("192.0.2.10", "mx1.example.com").is(to, "mx1.example.com");
  return estate;
}

inline bool says(const std::string& text, const std::string& part) {
  return text.find(part) != std::string::npos;
}

}  // namespace rdnsgate::plan::test
