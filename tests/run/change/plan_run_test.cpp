// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/change/plan_run.h"

#include <doctest/doctest.h>

#include "run/change/plan_folder.h"
#include "run/estate.h"

namespace rdnsgate::run {
namespace {

/// From mx1 to mx2.
PlanRequest renaming(const Estate& estate) {
  estate.write("new/inventory.yaml", Estate::text("mx2"));
  estate.write("new/zones/2.0.192.in-addr.arpa.zone", estate.read("zones/2.0.192.in-addr.arpa.zone"));
  estate.write("new/zones/mail.example.zone", estate.read("zones/mail.example.zone"));
  PlanRequest request;
  request.clock = clock_at(noon);
  request.files = {estate / "new/inventory.yaml"};
  request.base = estate.inventory;
  request.asking = estate.asking();
  return request;
}

TEST_CASE("a plan comes with what it stands on, and begins now") {
  const Estate estate;
  Heard heard;
  const auto made = plan_run(renaming(estate), heard);
  REQUIRE(made.has_value());
  CHECK_FALSE(made->plan.phases.empty());
  CHECK(made->start == noon);
  CHECK(made->facts.size() > 0);
  CHECK(made->patches.empty());
  CHECK(made->simulations.empty());
  CHECK(heard.loaded_count == 1);
}

TEST_CASE("what is asked for beside the plan") {
  const Estate estate;
  Listener nobody;
  auto request = renaming(estate);
  request.start = noon + std::chrono::hours(48);
  request.patches = true;
  request.scenarios.emplace();
  const auto made = plan_run(request, nobody);
  REQUIRE(made.has_value());
  CHECK(made->start == *request.start);
  CHECK_FALSE(made->patches.empty());
  CHECK(made->not_patched.empty());
  REQUIRE(made->simulations.size() == 1);
  CHECK(made->simulations.back().holds());
}

TEST_CASE("why a zone file has no patch is said where patches are wanted") {
  const Estate estate;
  Listener nobody;
  auto request = renaming(estate);
  std::filesystem::remove(estate / "new/zones/2.0.192.in-addr.arpa.zone");
  for (const bool wanted : {false, true}) {
    request.patches = wanted;
    const auto made = plan_run(request, nobody);
    REQUIRE(made.has_value());
    CHECK(made->not_patched.empty() != wanted);
  }
}

TEST_CASE("why there is no plan") {
  const Estate estate;
  Listener nobody;
  auto request = renaming(estate);
  const auto failure = [&] {
    auto made = plan_run(request, nobody);
    REQUIRE_FALSE(made.has_value());
    return std::move(made.error());
  };
  SUBCASE("it is larger than it may be") {
    request.limits.changes = 0;
    CHECK(failure().kind == Failure::Kind::request);
  }
  SUBCASE("a record is unknown") {
    request.asking.zone_files = {estate / "zones/2.0.192.in-addr.arpa.zone"};
    CHECK(failure().kind == Failure::Kind::unknown);
  }
  SUBCASE("the deadline has passed") {
    request.asking.deadline = milliseconds(0);
    const auto why = failure();
    CHECK(why.kind == Failure::Kind::unknown);
    CHECK(why.error.message == "the DNS did not answer within 0s");
  }
  SUBCASE("neither inventory can be read, and both are spoken of") {
    estate.write("inventory.yaml", "version: 1\nsenders: 5\n");
    estate.write("new/inventory.yaml", "version: 1\nsenders: 6\n");
    const auto why = failure();
    CHECK(why.error.message.empty());
    CHECK(why.problems.size() == 2);
    CHECK(why.sources.count() == 2);
  }
}

TEST_CASE("a folder is for one plan") {
  const Estate estate;
  Listener nobody;
  auto request = renaming(estate);
  const auto made = plan_run(request, nobody);
  REQUIRE(made.has_value());
  const auto written = write_plan_folder(*made, estate / "change");
  REQUIRE(written.has_value());
  CHECK(std::find(written->files.begin(), written->files.end(), "plan.json") != written->files.end());
  CHECK(write_plan_folder(*made, estate / "change").has_value());
  request.base = {};
  request.files = {estate.inventory};
  const auto other = plan_run(request, nobody);
  REQUIRE(other.has_value());
  CHECK_FALSE(write_plan_folder(*other, estate / "change").has_value());
}

}  // namespace
}  // namespace rdnsgate::run
