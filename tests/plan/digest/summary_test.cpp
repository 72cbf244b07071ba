// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/digest/summary.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "plan/digest/stages.h"
#include "plan/rename_sample.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

const Time start = parse_time("2027-05-31T08:00:00Z").value();

Plan rename() {
  const auto base = estate("n0.mail.example");
  return plan_for(live(), estate("n1.mail.example"), &base).value();
}

bool says(const std::vector<std::string>& lines, const std::string& part) {
  return std::any_of(lines.begin(), lines.end(),
                     [&](const std::string& line) { return line.find(part) != std::string::npos; });
}

}  // namespace

TEST_CASE("the summary counts what becomes of each record, not the steps on the way") {
  const auto plan = rename();
  const auto summary = summary_of(plan, start);
  REQUIRE(summary.what.size() == 4);
  CHECK(summary.what[0] == "1 PTR record changed, 1 A record added, 1 A record removed");
  CHECK(summary.what[1] == "1 address: 192.0.2.10");
  CHECK(summary.what[2] == "hosts: change the HELO name");
  CHECK(says(summary.what, "9 changes in 6 phases: TTLs are lowered first and restored last"));
  const auto zones = zone_parts(plan);
  REQUIRE(zones.size() == 2);
  CHECK(zones[0].zone == name("2.0.192.in-addr.arpa"));
  CHECK(zones[0].records == 1);
  CHECK(zones[1].records == 3);  // both names, and the SOA
}

TEST_CASE("the summary says of how many records nothing but the TTL becomes another") {
  Plan plan = rename();
  Step step;
  for (const auto& phase : plan.phases) {
    for (const auto& one : phase.steps) {
      if (one.type == RrType::PTR && one.before && one.after) step = one;
    }
  }
  REQUIRE(step.before);
  step.after = step.before;
  step.after->ttl += 60;
  plan.phases.resize(1);
  plan.phases[0].steps = {step};
  CHECK(summary_of(plan, start).what.front() == "1 PTR record with another TTL");
  plan.phases[0].steps.push_back(step);
  plan.phases[0].steps[1].owner = name("11.2.0.192.in-addr.arpa");
  CHECK(summary_of(plan, start).what.front() == "2 PTR records with other TTLs");
  plan.phases[0].steps[1].after->ttl -= 60;
  CHECK(summary_of(plan, start).what.front() == "1 PTR record with another TTL");
  // One that says something else, with whatever TTL, is counted as that alone.
  plan.phases[0].steps[0].after->rdata = {dns::rdata_of(name("other.mail.example"))};
  CHECK(summary_of(plan, start).what.front() == "1 PTR record changed");
  CHECK_FALSE(says(summary_of(plan, start).what, "TTL"));
}

TEST_CASE("the summary has the first and the last moment, and until when all can be taken back") {
  auto plan = rename();
  auto summary = summary_of(plan, start);
  CHECK(summary.when.front() ==
        "Mon 2027-05-31 08:00 UTC to Tue 2027-06-01 09:39 UTC, at least 1d1h39m from the first change to the "
        "last wait");
  CHECK(says(summary.risk, "rollback is cheap until Tue 2027-06-01 09:28 UTC (+1d1h28m); after that"));
  plan.notes = {"one", "two"};
  plan.exposure = seconds(3600);
  plan.despite = {"imap.example CNAME"};
  plan.phases[1].steps[0].by_hand = "because";
  summary = summary_of(plan, start);
  CHECK(says(summary.risk, "mail may be refused for up to 1h"));
  CHECK(says(summary.risk, "names in use: imap.example CNAME"));
  CHECK(says(summary.risk, "3 changes by hand"));
  CHECK(says(summary.risk, "2 notes at the end"));
  CHECK(summary_of(Plan{}, start).what.empty());
}

TEST_CASE("waves that follow each other are one stage, and those of another kind or cut are not") {
  Plan plan;
  const auto add = [&](const std::string& id, unsigned wave, unsigned waves) {
    plan.phases.emplace_back();
    plan.phases.back().id = id;
    plan.phases.back().wave = wave;
    plan.phases.back().waves = waves;
  };
  add("lower-ttl", 0, 0);
  add("swap-ptr", 1, 3);
  add("swap-ptr-2", 2, 3);
  add("swap-ptr-3", 3, 3);
  add("swap-ptr-4", 1, 2);
  add("remove-old", 2, 2);
  const auto stages = stages_of(plan);
  std::string text;
  for (const auto& stage : stages) text += stage.label() + "; ";
  CHECK(text == "lower-ttl; swap-ptr in 3 waves; swap-ptr-4 (wave 1 of 2); remove-old (wave 2 of 2); ");
}
