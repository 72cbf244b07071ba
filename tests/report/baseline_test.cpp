// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/baseline.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "report/formats.h"
#include "report/hostile.h"
#include "report/schema_check.h"

using namespace rdnsgate;
using nlohmann::json;

namespace {

audit::Baseline of(const report::Document& document, bool only_known = false) {
  auto baseline = report::baseline_of_report("report.json", report::render_json(document), only_known);
  REQUIRE(baseline.has_value());
  return std::move(*baseline);
}

Result<audit::Baseline> read(std::string text) {
  Sources sources;
  const FileId file = sources.add("baseline.json", std::move(text));
  return report::read_baseline(file, sources);
}

}  // namespace

TEST_CASE("a baseline takes what is open and confirmed, and what it had") {
  auto document = test::sample();
  CHECK(of(document).entries.size() == 1);  // neither the waived one nor the one that timed out
  document.findings[2].status = audit::Status::baseline;
  CHECK(of(document).entries.size() == 2);
  CHECK(of(document, true).entries.size() == 1);
  document.findings[0].certainty = audit::Certainty::transient;
  CHECK(of(document).entries.size() == 1);
  document.findings[0] = test::sample().findings[0];
  document.findings[0].rule = "hygiene-waiver-expired";
  CHECK(of(document).entries.size() == 1);
}

TEST_CASE("the baseline, whole: sorted, each entry once and on a line of its own") {
  auto document = test::sample();
  document.findings.push_back(document.findings[0]);
  auto first = document.findings[0];
  first.rule = "helo-missing";
  first.fingerprint = std::string(32, 'd');
  document.findings.push_back(first);
  auto baseline = of(document);
  CHECK(report::render_baseline(baseline) ==
        R"({
  "schema": "rdnsgate/baseline/1",
  "findings": [
    {"rule":"helo-missing","target":{"kind":"address","id":"192.0.2.10"},"expected":"mx1.example","fingerprint":"dddddddddddddddddddddddddddddddd"},
    {"rule":"ptr-mismatch","target":{"kind":"address","id":"192.0.2.10"},"expected":"mx1.example","fingerprint":"bbbbbbbbbbbbbbbbbbbbbbbbbbbbbbbb"}
  ]
}
)");
  audit::Baseline none;
  CHECK(json::parse(report::render_baseline(none))["findings"].empty());
}

TEST_CASE("what was written is read again, with its places, whatever the texts are") {
  const report::test::SchemaFile schema(SCHEMAS "baseline.schema.json");
  for (unsigned seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    auto document = test::HostileText(seed).document();
    unsigned n = 0;
    for (auto& finding : document.findings)
      finding.fingerprint = std::string(28, 'a') + std::to_string(1000 + n++);
    auto baseline = of(document);
    const std::string text = report::render_baseline(baseline);
    REQUIRE(schema.complaints(json::parse(text)) == "");
    REQUIRE(std::count(text.begin(), text.end(), '\n') ==
            static_cast<std::ptrdiff_t>(baseline.entries.size() + 5));
    Sources sources;
    const FileId file = sources.add("b.json", text);
    const auto again = report::read_baseline(file, sources);
    REQUIRE(again.has_value());
    REQUIRE(again->entries.size() == baseline.entries.size());
    for (std::size_t i = 0; i < again->entries.size(); ++i) {
      REQUIRE(again->entries[i] == baseline.entries[i]);
      REQUIRE(sources.text(again->entries[i].at) == baseline.entries[i].fingerprint);
      REQUIRE(sources.locate(again->entries[i].at).line == i + 4);
    }
  }
}

TEST_CASE("JSON that would cost memory or that no double can hold is refused with its place") {
  CHECK(read("{\n \"schema\": 1e400}").error().message == "baseline.json:2:16: this number is out of range");
  CHECK(read(std::string(400'000, '[')).error().message ==
        "baseline.json:1:65: lists and objects lie more than 64 deep in each other here");
}

TEST_CASE("what is no baseline is refused with the reason") {
  CHECK(read("{").error().message == "baseline.json:1:2: this is not JSON");
  CHECK(read("[]").error().message == "baseline.json is no baseline");
  CHECK(read(report::render_json(test::sample())).error().message == "baseline.json is no baseline");
  CHECK(read(R"({"schema": "rdnsgate/baseline/2"})").error().message ==
        "baseline.json is of another version: rdnsgate/baseline/2");
  CHECK(read(R"({"schema": "rdnsgate/baseline/1"})").error().message ==
        "baseline.json has no list \"findings\"");
  CHECK(read(R"({"schema": "rdnsgate/baseline/1", "findings": [{"rule": "x"}]})").error().message ==
        "baseline.json: entry 1 lacks its rule, target or fingerprint");
  CHECK(
      read(
          R"({"schema": "rdnsgate/baseline/1", "findings": [{"rule": "x", "target": 7, "fingerprint": "y"}]})")
          .error()
          .message == "baseline.json: entry 1 lacks its rule, target or fingerprint");
}

TEST_CASE("what is no report, or judged nothing, makes no baseline") {
  const auto refused = [](std::string_view text) {
    return report::baseline_of_report("r.json", text, false).error().message;
  };
  CHECK(refused("") == "r.json:1:1: this is not JSON");
  CHECK(refused("{}") == "r.json is no report");
  CHECK(refused(R"({"schema": "rdnsgate/report/1"})") == "r.json is no whole report");
  auto document = test::sample();
  document.inventory_sha256.clear();
  CHECK(refused(report::render_json(document)) ==
        "r.json has judged nothing: its inventory could not be read");
}
