// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "base/text/escape.h"
#include "report/formats.h"
#include "report/sample.h"
#include "report/schema_check.h"

using namespace rdnsgate;
using nlohmann::json;

namespace {

std::string complaints(const json& document) {
  return report::test::complaints(SCHEMAS "report.schema.json", document);
}

}  // namespace

TEST_CASE("the JSON report is what its schema says") {
  CHECK(complaints(json::parse(report::render_json(test::sample()))) == "");
  CHECK(complaints(json::parse(report::render_json({}))) == "");
}

TEST_CASE("the schema is strict enough to notice") {
  json document = json::parse(report::render_json(test::sample()));
  SUBCASE("a missing field") { document["findings"][0].erase("fingerprint"); }
  SUBCASE("a new field that the schema does not describe") { document["surprise"] = 1; }
  SUBCASE("a severity that there is not") { document["findings"][0]["severity"] = "fatal"; }
  SUBCASE("a local time") { document["started_at"] = "2027-01-01 00:00:00"; }
  CHECK(complaints(document) != "");
}

TEST_CASE("fields that scripts rely on") {
  const json document = json::parse(report::render_json(test::sample()));
  CHECK(document["schema"] == "rdnsgate/report/1");
  CHECK(document["verdict"] == "fail");
  CHECK(document["summary"]["errors"] == 1);
  CHECK(document["findings"][0]["target"]["kind"] == "address");
  CHECK(document["findings"][0]["clears_at"].is_null());
  CHECK(document["findings"][0]["values"]["names"] == json{"old.example"});
  CHECK(document["findings"][1]["waiver_reason"] == "decommissioned in May");
  CHECK(document["findings"][2]["certainty"] == "inconclusive");
}

TEST_CASE("values of a finding keep their kinds, and numbers name their units") {
  auto document = test::sample();
  document.findings.resize(1);
  document.findings[0].values = {{"helo", "mx1.example"},
                                 {"count", 3u},
                                 {"ttl", seconds(300)},
                                 {"p95", milliseconds(812)},
                                 {"expires_at", parse_time("2027-05-31T08:00:00Z").value()},
                                 {"names", audit::list_of(std::vector<std::string>(100, "a"))},
                                 {"ptr", ""},
                                 {"addresses", audit::List{}}};
  const json written = json::parse(report::render_json(document));
  CHECK(complaints(written) == "");
  const json& values = written["findings"][0]["values"];
  CHECK(values["names"].size() == audit::List::most_kept);
  json rest = values;
  rest.erase("names");
  CHECK(rest == json{{"helo", "mx1.example"},
                     {"count", 3},
                     {"ttl_s", 300},
                     {"p95_ms", 812},
                     {"expires_at", "2027-05-31T08:00:00Z"},
                     {"names_total", 100}});
  document.findings[0].values = {};
  CHECK_FALSE(json::parse(report::render_json(document))["findings"][0].contains("values"));
}

TEST_CASE("hostile text stays data, and what is not UTF-8 does not end the run") {
  const std::string text = report::render_json(test::hostile_sample());
  const json document = json::parse(text);
  CHECK(complaints(document) == "");
  CHECK(document["findings"][0]["message"].get<std::string>().find("]]>") != std::string::npos);
  CHECK(text.find('\x1b') == std::string::npos);
}

TEST_CASE("the text is what one dump of the whole document would be") {
  for (const auto& document : {test::sample(), test::hostile_sample(), report::Document()}) {
    const std::string text = report::render_json(document);
    CHECK(harmless_json(nlohmann::ordered_json::parse(text).dump(2)) + "\n" == text);
  }
}

TEST_CASE("the record's line is a field of its own, and the location stays the inventory's") {
  auto document = test::sample();
  CHECK_FALSE(json::parse(report::render_json(document))["findings"][0].contains("record"));
  document.findings[0].record = report::Document::Location{"zones/a.zone", 7, 2, 7, 9};
  const json written = json::parse(report::render_json(document));
  CHECK(complaints(written) == "");
  CHECK(written["findings"][0]["record"] == json{{"path", "zones/a.zone"}, {"line", 7}, {"column", 2}, {"end_line", 7}, {"end_column", 9}});
  CHECK(written["findings"][0]["location"]["path"] == "inventory.yaml");
}
