// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "report/formats.h"
#include "report/sample.h"
#include "report/schema_check.h"

using namespace rdnsgate;
using nlohmann::json;

namespace {

json rendered(const report::Document& document) {
  json log = json::parse(report::render_sarif(document));
  CHECK(report::test::complaints(AUTHORITY "sarif-2.1.0.json", log) == "");
  CHECK(log["runs"].size() == 1);
  return log["runs"][0];
}

}  // namespace

TEST_CASE("SARIF: the schema is strict enough to notice") {
  json log = json::parse(report::render_sarif(test::sample()));
  SUBCASE("no message") { log["runs"][0]["results"][0].erase("message"); }
  SUBCASE("a level that there is not") { log["runs"][0]["results"][0]["level"] = "fatal"; }
  SUBCASE("a member of our own outside of properties") {
    log["runs"][0]["results"][0]["certainty"] = "confirmed";
  }
  CHECK(report::test::complaints(AUTHORITY "sarif-2.1.0.json", log) != "");
}

TEST_CASE("SARIF: what GitHub requires of a result") {
  auto document = test::sample();
  document.findings[0].location = {"./dns/in ventory.yaml", 3, 5, 3, 15};
  const json run = rendered(document);
  CHECK(run["automationDetails"]["id"] == "rdnsgate/inventory.yaml/");
  CHECK(run["columnKind"] == "unicodeCodePoints");
  const json& result = run["results"][0];
  CHECK(result["ruleId"] == "ptr-mismatch");
  CHECK(result["level"] == "error");
  CHECK(result["message"]["text"] ==
        "192.0.2.10 points to old.example, not to mx1.example. Fix: set the PTR.");
  const json& where = result["locations"][0]["physicalLocation"];
  CHECK(where["artifactLocation"]["uri"] == "dns/in%20ventory.yaml");
  CHECK(where["region"] == json{{"startLine", 3}, {"startColumn", 5}, {"endLine", 3}, {"endColumn", 15}});
  CHECK(result["partialFingerprints"]["primaryLocationLineHash"] == std::string(32, 'b') + ":1");
  const json& rule = run["tool"]["driver"]["rules"][result["ruleIndex"].get<std::size_t>()];
  CHECK(rule["id"] == "ptr-mismatch");
}

TEST_CASE("SARIF: rules say what they are, with nothing for a viewer to interpret") {
  auto document = test::sample();
  document.rules.push_back(
      {"ptr-mismatch", "the PTR record holds another name",
       "# ptr-mismatch\n\nIt holds [another](ptr-extra.md) name.\n\n## How\n\nWrite {x} [once].\n",
       Severity::error});
  const json run = rendered(document);
  const json& rule = run["tool"]["driver"]["rules"][0];
  CHECK(rule["name"] == "PtrMismatch");
  CHECK(rule["shortDescription"]["text"] == "The PTR record holds another name.");
  CHECK(rule["fullDescription"]["text"] == "It holds another name.");
  CHECK(rule["help"]["markdown"] ==
        "# ptr-mismatch\n\nIt holds another name.\n\n## How\n\nWrite {x} [once].\n");
  CHECK(rule["properties"]["problem.severity"] == "error");
  for (const auto& each : run["tool"]["driver"]["rules"]) {
    for (const char* text : {"shortDescription", "fullDescription", "help"}) {
      const auto length = each[text]["text"].get<std::string>().size();
      CHECK(length > 0);
      CHECK(length <= 1024);
    }
  }
}

TEST_CASE("SARIF: braces and links in a message are text (sections 3.11.5 and 3.11.6)") {
  auto document = test::sample();
  document.findings[0].said = "{0} [click](http://evil.example)";
  document.findings[0].fix.clear();
  CHECK(rendered(document)["results"][0]["message"]["text"] == "{{0}} [click] (http://evil.example).");
}

TEST_CASE("SARIF: waived is suppressed, with the reason") {
  const json result = rendered(test::sample())["results"][1];
  CHECK(result["ruleId"] == "ptr-generic");
  CHECK(result["suppressions"][0]["kind"] == "external");
  CHECK(result["suppressions"][0]["justification"] == "decommissioned in May");
  auto document = test::sample();
  document.findings[1].waived_inline = true;
  CHECK(rendered(document)["results"][1]["suppressions"][0]["kind"] == "inSource");
}

TEST_CASE("SARIF: what could not be determined is no result") {
  auto document = test::sample();
  const json run = rendered(document);
  CHECK(run["results"].size() == 2);
  const json& invocation = run["invocations"][0];
  CHECK(invocation["executionSuccessful"] == false);
  const json& said = invocation["toolExecutionNotifications"][0];
  CHECK(said["message"]["text"] == "inconclusive: it timed out.");
  CHECK(said["associatedRule"]["id"] == "ptr-lookup-failed");
  CHECK(said["level"] == "error");
  const json& descriptors = run["tool"]["driver"]["notifications"];
  CHECK(descriptors[said["descriptor"]["index"].get<std::size_t>()]["id"] == said["descriptor"]["id"]);
  document.findings[2].effect = audit::Effect::none;
  const json harmless = rendered(document)["invocations"][0];
  CHECK(harmless["executionSuccessful"] == true);
  CHECK(harmless["toolExecutionNotifications"][0]["level"] == "note");
}

TEST_CASE("SARIF: trouble with a file is a result, and the run no success") {
  auto document = test::sample();
  document.findings.resize(1);
  document.findings[0].rule = "inventory-syntax";
  document.unusable = true;
  const json run = rendered(document);
  CHECK(run["invocations"][0]["executionSuccessful"] == false);
  CHECK(run["results"][0]["ruleId"] == "inventory-syntax");
  CHECK(run["tool"]["driver"]["rules"][0]["id"] == "inventory-syntax");
}

TEST_CASE("SARIF: the gravest first, and no more than a run may have") {
  auto document = test::sample();
  auto finding = document.findings[0];
  finding.severity = Severity::info;
  document.findings.assign(25010, finding);
  document.findings.back().severity = Severity::error;
  document.findings[25008].severity = Severity::warning;
  // Read as text: a parsed log of this size takes most of the time of all these tests.
  const std::string log = report::render_sarif(document);
  std::vector<std::string> levels;
  for (std::size_t at = log.find("\"results\""); (at = log.find("\"level\": \"", at)) != std::string::npos;) {
    at += 10;
    levels.push_back(log.substr(at, log.find('"', at) - at));
  }
  REQUIRE(levels.size() == 25000);
  CHECK(levels[0] == "error");
  CHECK(levels[1] == "warning");
  CHECK(levels[2] == "note");
  CHECK(levels.back() == "note");
  CHECK(log.find("10 results are left out, those that weigh least: a run may have 25000.") !=
        std::string::npos);
  CHECK(log.find(std::string(32, 'b') + ":25000\"") != std::string::npos);
}

TEST_CASE("SARIF: the record is the place, and the inventory's line a related one") {
  auto document = test::sample();
  CHECK_FALSE(rendered(document)["results"][0].contains("relatedLocations"));
  document.findings[0].record = report::Document::Location{"zones/a.zone", 7, 1, 7, 9};
  const json result = rendered(document)["results"][0];
  CHECK(result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"] == "zones/a.zone");
  const json& related = result["relatedLocations"][0];
  CHECK(related["physicalLocation"]["artifactLocation"]["uri"] == "inventory.yaml");
  CHECK(related["physicalLocation"]["region"]["startLine"] == 3);
  CHECK(related["message"]["text"] == "The inventory declares it here.");
}

TEST_CASE("SARIF: a category for each command, or the one that is given") {
  auto document = test::sample();
  document.command = "check-zone-files";
  CHECK(rendered(document)["automationDetails"]["id"] == "rdnsgate/check-zone-files/inventory.yaml/");
  document.category = "nightly of us";
  CHECK(rendered(document)["automationDetails"]["id"] == "nightly%20of%20us/");
}

TEST_CASE("SARIF: addresses of pages only where there are some") {
  auto document = test::sample();
  document.rules.push_back({"ptr-mismatch", "another name", "# x\n\nIt is.\n", Severity::error, {}, {}});
  CHECK_FALSE(rendered(document)["tool"]["driver"].contains("informationUri"));
  CHECK_FALSE(rendered(document)["tool"]["driver"]["rules"][0].contains("helpUri"));
  document.homepage = "https://dns.example/rdnsgate";
  document.rules[0].page_url = "https://dns.example/rdnsgate/docs/rules/ptr-mismatch.md";
  const json driver = rendered(document)["tool"]["driver"];
  CHECK(driver["informationUri"] == "https://dns.example/rdnsgate");
  CHECK(driver["rules"][0]["helpUri"] == "https://dns.example/rdnsgate/docs/rules/ptr-mismatch.md");
}
