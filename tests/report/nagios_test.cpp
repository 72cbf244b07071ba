// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>
#include <regex>
#include <sstream>

#include "report/formats.h"
#include "report/hostile.h"
#include "report/sample.h"

using namespace rdnsgate;
using report::PluginState;

namespace {

/// A report with one open finding that does this, and nothing else.
report::Document with(Severity severity, audit::Effect effect, audit::Verdict verdict) {
  auto document = test::sample();
  document.findings.resize(1);
  document.findings[0].severity = severity;
  document.findings[0].effect = effect;
  document.verdict = verdict;
  document.summary.errors = severity == Severity::error ? 1 : 0;
  document.summary.warnings = severity == Severity::warning ? 1 : 0;
  document.summary.infos = severity == Severity::info ? 1 : 0;
  document.summary.inconclusive = document.summary.waived = 0;
  return document;
}

std::vector<std::string> lines_of(const std::string& text) {
  std::vector<std::string> lines;
  std::istringstream in(text);
  for (std::string line; std::getline(in, line);) lines.push_back(line);
  return lines;
}

}  // namespace

TEST_CASE("nagios: a line with the state and figures, and the open findings behind it, the gravest first") {
  auto document = test::sample();
  std::reverse(document.findings.begin(), document.findings.end());
  document.finished_at += seconds(7);
  document.summary.unanswered = 1;
  CHECK(report::render_nagios(document) ==
        "RDNSGATE CRITICAL - 1 error, 0 warnings, 1 inconclusive, 1 waived in 2 addresses: 192.0.2.10 points "
        "to "
        "old.example, not to mx1.example | errors=1;;0;0 warnings=0;0;;0 inconclusive=1;;;0 waived=1;;;0 "
        "addresses=2;;;0 questions=5;;;0 unanswered=1;;;0 time=7s;;;0\n"
        "error: 192.0.2.10 points to old.example, not to mx1.example [ptr-mismatch]\n"
        "warning: inconclusive: it timed out [ptr-lookup-failed]\n");
}

TEST_CASE("nagios: the state is that of the run, and of warnings that do not fail it") {
  using audit::Effect;
  using audit::Verdict;
  const auto state = [](Severity severity, Effect effect, Verdict verdict) {
    return report::plugin_state(with(severity, effect, verdict));
  };
  CHECK(state(Severity::error, Effect::fails, Verdict::fail) == PluginState::critical);
  CHECK(state(Severity::error, Effect::none, Verdict::pass) == PluginState::warning);  // in caches alone
  CHECK(state(Severity::warning, Effect::none, Verdict::pass) == PluginState::warning);
  CHECK(state(Severity::warning, Effect::fails, Verdict::fail) == PluginState::warning);  // --fail-on warning
  CHECK(state(Severity::info, Effect::fails, Verdict::fail) == PluginState::warning);
  CHECK(state(Severity::info, Effect::none, Verdict::pass) == PluginState::ok);
  CHECK(state(Severity::warning, Effect::leaves_open, Verdict::inconclusive) == PluginState::unknown);
  // What could not be asked may be worse than the warning that is known.
  auto document = with(Severity::warning, Effect::fails, Verdict::fail);
  document.findings.push_back(document.findings[0]);
  document.findings[1].effect = Effect::leaves_open;
  CHECK(report::plugin_state(document) == PluginState::unknown);
  document.findings[0].severity = Severity::error;
  CHECK(report::plugin_state(document) == PluginState::critical);
  // A deadline that passed leaves the run open, and is no finding of a subject.
  document = with(Severity::info, Effect::none, Verdict::inconclusive);
  CHECK(report::plugin_state(document) == PluginState::unknown);
}

TEST_CASE("nagios: of what cannot be judged nothing is known") {
  auto document = test::sample();
  document.unusable = true;
  CHECK(report::plugin_state(document) == PluginState::unknown);
  CHECK(lines_of(report::render_nagios(document))[0].starts_with(
      "RDNSGATE UNKNOWN - nothing was judged: 192.0.2.10 points to old.example"));
  CHECK(report::plugin_line(PluginState::unknown, "no file | <b>\n") ==
        "RDNSGATE UNKNOWN - no file / (b)\\x0a\n");
}

TEST_CASE("nagios: what is waived is counted and not listed, and so are notes") {
  auto document = with(Severity::info, audit::Effect::none, audit::Verdict::pass);
  document.findings.push_back(test::sample().findings[1]);
  CHECK(lines_of(report::render_nagios(document)).size() == 1);
}

TEST_CASE("nagios: NRPE has room for what it shows, and the rest is counted") {
  auto document = test::sample();
  document.findings.assign(5000, document.findings[0]);
  CHECK(lines_of(report::render_nagios(document)).size() == 22);
  CHECK(lines_of(report::render_nagios(document)).back() == "and 4980 more");
  for (auto& finding : document.findings) finding.said = std::string(2000, 'x');
  const auto text = report::render_nagios(document);
  CHECK(text.size() < 4096);
  const auto lines = lines_of(text);
  CHECK(lines.back() == "and " + std::to_string(5000 - (lines.size() - 2)) + " more");
}

TEST_CASE("nagios: hostile text ends no line, and begins no performance data") {
  const std::regex head(
      R"(RDNSGATE (OK|WARNING|CRITICAL|UNKNOWN) - [^|<>]* \| ([a-z]+=\d+s?;\d*;\d*;\d+ ?)+)");
  for (unsigned seed = 0; seed < 40; ++seed) {
    CAPTURE(seed);
    const auto text = report::render_nagios(test::HostileText(seed).document());
    REQUIRE(text.size() < 4096);
    const auto lines = lines_of(text);
    REQUIRE(std::regex_match(lines[0], head));
    for (std::size_t i = 1; i < lines.size(); ++i) {
      REQUIRE(lines[i].find_first_of("|<>") == std::string::npos);
      REQUIRE((lines[i].starts_with("error: ") || lines[i].starts_with("warning: ") ||
               lines[i].starts_with("and ")));
    }
  }
}
