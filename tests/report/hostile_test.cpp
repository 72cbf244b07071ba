// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/hostile.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <cstring>
#include <sstream>

#include "base/text/escape.h"
#include "report/formats.h"
#include "report/schema_check.h"
#include "report/xml_check.h"

using namespace rdnsgate;
using nlohmann::json;

namespace {

constexpr unsigned documents = 40;

/// What a terminal or a log must never see of foreign text, line ends apart.
bool is_harmless(std::string_view text) {
  std::string lines(text);
  std::erase(lines, '\n');
  return escape_terminal(lines) == lines;
}

/// As GitHub's runner reads a workflow command (actions/runner, ActionCommand.cs): the properties in front of
/// the second pair of colons, separated by commas.
bool is_annotation(std::string_view line, std::size_t wanted_properties) {
  const auto named = [&](std::string_view command) { return line.starts_with(command); };
  if (!named("::error ") && !named("::warning ") && !named("::notice ")) return false;
  const std::size_t end = line.find("::", 2);
  if (end == std::string_view::npos) return false;
  const auto properties = line.substr(0, end);
  const auto count = std::count(properties.begin(), properties.end(), ',') + 1;
  return static_cast<std::size_t>(count) == wanted_properties &&
         properties.find('\n') == std::string_view::npos;
}

}  // namespace

TEST_CASE("hostile text breaks no JSON format") {
  const report::test::SchemaFile ours(SCHEMAS "report.schema.json"), sarif(AUTHORITY "sarif-2.1.0.json");
  for (unsigned seed = 0; seed < documents; ++seed) {
    CAPTURE(seed);
    const auto document = test::HostileText(seed).document();
    const json parsed = json::parse(report::render_json(document));
    REQUIRE(ours.complaints(parsed) == "");
    REQUIRE(parsed["findings"].size() == document.findings.size());

    const std::string text = report::render_sarif(document);
    REQUIRE(is_harmless(text));
    const json log = json::parse(text);
    REQUIRE(sarif.complaints(log) == "");
    const auto& run = log["runs"][0];
    REQUIRE(run["results"].size() + run["invocations"][0]["toolExecutionNotifications"].size() ==
            document.findings.size() + document.changed_since->weakened.size());
    for (const auto& result : run["results"]) {
      const auto uri =
          result["locations"][0]["physicalLocation"]["artifactLocation"]["uri"].get<std::string>();
      REQUIRE(
          uri.find_first_not_of("abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789-._~/%:") ==
          std::string::npos);
      REQUIRE(result["message"]["text"].get<std::string>().find("](") == std::string::npos);
    }

    const std::string quality = report::render_gitlab(document);
    REQUIRE(is_harmless(quality));
    std::set<std::string> fingerprints;
    for (const auto& entry : json::parse(quality))
      fingerprints.insert(entry["fingerprint"].get<std::string>());
    const auto open = std::count_if(document.findings.begin(), document.findings.end(),
                                    [](const auto& f) { return f.status == audit::Status::open; });
    REQUIRE(fingerprints.size() == static_cast<std::size_t>(open) + document.changed_since->weakened.size());
  }
}

TEST_CASE("hostile text breaks no XML") {
  report::test::XmlFolder folder;
  std::size_t cases = 0;
  for (unsigned seed = 0; seed < documents; ++seed) {
    const auto document = test::HostileText(seed).document();
    const std::string text = report::render_junit(document);
    CHECK(is_harmless(text));
    for (std::size_t at = 0; (at = text.find("<testcase ", at)) != std::string::npos; ++at) ++cases;
    folder.add(text);
  }
  CHECK(folder.complaints(AUTHORITY "jenkins-junit.xsd") == "");
  // Nothing of the text has become an element of its own.
  std::istringstream counts(folder.evaluate("count(/testsuites/testsuite/testcase)"));
  std::size_t parsed = 0;
  for (std::size_t count = 0; counts >> count;) parsed += count;
  CHECK(parsed == cases);
}

TEST_CASE("hostile text adds no line to a format of lines") {
  for (unsigned seed = 0; seed < documents; ++seed) {
    CAPTURE(seed);
    const auto document = test::HostileText(seed).document();
    std::istringstream lines(report::render_github(document));
    std::size_t of_findings = 0, with_place = 0, others = 0;
    for (std::string line; std::getline(lines, line);) {
      REQUIRE(is_harmless(line));
      // One of the two that say what was weakened has a place; the count has none.
      const bool is_finding = is_annotation(line, 4), is_placed = is_annotation(line, 3);
      REQUIRE((is_finding || is_placed || is_annotation(line, 1)));
      ++(is_finding ? of_findings : is_placed ? with_place : others);
    }
    REQUIRE(of_findings > 0);
    REQUIRE(of_findings <= document.findings.size());  // not more of a level than GitHub shows
    REQUIRE(with_place == 1);
    REQUIRE(others == 2);

    const auto text = report::render_text(document, {.quiet = 1});
    REQUIRE(is_harmless(text));
    REQUIRE(static_cast<std::size_t>(std::count(text.begin(), text.end(), '\n')) ==
            document.findings.size() + document.changed_since->weakened.size());
    REQUIRE(is_harmless(report::render_text(document, {})));
  }
}

TEST_CASE("hostile text adds nothing to a page of Markdown") {
  for (unsigned seed = 0; seed < documents; ++seed) {
    CAPTURE(seed);
    const auto document = test::HostileText(seed).document();
    const std::string page = report::render_markdown(document);
    REQUIRE(is_harmless(page));
    REQUIRE(page.size() < 65536);
    std::istringstream lines(page);
    std::size_t rows = 0;
    for (std::string line; std::getline(lines, line);) {
      const bool is_row = line.starts_with("| ") && !line.starts_with("| | rule");
      rows += is_row ? 1 : 0;
      if (!is_row) continue;
      REQUIRE(std::count(line.begin(), line.end(), '|') == 5);
      for (const char* ours : {"<br>*reason:*", "<br>*fix:*"}) {
        if (const auto at = line.find(ours); at != std::string::npos) line.erase(at, std::strlen(ours));
      }
      REQUIRE(line.find_first_of("<>*_`[]\\@\"'") == std::string::npos);
    }
    const bool all = page.find("not shown here**") == std::string::npos;
    REQUIRE((all ? rows == document.findings.size() : rows < document.findings.size()));
  }
}
