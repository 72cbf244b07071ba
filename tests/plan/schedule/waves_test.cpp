// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>
#include <map>

#include "plan/emit/emit.h"
#include "plan/lab.h"
#include "plan/simulate/simulator.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

/// `senders` hosts with `each` addresses, all of which get another name; the DNS has the old ones.
struct Farm {
  Inventory base, now;
  Dns dns;

  Farm(unsigned senders, unsigned each) {
    Builder before, after;
    for (auto* builder : {&before, &after}) builder->zone("2.0.192.in-addr.arpa").zone("mail.example");
    dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
    for (unsigned s = 0; s < senders; ++s) {
      const auto sender = "s" + std::to_string(s);
      for (unsigned i = 0; i < each; ++i) {
        const auto address = "192.0.2." + std::to_string(1 + s * each + i);
        const auto old_name = "old" + std::to_string(s * each + i) + ".mail.example";
        const auto new_name = "new" + std::to_string(s * each + i) + ".mail.example";
        before.address(sender, address, old_name, old_name);
        after.address(sender, address, new_name, new_name);
        dns.ptr(address, 300, {old_name}).a(old_name, 300, {address});
      }
    }
    base = before.build();
    now = after.build();
  }

  Farm& throttle(unsigned percent, unsigned most) {
    now.defaults.rollout.wave_percent = percent;
    now.defaults.rollout.max_wave = most;
    return *this;
  }
  Plan plan() const { return plan_for(dns, now, &base).value(); }
};

/// The sizes of the waves of one kind, in their order.
std::vector<std::size_t> sizes(const Plan& plan, const std::string& kind) {
  std::vector<std::size_t> all;
  for (const auto& one : plan.phases) {
    if (one.id.rfind(kind, 0) != 0) continue;
    std::size_t hosts = 0;
    for (const auto& manual : one.manual) hosts += manual.addresses.size();
    all.push_back(std::max(one.steps.size(), hosts));
  }
  return all;
}

using Sizes = std::vector<std::size_t>;

}  // namespace

TEST_CASE("one canary comes first, then as many as the share allows") {
  const auto plan = Farm(20, 1).throttle(25, 50).plan();
  for (const auto* kind : {"swap-ptr", "switch-helo", "remove-old"}) {
    CAPTURE(kind);
    CHECK(sizes(plan, kind) == Sizes{1, 5, 5, 5, 4});
  }
  // Nobody uses a new name yet: there is nothing to be careful about.
  CHECK(sizes(plan, "add-forward") == Sizes{20});
  CHECK(sizes(Farm(20, 1).throttle(25, 3).plan(), "swap-ptr") == Sizes{1, 3, 3, 3, 3, 3, 3, 1});
  CHECK(sizes(Farm(20, 1).throttle(1, 50).plan(), "swap-ptr").size() == 20);
}

TEST_CASE("all at once is possible for who says so") {
  const auto plan = Farm(10, 2).throttle(100, 50).plan();
  CHECK(sizes(plan, "swap-ptr") == Sizes{20});
  CHECK(phase(plan, "swap-ptr")->wave == 0);
  CHECK(sizes(Farm(10, 2).throttle(100, 15).plan(), "swap-ptr") == Sizes{15, 5});
}

TEST_CASE("no wave has all addresses of a sender that has several") {
  struct Shape {
    unsigned senders, each, percent;
  };
  // The first addresses of all senders come before any second one, so that only large waves could have both.
  for (const Shape& shape : {Shape{1, 2, 50}, {2, 3, 50}, {5, 2, 50}, {10, 4, 50}, {5, 2, 90}, {3, 2, 99}}) {
    const unsigned senders = shape.senders, each = shape.each, percent = shape.percent;
    CAPTURE(senders);
    CAPTURE(percent);
    const Farm farm = Farm(senders, each).throttle(percent, 50);
    const auto plan = farm.plan();
    for (const auto& one : plan.phases) {
      if (one.wave == 0) continue;
      std::map<inventory::SenderIndex, unsigned> of_sender;
      for (const auto& address : farm.now.addresses) {
        const auto owner = dns::reverse_name(address.ip);
        const bool in_dns = std::any_of(one.steps.begin(), one.steps.end(),
                                        [&](const Step& step) { return step.owner == owner; });
        const bool on_host = std::any_of(one.manual.begin(), one.manual.end(), [&](const Manual& manual) {
          return std::count(manual.addresses.begin(), manual.addresses.end(), address.ip) != 0;
        });
        if (in_dns || on_host) CHECK(++of_sender[address.sender] < each);
      }
    }
    const auto all = sizes(plan, "swap-ptr");
    CHECK(std::count(all.begin(), all.end(), 0) == 0);
    std::size_t sum = 0;
    for (const auto size : all) sum += size;
    CHECK(sum == senders * each);
  }
}

TEST_CASE("a wave is watched before the next one, and the last one is not") {
  auto farm = Farm(3, 1);
  farm.now.defaults.rollout.soak = seconds(1200);
  const auto plan = farm.plan();
  CHECK(ids(plan) == std::vector<std::string>{"preflight", "add-forward", "swap-ptr", "swap-ptr-2",
                                              "swap-ptr-3", "switch-helo", "switch-helo-2", "switch-helo-3",
                                              "remove-old", "remove-old-2", "remove-old-3"});
  CHECK(formula(*phase(plan, "swap-ptr")) == "propagation 300 + old-ttl 300 + skew 60 + soak 1200");
  CHECK(formula(*phase(plan, "swap-ptr-2")) == "propagation 300 + old-ttl 300 + skew 60 + soak 1200");
  CHECK(formula(*phase(plan, "swap-ptr-3")) == "propagation 300 + old-ttl 300 + skew 60");
  CHECK(formula(*phase(plan, "switch-helo")) == "bake 3600");
  CHECK(phase(plan, "swap-ptr-2")->starts_after - phase(plan, "swap-ptr")->starts_after == seconds(1860));
  CHECK(phase(plan, "swap-ptr-2")->wave == 2);
  CHECK(phase(plan, "swap-ptr-2")->waves == 3);
  CHECK(emit_text(plan, {}, Detail::full).find("swap-ptr-2 (wave 2 of 3)") != std::string::npos);
}

TEST_CASE("an impatient wave is seen by the simulator") {
  const Farm farm(3, 1);
  const auto facts = ask(farm.dns, farm.now, &farm.base);
  const World world{facts, 0, {"recursive", dns::VantageKind::recursive, "recursive"}};
  auto plan = make_plan(farm.now, &farm.base, world, {}).value();
  const auto climate = climate_of(farm.now);
  CHECK(simulate(farm.now, &farm.base, world, plan, climate).early.empty());
  const auto second = phase(plan, "swap-ptr-2")->starts_after;
  for (auto& one : plan.phases) {
    if (one.starts_after >= second) one.starts_after -= seconds(1);
  }
  const auto forecast = simulate(farm.now, &farm.base, world, plan, climate);
  REQUIRE_FALSE(forecast.early.empty());
  CHECK(plan.phases[forecast.early.front().phase].id == "swap-ptr-2");
  CHECK(forecast.early.front().by == seconds(1));
}

TEST_CASE("mail of hosts that stopped in an early wave is judged as long as that of the last") {
  Builder before, after;
  for (auto* builder : {&before, &after}) builder->zone("2.0.192.in-addr.arpa").zone("mail.example");
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  const auto host = [&](Builder& builder, const std::string& address, const std::string& helo) {
    builder.address("mx", address, helo, helo);
  };
  for (const std::string n : {"1", "2", "3"}) {
    host(before, "192.0.2." + n, "h" + n + ".mail.example");
    host(after, "192.0.2.10" + n, "h" + n + ".mail.example");
    dns.ptr("192.0.2." + n, 300, {"h" + n + ".mail.example"})
        .a("h" + n + ".mail.example", 300, {"192.0.2." + n});
  }
  // Only the first one is listed: the others leave no mail behind that an SPF record is asked about.
  dns.txt("mail.example", 300, {"v=spf1 ip4:192.0.2.1 -all"});
  before.domain("mail.example", {"mx"});
  after.domain("mail.example", {"mx"});
  const auto base = before.build(), now = after.build();
  const auto plan = plan_for(dns, now, &base).value();
  REQUIRE(sizes(plan, "stop-egress") == Sizes{1, 1, 1});
  CHECK(phase(plan, "stop-egress")->manual.front().addresses.front() == ip("192.0.2.1"));
  CHECK(formula(*phase(plan, "stop-egress")) == "bake 3600");
  CHECK(formula(*phase(plan, "stop-egress-3")) == "queue " + std::to_string(5 * 86400 - 2 * 3600));
  CHECK(phase(plan, "remove-ptr")->starts_after ==
        phase(plan, "stop-egress")->starts_after + seconds(5 * 86400));
}

TEST_CASE("what addresses have that sent once and do no more goes in one step") {
  Builder before, after;
  for (auto* builder : {&before, &after}) builder->zone("2.0.192.in-addr.arpa").zone("mail.example");
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  for (const std::string n : {"1", "2", "3", "4"}) {
    const auto name = "h" + n + ".mail.example", fresh = "f" + n + ".mail.example";
    before.address("mx", "192.0.2." + n, name, name);
    after.address("mx", "192.0.2.10" + n, fresh, fresh);
    dns.ptr("192.0.2." + n, 300, {name}).a(name, 300, {"192.0.2." + n});
  }
  const auto base = before.build(), now = after.build();
  const auto plan = plan_for(dns, now, &base).value();
  CHECK(sizes(plan, "start-egress").size() > 1);
  CHECK(sizes(plan, "stop-egress").size() > 1);
  CHECK(sizes(plan, "remove-ptr") == Sizes{4});
  CHECK(sizes(plan, "remove-old") == Sizes{4});
}

TEST_CASE("addresses that are not in use yet need no waves") {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  const auto base = builder.build();
  for (const std::string n : {"1", "2", "3", "4"}) {
    builder.address("mx" + n, "192.0.2." + n, "h" + n + ".mail.example", "h" + n + ".mail.example");
    dns.ptr("192.0.2." + n, 300, {"generic" + n + ".hoster.example"});
  }
  const auto now = builder.build();
  const auto plan = plan_for(dns, now, &base).value();
  CHECK(sizes(plan, "swap-ptr") == Sizes{4});
  CHECK(sizes(plan, "start-egress") == Sizes{1, 1, 1, 1});
}

TEST_CASE("PTR records of addresses that nobody sends from any more go in one step") {
  Farm farm(10, 1);
  farm.throttle(10, 2);
  Builder keeps;
  keeps.zone("2.0.192.in-addr.arpa").zone("mail.example");
  keeps.address("s0", "192.0.2.1", "old0.mail.example", "old0.mail.example");
  farm.now = keeps.build();
  farm.throttle(10, 2);
  for (int i = 1; i < 10; ++i)
    farm.now.retired_addresses.push_back({ip("192.0.2." + std::to_string(1 + i)), {}});
  const auto plan = farm.plan();
  CHECK(sizes(plan, "remove-ptr") == Sizes{9});
  // Hosts stop one after another all the same.
  CHECK(sizes(plan, "stop-egress").size() > 1);
}
