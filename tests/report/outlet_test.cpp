// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/outlet.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/text/escape.h"
#include "report/formats.h"
#include "report/sample.h"

using namespace rdnsgate;
using report::Outlet;

namespace {

constexpr std::size_t portion = std::size_t{1} << 16;

/// The sample's findings again and again.
report::Document many(std::size_t count) {
  auto document = test::sample();
  const auto findings = document.findings;
  document.findings.clear();
  for (std::size_t i = 0; i < count; ++i) {
    auto finding = findings[i % findings.size()];
    finding.target.id = fmt::format("192.0.{}.{}", i / 250, i % 250);
    document.findings.push_back(std::move(finding));
  }
  return document;
}

struct Pieces {
  std::string all;
  std::size_t largest = 0, count = 0;
};

Pieces written(const report::Format& format, const report::Document& document) {
  Pieces pieces;
  Outlet out([&](std::string_view piece) {
    pieces.all += piece;
    pieces.largest = std::max(pieces.largest, piece.size());
    ++pieces.count;
    return true;
  });
  format.write(document, {.view = {.by = report::GroupBy::none}}, out);
  CHECK(out.finish());
  return pieces;
}

/// As a JSON library lays it out.
std::string laid_out(const std::string& text) {
  return harmless_json(nlohmann::ordered_json::parse(text).dump(2)) + "\n";
}

}  // namespace

TEST_CASE("reports go on in pieces, each a small part of the whole") {
  auto document = many(5000);
  // What is inconclusive is in the head of a SARIF log, which has a limit of its own.
  std::erase_if(document.findings, [](const auto& one) { return one.certainty == audit::Certainty::inconclusive; });
  for (const std::string_view name : {"text", "json", "sarif", "gitlab", "junit"}) {
    CAPTURE(name);
    const auto pieces = written(*report::find_format(name), document);
    CHECK(pieces.all.size() > 4 * portion);
    CHECK(pieces.largest < 2 * portion);
    CHECK(pieces.all.ends_with('\n'));
  }
}

TEST_CASE("reports in JSON are laid out as JSON libraries do, whatever is in them") {
  for (const auto& document : {report::Document(), test::sample(), test::hostile_sample(), many(1000)}) {
    for (const std::string_view name : {"json", "sarif", "gitlab"}) {
      CAPTURE(name);
      const auto pieces = written(*report::find_format(name), document);
      CHECK(pieces.all == laid_out(pieces.all));
    }
  }
}

TEST_CASE("the blank line before a heading and before the summary is there, wherever a piece ends") {
  auto document = many(6000);
  for (std::size_t i = 0; i < document.findings.size(); ++i)
    document.findings[i].belongs = report::Document::Belongs{fmt::format("z{:04}.example", i / 2), {}, {}};
  const auto text = report::render_text(document, {.view = {.by = report::GroupBy::zone}});
  std::size_t headings = 0;
  for (auto at = text.find("zone z"); at != std::string::npos; at = text.find("zone z", at + 1), ++headings) {
    if (at > 0) REQUIRE(text.substr(at - 2, 2) == "\n\n");
    REQUIRE(text.substr(at - std::min<std::size_t>(at, 3), 3) != "\n\n\n");
  }
  CHECK(headings == 3000);
}

TEST_CASE("a sink that takes no more is given no more") {
  std::size_t calls = 0;
  Outlet out([&](std::string_view) { return ++calls < 2; });
  report::write_json(many(5000), out);
  CHECK_FALSE(out.finish());
  CHECK(calls == 2);
}
