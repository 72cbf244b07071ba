// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What may not be begun yet, whoever asks for it in whatever order.
#include "plan/schedule/crowd.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>

#include "plan/goals/derive_goals.h"
#include "plan/lab.h"
#include "plan/world/draw_picture.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

struct Sample {
  Inventory now, base;
  std::deque<Fact> facts;
  Picture picture;
  Goals goals;

  Sample(const Dns& dns, Inventory after, Inventory before) : now(std::move(after)), base(std::move(before)) {
    picture =
        draw(now, &base, {"authority", dns::VantageKind::authoritative, "authority"},
             [&](const Name& name, RrType type) { return &facts.emplace_back(dns.answer(name, type)); });
    goals = derive_goals(now, &base, picture);
  }

  const Operation& operation(Kind kind) const {
    return *std::find_if(goals.operations.begin(), goals.operations.end(),
                         [&](const Operation& one) { return one.kind == kind; });
  }
};

}  // namespace

TEST_CASE("the record of a key goes only once everybody knows that the key is none") {
  const auto inventory = [](const std::vector<std::string>& selectors) {
    Builder builder;
    builder.zone("example.com").domain("example.com", {});
    builder.raw().domains.back().dkim = selectors;
    return builder.build();
  };
  Dns dns;
  dns.zone("example.com")
      .txt("s2026._domainkey.example.com", 3600, {"v=DKIM1; p=AAAA"})
      .txt("s2027._domainkey.example.com", 3600, {"v=DKIM1; p=BBBB"});
  const Sample sample(dns, inventory({"s2027"}), inventory({"s2026"}));
  Crowd crowd(sample.picture, sample.goals);
  const auto &goes = sample.operation(Kind::remove_old), &revoked = sample.operation(Kind::revoke_key);
  CHECK_FALSE(crowd.begin(goes));
  CHECK_FALSE(crowd.begin(revoked));
  CHECK(crowd.begin(sample.operation(Kind::switch_dkim)));
  CHECK_FALSE(crowd.begin(revoked));  // mail that it signed is under way
  crowd.settle();
  CHECK_FALSE(crowd.begin(goes));
  CHECK(crowd.begin(revoked));
  CHECK_FALSE(crowd.begin(goes));
  crowd.settle();
  CHECK(crowd.begin(goes));
}
