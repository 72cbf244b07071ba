// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/stored/read_report.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "report/formats.h"
#include "report/sample.h"
#include "report/schema_check.h"

using namespace rdnsgate;
using report::Document;

namespace {

/// Documents with anything in them that one may have.
class Random {
 public:
  explicit Random(unsigned seed) : engine_(seed) {}

  Document document() {
    Document made;
    made.tool_version = text();
    made.inventory_path = text();
    made.inventory_sha256 = maybe() ? std::string(64, 'a') : "";
    if (maybe()) made.config_path = ".rdnsgate.yaml";
    made.command = maybe() ? "check-zone-files" : "check";
    made.started_at = time();
    made.finished_at = time();
    made.verdict = pick({audit::Verdict::pass, audit::Verdict::fail, audit::Verdict::inconclusive});
    made.summary = {number(), number(), number(), 0,        number(),
                    number(), number(), number(), number(), number()};
    for (auto left = number(3); left > 0; --left) {
      made.vantages.push_back({text(), pick({dns::VantageKind::recursive, dns::VantageKind::forward}),
                               number(), number(), static_cast<double>(number()) / 1000,
                               static_cast<double>(number())});
    }
    if (maybe()) {
      made.not_in_gate.questions = 1 + number();
      made.not_in_gate.further_addresses = number();
      made.not_in_gate.zones = texts();
    }
    if (maybe()) {
      made.changed_since = report::ChangedSince{text(), number(), number()};
      if (maybe())
        made.changed_since->weakened.push_back(
            {"rule-severity", text(), text(), text(), "inventory.yaml", number()});
      if (maybe()) made.changed_since->weakened.push_back({"rule-severity", text(), text(), text(), ""});
    }
    for (auto left = number(4); left > 0; --left) made.findings.push_back(finding());
    if (maybe()) made.part = part();
    return made;
  }

 private:
  bool maybe() { return number(1) == 0; }
  std::size_t number(std::size_t most = 100'000) {
    return std::uniform_int_distribution<std::size_t>(0, most)(engine_);
  }
  template <typename T>
  T pick(std::initializer_list<T> all) {
    return *(all.begin() + number(all.size() - 1));
  }
  std::string text() {
    return pick({std::string(), std::string("mx1.example"), test::hostile, std::string("\xC3\xA9\0x", 4)});
  }
  std::vector<std::string> texts() {
    std::vector<std::string> all;
    for (auto left = number(3); left > 0; --left) all.push_back(text());
    return all;
  }
  Time time() { return Time(seconds(1'700'000'000 + static_cast<std::int64_t>(number(100'000'000)))); }
  Document::Location location() {
    const auto place = [&] { return static_cast<std::uint32_t>(1 + number()); };
    return {text(), place(), place(), place(), place()};
  }
  audit::Value value() {
    switch (number(5)) {
      case 0:
        return text();
      case 1: {
        audit::List list{texts()};
        list.total = list.items.size() + pick({std::size_t{0}, std::size_t{7}});
        return list;
      }
      case 2:
        return std::uint64_t{number()};
      case 3:
        return seconds(number());
      case 4:
        return milliseconds(number());
      default:
        return time();
    }
  }
  Document::Finding finding() {
    Document::Finding made;
    made.rule = "ptr-missing";
    made.severity = pick({Severity::error, Severity::warning, Severity::info});
    made.status = pick({audit::Status::open, audit::Status::waived, audit::Status::baseline});
    made.certainty =
        pick({audit::Certainty::confirmed, audit::Certainty::transient, audit::Certainty::inconclusive});
    made.scope = pick({audit::Scope::universal, audit::Scope::isolated});
    made.vantages = texts();
    made.target = {pick({audit::TargetKind::address, audit::TargetKind::inventory}), text()};
    made.said = text();
    made.expected = text();
    made.observed = text();
    audit::Values values;
    for (const auto* name : {"ptr", "names", "p95", "count_total", "total"}) {
      if (!maybe()) continue;
      values.emplace_back(name, "");
      values.back().value = value();
    }
    made.values = values;
    if (maybe()) made.clears_at = time();
    made.location = location();
    made.fix = text();
    if (made.status == audit::Status::waived) made.waiver_reason = text();
    made.fingerprint = std::string(32, 'b');
    made.effect = pick({audit::Effect::none, audit::Effect::leaves_open, audit::Effect::fails});
    made.blocks_verdict = maybe();
    made.waived_inline = maybe();
    if (maybe()) made.record = location();
    if (maybe()) made.told = audit::Told{number() * 0x9E3779B97F4A7C15u, number()};
    made.provisional = maybe();
    return made;
  }
  dns::Question question() {
    return {0, dns::Name::parse("mx1.example").value(), pick({dns::RrType::PTR, dns::RrType::A})};
  }
  std::shared_ptr<Document::Part> part() {
    auto made = std::make_shared<Document::Part>();
    made->shard.of = static_cast<std::uint32_t>(1 + number(20));
    made->shard.number = static_cast<std::uint32_t>(1 + number(made->shard.of - 1));
    made->fail_on = pick({Severity::error, Severity::off});
    made->transient_fails = maybe();
    made->inconclusive = pick({"report", "pass", "fail"});
    made->files = texts();
    made->unjudged = number();
    for (auto left = number(2); left > 0; --left) {
      audit::VantagePart vantage;
      for (auto answers = number(5); answers > 0; --answers)
        vantage.answers.push_back(
            {number() * 0x9E3779B97F4A7C15u, static_cast<std::uint32_t>(number() * 65'537)});
      if (maybe()) vantage.failed = question(), vantage.first_failure = text();
      if (maybe()) vantage.notes.stale.add(question(), text());
      if (maybe()) vantage.notes.filtered.add(question(), text());
      if (maybe()) vantage.notes.made_up = {IpAddress::parse("192.0.2.1").value()};
      if (maybe()) vantage.notes.leaks = {dns::Name::parse("10.in-addr.arpa").value()};
      vantage.notes.validates = maybe();
      vantage.notes.secure = number();
      if (maybe()) vantage.notes.cold_us = {5, 5, 7};
      made->vantages.push_back(std::move(vantage));
    }
    if (maybe()) made->unused.push_back({number(), finding()});
    if (maybe()) made->hidden.push_back(finding());
    if (maybe())
      made->entries.push_back(
          {number(),
           {std::string(32, 'c'), "ptr-missing", {audit::TargetKind::vantage, text()}, text(), {}}});
    return made;
  }

  std::mt19937 engine_;
};

std::string complaint(const std::string& text) {
  const auto read = report::read_report("report.json", text);
  return read ? std::string() : read.error().message;
}

}  // namespace

TEST_CASE("a report that was read is written again as it was") {
  for (unsigned seed = 0; seed < 500; ++seed) {
    CAPTURE(seed);
    const auto written = report::render_json(Random(seed).document());
    const auto read = report::read_report("report.json", written);
    REQUIRE_MESSAGE(read.has_value(), complaint(written));
    CHECK(report::render_json(*read) == written);
    if (seed < 50)
      CHECK(report::test::complaints(SCHEMAS "report.schema.json", nlohmann::json::parse(written)) == "");
  }
}

TEST_CASE("a hostile report is read as it stands") {
  auto sample = test::hostile_sample();
  sample.command = "check";
  const auto written = report::render_json(sample);
  const auto read = report::read_report("report.json", written);
  REQUIRE(read.has_value());
  CHECK(report::render_json(*read) == written);
}

TEST_CASE("a report of before there was a command in it has one, by whom it asked") {
  auto made = Random(1).document();
  made.command.clear();
  made.vantages.clear();
  const auto linted = report::read_report("report.json", report::render_json(made));
  REQUIRE(linted.has_value());
  CHECK(linted->command == "lint");
  const auto checked = report::read_report("report.json", report::render_json(Random(1).document()));
  REQUIRE(checked.has_value());
  CHECK(checked->command.starts_with("check"));
}

TEST_CASE("whatever is cut out of a report, the rest is read or refused with a place") {
  const auto written = report::render_json(Random(3).document());
  for (std::size_t at = 0; at + 2 < written.size(); at += 7) {
    const auto said = complaint(written.substr(0, at));
    CHECK_MESSAGE(said.starts_with("report.json"), at);
  }
  std::mt19937 engine(5);
  for (int round = 0; round < 2000; ++round) {
    auto changed = written;
    const auto at = std::uniform_int_distribution<std::size_t>(0, changed.size() - 1)(engine);
    changed[at] = "\"{}[]:,019-xe"[std::uniform_int_distribution<std::size_t>(0, 12)(engine)];
    const auto read = report::read_report("report.json", changed);
    if (read) CHECK_FALSE(report::render_json(*read).empty());
  }
}

TEST_CASE("a report of an older version has no ends of places") {
  auto json = nlohmann::ordered_json::parse(report::render_json(test::sample()));
  for (auto& finding : json["findings"]) {
    finding["location"].erase("end_line");
    finding["location"].erase("end_column");
  }
  json["summary"].erase("baseline");
  const auto read = report::read_report("report.json", json.dump());
  REQUIRE(read.has_value());
  CHECK(read->findings[0].location.end_line == 3);
  CHECK(read->findings[0].location.end_column == 5);
}

TEST_CASE("a list of times that would fill the memory is refused") {
  Document document = test::sample();
  document.part = std::make_shared<Document::Part>();
  document.part->vantages.resize(1);
  document.part->vantages[0].notes.cold_us = {5};
  auto written = report::render_json(document);
  const auto at = written.find("\"cold_us\"");
  const auto one = written.find('1', written.find('5', at));
  written.replace(one, 1, "4000000000");
  CHECK(complaint(written).find("cold_us has something in it that is no time with its count") !=
        std::string::npos);
}
