// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/document/plan_json.h"
#include "plan/document/read_plan.h"

#include <doctest/doctest.h>

#include <fstream>
#include <nlohmann/json.hpp>
#include <random>

#include "plan/emit/emit.h"
#include "plan/random_estate.h"
#include "plan/rename_sample.h"
#include "plan/rollout/rollout_state.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;
using nlohmann::json;

namespace {

Plan some_plan(unsigned seed = 3) {
  const Case c = random_case(seed);
  auto plan = plan_for(c.dns, c.now, &c.base).value();
  plan.notes.push_back("a \"note\" with \\ and \xc3\xa4");
  return plan;
}

std::string error_of(const std::string& text) {
  const auto read = read_plan(text, "plan.json");
  REQUIRE_FALSE(read.has_value());
  return read.error().message;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }

}  // namespace

TEST_CASE("a plan is read back as it was written, to the octet") {
  std::size_t phases = 0;
  const unsigned all = estates(100);
  for (unsigned seed = 0; seed < all; ++seed) {
    CAPTURE(seed);
    const auto plan = some_plan(seed);
    const auto text = emit_json(plan);
    const auto read = read_plan(text, "plan.json");
    REQUIRE_MESSAGE(read.has_value(), read.error().message);
    CHECK(emit_json(*read) == text);
    CHECK(emit_text(*read, {}, Detail::full) == emit_text(plan, {}, Detail::full));
    CHECK(emit_nsupdate(*read) == emit_nsupdate(plan));
    phases += read->phases.size();
  }
  CHECK(phases > 3 * all);
}

TEST_CASE("waves and change windows are read back, and a window of another world is refused") {
  auto plan = plan_for(live(), estate("n1.mail.example"), nullptr).value();
  plan.windows = {ChangeWindow::parse("Mon-Thu 08:00-16:00 Europe/Zurich").value(),
                  ChangeWindow::parse("Sat 22:00-04:00 UTC").value()};
  plan.phases.back().wave = 2;
  plan.phases.back().waves = 3;
  const auto read = read_plan(emit_json(plan), "plan.json");
  REQUIRE_MESSAGE(read.has_value(), read.error().message);
  CHECK(read->windows == plan.windows);
  CHECK(read->phases.back().wave == 2);
  CHECK(read->phases.back().waves == 3);
  CHECK(read->phases.front().wave == 0);

  auto document = nlohmann::json::parse(emit_json(plan));
  document["windows"][1] = "Sat 22:00-04:00 Mars/Olympus";
  document["checksum"] = checksum_of(document.dump());
  const auto refused = read_plan(document.dump(), "plan.json");
  REQUIRE_FALSE(refused.has_value());
  CHECK(refused.error().message.find("Mars/Olympus") != std::string::npos);
}

TEST_CASE("a plan may be laid out anew, and not edited") {
  const auto text = emit_json(some_plan());
  const auto document = json::parse(text);
  // Sorted keys, no white space.
  CHECK(read_plan(document.dump(), "plan.json").has_value());
  for (const auto* path : {"/phases/1/wait/seconds", "/totals/seconds", "/phases/1/starts_after_s"}) {
    CAPTURE(path);
    auto edited = document;
    edited[json::json_pointer(path)] = 1;
    CHECK(error_of(edited.dump()) == "plan.json: the plan was edited since it was made");
  }
  auto edited = document;
  edited["notes"].push_back("one more");
  CHECK(has(error_of(edited.dump()), "edited"));
  edited = document;
  edited["checksum"] = std::string(64, '0');
  CHECK(has(error_of(edited.dump()), "edited"));
  edited.erase("checksum");
  CHECK(has(error_of(edited.dump()), "no checksum"));
}

TEST_CASE("what is no plan, or one of another version, is refused with a reason") {
  CHECK(error_of("") == "plan.json:1:1: this is not JSON");
  CHECK(error_of("[]") == "plan.json: this is not a plan");
  CHECK(error_of("{\"schema\": \"rdnsgate/plan/2\"}") ==
        "plan.json: this is rdnsgate/plan/2; this version reads rdnsgate/plan/1");
  CHECK(has(error_of("{\"schema\": 1}"), "this is something else"));
  auto document = json::parse(emit_json(some_plan()));
  document["phases"][1]["steps"][0].erase("owner");
  CHECK(has(error_of(document.dump()), "owner"));
}

TEST_CASE("what the schema cannot see is refused too, even with a fitting checksum") {
  const auto document = json::parse(emit_json(some_plan()));
  const auto sealed = [](json edited) {
    edited["checksum"] = checksum_of(edited.dump());
    return edited.dump();
  };
  CHECK(read_plan(sealed(document), "plan.json").has_value());
  auto bad = document;
  bad["phases"][1]["steps"][0]["zone"] = "a..b";
  CHECK_FALSE(read_plan(sealed(bad), "plan.json").has_value());
  bad = document;
  bad["phases"][1]["steps"][0]["after"] = {{"ttl", 300}, {"rdata", {"no such ( data"}}};
  CHECK_FALSE(read_plan(sealed(bad), "plan.json").has_value());
  bad = document;
  bad["facts"]["taken_at"] = "2027-13-41T99:00:00Z";
  CHECK_FALSE(read_plan(sealed(bad), "plan.json").has_value());
}

TEST_CASE("no spoilt octet of a plan goes unseen") {
  const auto text = emit_json(some_plan());
  const auto whole = json::parse(text);
  std::mt19937 random(5);
  std::size_t read = 0;
  for (unsigned i = 0; i < estates(400); ++i) {
    auto spoilt = text;
    const auto at = random() % spoilt.size();
    spoilt[at] = static_cast<char>(random() % 256);
    if (spoilt == text || json::parse(spoilt, nullptr, false) == whole) continue;
    read += read_plan(spoilt, "plan.json").has_value() ? 1 : 0;
  }
  CHECK(read == 0);
}

TEST_CASE("the state of a rollout is read back, and only for its own plan") {
  RolloutState state;
  state.plan = "0123456789ab";
  state.converged["lower-ttl"] = parse_time("2027-06-01T12:00:00Z").value();
  state.done["switch-helo"] = parse_time("2027-06-02T12:00:00Z").value();
  const auto text = write_state(state);
  CHECK(read_state(text, "s.json", "0123456789ab").value() == state);
  CHECK(read_state(text, "s.json", "ffffffffffff").error().message ==
        "s.json: this is the state of plan 0123456789ab, not of ffffffffffff");
  for (const auto* bad :
       {"", "[]", "{}", "{\"schema\": \"rdnsgate/rollout-state/1\", \"plan\": 1}",
        "{\"schema\": \"rdnsgate/rollout-state/1\", \"plan\": \"0123456789ab\", \"converged\": "
        "{\"a\": \"soon\"}, \"done\": {}}"}) {
    CAPTURE(bad);
    CHECK_FALSE(read_state(bad, "s.json", "0123456789ab").has_value());
  }
}

TEST_CASE("a plan of a version that knew no worst case is read, and written as it was") {
  auto document = json::parse(emit_json(some_plan()));
  REQUIRE(document["totals"].contains("worst_s"));
  document["totals"].erase("worst_s");
  for (auto& phase : document["phases"]) {
    phase.erase("worst_after_s");
    phase["wait"].erase("late");
  }
  document.erase("checksum");
  document["checksum"] = checksum_of(document.dump());
  const auto plan = read_plan(document.dump(), "plan.json");
  REQUIRE(plan.has_value());
  CHECK(plan->worst_total == plan->total);
  for (const auto& phase : plan->phases) CHECK(phase.worst_after == phase.starts_after);
  CHECK(json::parse(emit_json(*plan)) == document);
}
