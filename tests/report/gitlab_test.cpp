// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <nlohmann/json.hpp>

#include "report/formats.h"
#include "report/sample.h"

using namespace rdnsgate;
using nlohmann::json;

TEST_CASE("Code Quality: what GitLab documents, of open findings") {
  const json report = json::parse(report::render_gitlab(test::sample()));
  REQUIRE(report.size() == 2);
  CHECK(report[0] ==
        json{{"description",
              "ptr-mismatch: 192.0.2.10 points to old.example, not to mx1.example; fix: set the PTR"},
             {"check_name", "ptr-mismatch"},
             {"fingerprint", std::string(32, 'b')},
             {"severity", "major"},
             {"location", {{"path", "inventory.yaml"}, {"lines", {{"begin", 3}}}}}});
  CHECK(report[1]["description"] == "ptr-lookup-failed: inconclusive: it timed out");
  CHECK(report[1]["severity"] == "info");
}

TEST_CASE("Code Quality: an empty run is an empty list") { CHECK(report::render_gitlab({}) == "[]\n"); }

TEST_CASE("Code Quality: a path is one of the repository, wherever the run was started") {
  auto document = test::sample();
  document.place = {"/repository", "dns/mail"};
  const auto path_of = [&](const char* path) {
    document.findings[0].location.path = path;
    return json::parse(report::render_gitlab(document))[0]["location"]["path"].get<std::string>();
  };
  CHECK(path_of("inventory.yaml") == "dns/mail/inventory.yaml");
  CHECK(path_of("./inventory.yaml") == "dns/mail/inventory.yaml");
  CHECK(path_of("../hosts/a.yaml") == "dns/hosts/a.yaml");
  CHECK(path_of("/repository/hosts/a.yaml") == "hosts/a.yaml");
  CHECK(path_of("../../../elsewhere.yaml") == "/elsewhere.yaml");
  CHECK(path_of("<stdin>") == "<stdin>");
}

TEST_CASE("Code Quality: findings that share a fingerprint get one each, the same in every run") {
  auto document = test::sample();
  document.findings[2].fingerprint = document.findings[0].fingerprint;
  const json first = json::parse(report::render_gitlab(document));
  CHECK(first[0]["fingerprint"] == std::string(32, 'b'));
  CHECK(first[1]["fingerprint"] != first[0]["fingerprint"]);
  CHECK(json::parse(report::render_gitlab(document)) == first);
}

TEST_CASE("an issue stands at the record where there is one, to be seen in the diff") {
  auto document = test::sample();
  document.findings[0].record = report::Document::Location{"zones/a.zone", 7, 1, 7, 9};
  const auto issue = nlohmann::json::parse(report::render_gitlab(document))[0];
  CHECK(issue["location"]["path"] == "zones/a.zone");
  CHECK(issue["location"]["lines"]["begin"] == 7);
}
