// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/change/rollout_run.h"

#include <doctest/doctest.h>

#include "run/change/plan_folder.h"
#include "run/estate.h"

namespace rdnsgate::run {
namespace {

/// A plan from mx1 to mx2, written down, of which nothing is done yet.
struct Written : Estate {
  RolloutRequest request;

  Written() {
    Listener nobody;
    write("new/inventory.yaml", text("mx2"));
    PlanRequest wanted;
    wanted.clock = clock_at(noon);
    wanted.files = {*this / "new/inventory.yaml"};
    wanted.base = inventory;
    wanted.asking = asking();
    const auto made = plan_run(wanted, nobody);
    REQUIRE(made.has_value());
    REQUIRE(write_plan_folder(*made, *this / "change").has_value());
    request.clock = clock_at(noon);
    request.plan = *this / "change/plan.json";
    request.asking = asking();
  }
};

TEST_CASE("a rollout is looked at again and again") {
  const Written written;
  Heard heard;
  auto request = written.request;
  request.state = written / "state.json";
  auto rollout = Rollout::open(request, heard);
  REQUIRE(rollout.has_value());
  CHECK(heard.loaded_count == 0);
  const auto first = rollout->look(heard);
  REQUIRE(first.has_value());
  CHECK(first->at == noon);
  CHECK(first->standing.verdict == plan::Verdict::ready);
  CHECK(heard.loaded_count == 1);

  // TTLs are lowered, which is what comes first.
  written.write("zones/2.0.192.in-addr.arpa.zone", Estate::zone("10 300 PTR mx1.mail.example.\n"));
  written.write("zones/mail.example.zone", Estate::zone("mx1 300 A 192.0.2.10\nmx2 A 192.0.2.10\n"));
  const auto second = rollout->look(heard);
  REQUIRE(second.has_value());
  CHECK(second->standing.verdict == plan::Verdict::wait);
  CHECK(heard.loaded_count == 2);
  CHECK_FALSE(written.read("state.json").empty());
}

TEST_CASE("a phase is held against what is there") {
  const Written written;
  Listener nobody;
  auto rollout = Rollout::open(written.request, nobody);
  REQUIRE(rollout.has_value());
  const auto& phases = rollout->plan().phases;
  REQUIRE(phases.size() > 1);
  const auto found = rollout->verify(phases.at(1), nobody);
  REQUIRE(found.has_value());
  CHECK_FALSE(found->verification.wrong.empty());
}

TEST_CASE("why a rollout cannot be looked at") {
  const Written written;
  Listener nobody;
  auto request = written.request;
  const auto refused = [&] {
    auto rollout = Rollout::open(request, nobody);
    REQUIRE_FALSE(rollout.has_value());
    return rollout.error().error.message;
  };
  SUBCASE("another inventory") {
    request.inventory = written.inventory;
    CHECK(refused().find("is not the inventory that") != std::string::npos);
  }
  SUBCASE("nothing is remembered") {
    request.done = {"switch-helo"};
    CHECK(refused() == "--done needs --state");
  }
  SUBCASE("no plan") {
    request.plan = written.inventory;
    CHECK_FALSE(refused().empty());
  }
  SUBCASE("zone files with errors, which are told") {
    written.write("zones/mail.example.zone", Estate::zone("mx1 A 192.0.2.\n"));
    auto rollout = Rollout::open(request, nobody);
    REQUIRE(rollout.has_value());
    const auto found = rollout->look(nobody);
    REQUIRE_FALSE(found.has_value());
    CHECK(found.error().error.message == "the zone files have errors");
    CHECK(found.error().problems.size() == 1);
  }
}

}  // namespace
}  // namespace rdnsgate::run
