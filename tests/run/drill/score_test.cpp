// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/drill/score_file.h"

#include <thread>

#include "run/drill/drilled.h"

namespace rdnsgate::run {
namespace {

using report::DrillTrend;
using std::chrono::hours;
using std::chrono::minutes;

report::DrillRecord record(const std::string& scenario, Time at, bool noticed, seconds latest,
                           bool fits = true) {
  report::DrillRecord made{at, "inventory.yaml", "00", scenario, "192.0.2.10"};
  made.fits = fits;
  made.noticed = noticed;
  made.latest = latest;
  made.rules = {"ptr-missing"};
  return made;
}

TEST_CASE("a record comes back as it was written, whatever names it has") {
  auto one = record("ptr-lost", noon, true, minutes(6));
  one.subject = "a\"\n\xff\x1b[31m";
  one.refused = 7;
  one.recovery = hours(2);
  one.by_plan = true;
  const auto line = report::record_line(one);
  CHECK(line.find('\n') == line.size() - 1);
  CHECK(line.find('\x1b') == std::string::npos);
  const auto read = report::read_record(line.substr(0, line.size() - 1));
  REQUIRE(read.has_value());
  CHECK(read->at == noon);
  CHECK(read->refused == 7);
  CHECK(read->recovery == hours(2));
  CHECK(read->latest == minutes(6));
  CHECK(read->by_plan);
  CHECK(read->rules == one.rules);
  CHECK(report::record_line(*read) == line);
}

TEST_CASE("the trend is against the time before, and what did not fit is no time") {
  const auto trend = [](std::vector<report::DrillRecord> records) {
    const auto score = report::score_of(std::move(records), {"ptr-lost", "tcp-blocked"});
    REQUIRE(score.scenarios.size() == 1);
    return score.scenarios.front().trend;
  };
  const auto first = record("ptr-lost", noon, true, minutes(6));
  CHECK(trend({first}) == DrillTrend::first);
  CHECK(trend({first, record("ptr-lost", noon + hours(1), true, minutes(6))}) == DrillTrend::same);
  CHECK(trend({record("ptr-lost", noon + hours(1), true, minutes(5)), first}) == DrillTrend::faster);
  CHECK(trend({first, record("ptr-lost", noon + hours(1), true, minutes(9))}) == DrillTrend::slower);
  CHECK(trend({first, record("ptr-lost", noon + hours(1), false, seconds(0))}) ==
        DrillTrend::no_longer_noticed);
  CHECK(trend({record("ptr-lost", noon - hours(1), false, seconds(0)), first}) == DrillTrend::now_noticed);
  CHECK(trend({first, record("ptr-lost", noon + hours(1), false, seconds(0), false)}) == DrillTrend::first);
  auto quicker = record("ptr-lost", noon + hours(1), true, minutes(6)), slow = first;
  slow.recovery = hours(2);
  quicker.recovery = hours(1);
  CHECK(trend({slow, quicker}) == DrillTrend::faster);
}

TEST_CASE(
    "what does not fit any more leaves the last time as it was, and each inventory has a score of its own") {
  auto other = record("ptr-lost", noon, false, hours(9));
  other.inventory_path = "other.yaml";
  const auto score = report::score_of({record("ptr-lost", noon, true, minutes(6)), other,
                                       record("ptr-lost", noon + hours(1), false, seconds(0), false)},
                                      {"ptr-lost"});
  REQUIRE(score.scenarios.size() == 2);
  CHECK(score.scenarios[0].last.at == noon);
  CHECK(score.scenarios[0].last.fits);
  CHECK(score.scenarios[1].inventory_path == "other.yaml");
  CHECK(score.count_noticed() == 1);
  REQUIRE(score.rounds.size() == 3);
  // What was not noticed took no time.
  CHECK(score.rounds[2].inventory_path == "other.yaml");
  CHECK(score.rounds[2].slowest == seconds(0));
}

TEST_CASE("a record is of what more is refused than before") {
  report::DrillDocument document;
  document.drills.resize(2);
  document.drills[0].fits = true;
  document.drills[0].receivers.before.refused = 2;
  document.drills[0].receivers.during.refused = 5;
  document.drills[1].receivers.before.refused = 5;
  document.drills[1].receivers.during.refused = 2;
  const auto records = report::records_of(document);
  REQUIRE(records.size() == 2);
  CHECK(records[0].refused == 3);
  CHECK(records[0].fits);
  CHECK(records[1].refused == 0);
  CHECK_FALSE(records[1].fits);
}

TEST_CASE("a record with a time that no clock has is refused, by its name") {
  auto line = report::record_line(record("ptr-lost", noon, true, minutes(6)));
  const auto at = line.find("\"latest_s\":360");
  REQUIRE(at != std::string::npos);
  line.replace(at, 14, "\"latest_s\":1152921504606846976");
  const auto read = report::read_record(line.substr(0, line.size() - 1));
  REQUIRE_FALSE(read.has_value());
  CHECK(read.error().message.find("latest_s") != std::string::npos);
}

TEST_CASE("a line is a line, also behind one that somebody cut") {
  Scratch folder;
  const auto path = folder / "drills.jsonl";
  const auto line = report::record_line(record("ptr-lost", noon, true, minutes(6)));
  folder.write("drills.jsonl", line.substr(0, line.size() - 1));
  REQUIRE(add_records(path, {record("ptr-lost", noon + hours(1), true, minutes(6))}).has_value());
  CHECK(read_records({path}).value().size() == 2);
}

TEST_CASE("the score counts what fits, the last time, and names what was never played") {
  const auto score = report::score_of(
      {record("tcp-blocked", noon, false, seconds(0)), record("ptr-lost", noon, true, minutes(6)),
       record("ptr-lost", noon + hours(1), true, minutes(7)),
       record("signatures-expired", noon, false, seconds(0), false)},
      {"ptr-lost", "signatures-expired", "tcp-blocked", "stale-cache"});
  CHECK(score.count_fitting() == 2);
  CHECK(score.count_noticed() == 1);
  REQUIRE(score.scenarios.size() == 3);
  CHECK(score.scenarios[0].scenario == "ptr-lost");
  CHECK(score.scenarios[0].played == 2);
  CHECK(score.scenarios[1].played == 0);
  CHECK(score.never == std::vector<std::string>{"stale-cache"});
  REQUIRE(score.rounds.size() == 2);
  CHECK(score.rounds[0].fitting == 2);
  CHECK(score.rounds[0].noticed == 1);
  CHECK(score.rounds[1].slowest == minutes(7));
}

TEST_CASE("who writes at the same time loses nothing") {
  Scratch folder;
  const auto path = folder / "drills.jsonl";
  std::vector<std::thread> writers;
  for (int i = 0; i < 8; ++i)
    writers.emplace_back([&, i] {
      for (int n = 0; n < 5; ++n) {
        const auto kept =
            add_records(path, {record("ptr-lost", noon + seconds(i * 10 + n), true, minutes(6))});
        if (!kept) std::abort();
      }
    });
  for (auto& writer : writers) writer.join();
  const auto all = read_records({path});
  REQUIRE(all.has_value());
  CHECK(all->size() == 40);
}

TEST_CASE("a file of somebody else is neither read nor added to") {
  Scratch folder;
  folder.write("notes.txt", "buy milk\n");
  const auto path = folder / "notes.txt";
  const auto kept = add_records(path, {record("ptr-lost", noon, true, minutes(6))});
  REQUIRE_FALSE(kept.has_value());
  CHECK(kept.error().message.find("notes.txt:1: ") != std::string::npos);
  CHECK_FALSE(read_records({path}).has_value());
  folder.write("half.jsonl",
               report::record_line(record("ptr-lost", noon, true, minutes(6))) +
                   "{\"schema\": \"rdnsgate/drill-record/1\", \"at\": \"2026-12-01T12:00:00Z\"}\n");
  const auto half = read_records({folder / "half.jsonl"});
  REQUIRE_FALSE(half.has_value());
  CHECK(half.error().message.find("half.jsonl:2: \"inventory\"") != std::string::npos);
}

}  // namespace
}  // namespace rdnsgate::run
