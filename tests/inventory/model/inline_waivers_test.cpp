// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/inline_waivers.h"

#include <doctest/doctest.h>

#include <array>

using namespace rdnsgate;

namespace {

constexpr std::array<std::string_view, 2> rules{"ptr-generic", "ptr-missing"};

struct Read {
  explicit Read(std::string text) : file(sources.add("inventory.yaml", std::move(text))) {
    inventory::add_inline_waivers(file, sources, rules, inventory, problems);
  }
  std::string_view line(std::size_t waiver) const { return sources.text(*inventory.waivers.at(waiver).line); }

  Sources sources;
  FileId file;
  inventory::Inventory inventory;
  Diagnostics problems;
};

std::string problem(const std::string& text) {
  const Read read(text);
  REQUIRE(read.inventory.waivers.empty());
  REQUIRE(read.problems.size() == 1);
  return read.problems[0].message;
}

}  // namespace

TEST_CASE("a waiver behind what it is about") {
  const Read read(
      "a: [\n  192.0.2.40, # rdnsgate: allow ptr-generic until 2027-01-31, it goes, in May \n]\n");
  CHECK(read.problems.empty());
  REQUIRE(read.inventory.waivers.size() == 1);
  const auto& waiver = read.inventory.waivers[0];
  CHECK(waiver.rule == "ptr-generic");
  CHECK(waiver.reason == "it goes, in May");
  CHECK(waiver.expires == parse_date("2027-02-01").value());
  CHECK(waiver.target == "192.0.2.40,");
  CHECK(read.line(0).starts_with("  192.0.2.40, #"));
  CHECK(read.sources.text(waiver.at) == "ptr-generic");
  CHECK(read.sources.text(waiver.expires_at) == "2027-01-31");
}

TEST_CASE("waivers above what they are about, one above the other, and several rules in one") {
  const Read read(
      "# rdnsgate: allow ptr-generic until 2027-01-31, x\r\n"
      "  # something else\n"
      "#rdnsgate:allow ptr-missing , ptr-generic until 2027-01-31 y\n"
      "- ip: 192.0.2.40\n");
  CHECK(read.problems.empty());
  REQUIRE(read.inventory.waivers.size() == 3);
  for (std::size_t i = 0; i < 3; ++i) CHECK(read.line(i) == "- ip: 192.0.2.40");
  CHECK(read.inventory.waivers[0].reason == "x");
  CHECK(read.inventory.waivers[1].rule == "ptr-missing");
  CHECK(read.inventory.waivers[2].reason == "y");
}

TEST_CASE("a waiver above nothing is about nothing") {
  CHECK(Read("a: 1\n# rdnsgate: allow ptr-generic until 2027-01-31, x").line(0).empty());
  const Read blank("# rdnsgate: allow ptr-generic until 2027-01-31, x\n\na: 1\n");
  CHECK(blank.inventory.waivers.at(0).target == "an empty line");
}

TEST_CASE("text that only looks like a comment waives nothing") {
  const Read read(
      "a: 'x # rdnsgate: allow ptr-generic until 2027-01-31, x'\n"
      "b: |\n  # rdnsgate: allow ptr-generic until 2027-01-31, x\n"
      "c: x#rdnsgate: allow ptr-generic until 2027-01-31, x\n"
      "d: 1 # see rdnsgate: allow ptr-generic until 2027-01-31, x\n");
  CHECK(read.problems.empty());
  CHECK(read.inventory.waivers.empty());
}

TEST_CASE("a waiver that is not whole is a problem, with its place") {
  CHECK(problem("a: 1 # rdnsgate:") == "this comment to rdnsgate is empty");
  CHECK(problem("a: 1 # rdnsgate: alow ptr-generic until 2027-01-31, x") ==
        "there is no instruction \"alow\"");
  CHECK(problem("a: 1 # rdnsgate: allow") == "the waiver names no rule");
  CHECK(problem("a: 1 # rdnsgate: allow until 2027-01-31, x") == "the waiver names no rule");
  CHECK(problem("a: 1 # rdnsgate: allow ptr-generic,") == "the waiver names no rule");
  CHECK(problem("a: 1 # rdnsgate: allow ptr-generic, legacy") == "the waiver has no end");
  CHECK(problem("a: 1 # rdnsgate: allow ptr-generic until 2027-01-31") == "the waiver has no reason");
  CHECK(problem("a: 1 # rdnsgate: allow ptr-generic until 2027-01-31, \t") == "the waiver has no reason");
  CHECK(problem("a: 1 # rdnsgate: allow ptr-generc until 2027-01-31, x") ==
        "there is no rule called \"ptr-generc\"");
  CHECK(problem("a: 1 # rdnsgate: allow ptr-generic until 2027-02-30, x").find("2027-02-30") !=
        std::string::npos);
  const Read read("a: 1 # rdnsgate: allow ptr-generc until 2027-01-31, x");
  CHECK(read.problems[0].hint == "did you mean \"ptr-generic\"?");
  CHECK(read.sources.text(read.problems[0].at) == "ptr-generc");
}

TEST_CASE("a line has no more waivers in comments than its findings can be held against") {
  std::string text;
  for (int i = 0; i < 200; ++i) text += "# rdnsgate: allow ptr-generic until 2027-01-31, x\n";
  CHECK(Read(text + "- ip: 192.0.2.40\n").problems.empty());
  const Read over("# rdnsgate: allow ptr-generic until 2027-01-31, x\n" + text + "- ip: 192.0.2.40\n");
  REQUIRE(over.problems.size() == 1);
  CHECK(over.problems[0].message == "more than 200 waivers in comments for one line");
}
