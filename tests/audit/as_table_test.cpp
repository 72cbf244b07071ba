// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/as_table.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <random>

using namespace rdnsgate;
using audit::AsTable;

namespace {

struct Read {
  AsTable table;
  Diagnostics problems;
  Sources sources;
  std::optional<std::uint32_t> of(std::string_view address) const {
    return table.of(IpAddress::parse(address).value());
  }
  /// `line: message`, one a line.
  std::string said() const {
    std::string out;
    for (const auto& problem : problems)
      out += fmt::format("{}: {}\n", sources.locate(problem.at).line, problem.message);
    return out;
  }
};

Read read(std::string text) {
  Read result;
  const auto file = result.sources.add("as.tsv", std::move(text));
  result.table = AsTable::read(result.sources, file, result.problems);
  return result;
}

}  // namespace

TEST_CASE("as table: ranges with a description behind, and prefixes with comments around") {
  const auto ranges = read(
      "1.0.0.0\t1.0.0.255\t13335\tUS\tCLOUDFLARENET - Cloud, \"Flare\"\r\n"
      "1.0.1.0\t1.0.3.255\t0\tNone\tNot routed\n"
      "2001:db8::\t2001:db8:ffff:ffff:ffff:ffff:ffff:ffff\t64500\tZZ\tDOC");
  CHECK(ranges.said() == "");
  CHECK(ranges.of("1.0.0.0") == 13335);
  CHECK(ranges.of("1.0.0.255") == 13335);
  CHECK(ranges.of("1.0.2.1") == std::nullopt);
  CHECK(ranges.of("2001:db8::1") == 64500);
  CHECK(ranges.of("2001:db9::") == std::nullopt);
  CHECK(ranges.of("0.255.255.255") == std::nullopt);
  const auto prefixes =
      read("; made by hand\n# twice\n\n10.0.0.0/8 AS1\n10.1.0.0/16 2\n10.1.2.0/24 as3\n11.0.0.0/8 4\n");
  CHECK(prefixes.said() == "");
  CHECK(prefixes.of("10.0.0.1") == 1);
  CHECK(prefixes.of("10.1.0.1") == 2);
  CHECK(prefixes.of("10.1.2.255") == 3);
  CHECK(prefixes.of("10.1.3.0") == 2);
  CHECK(prefixes.of("10.2.0.0") == 1);
  CHECK(prefixes.of("11.0.0.0") == 4);
  CHECK(prefixes.of("12.0.0.0") == std::nullopt);
  CHECK(read("").of("10.0.0.1") == std::nullopt);
}

TEST_CASE("as table: every line that is none is named") {
  CHECK(read("start end as\n10.0.0.0/8\n10.0.0.9 10.0.0.1 1\n10.0.0.0 2001:db8:: 1\n10.0.0.1/8 1\n1.0.0.0 "
             "1.0.0.1 x\n"
             "1.0.0.0/24 4294967296\n1.0.0.0/24 AS\n")
            .said() ==
        "1: \"start\" is not an IP address\n"
        "2: the number of the autonomous system is missing\n"
        "3: 10.0.0.9 to 10.0.0.1 is no range\n"
        "4: 10.0.0.0 to 2001:db8:: is no range\n"
        "5: \"10.0.0.1/8\" has bits set after its prefix length\n"
        "6: \"x\" is no number of an autonomous system\n"
        "7: \"4294967296\" is no number of an autonomous system\n"
        "8: \"AS\" is no number of an autonomous system\n");
  CHECK(
      read("10.0.0.0 10.0.0.9 1\n10.0.0.5 10.0.0.12 2\n10.0.0.5 10.0.0.6 3\n10.0.0.5 10.0.0.6 3\n").said() ==
      "2: 10.0.0.5 to 10.0.0.12 overlaps the range of line 1\n"
      "4: 10.0.0.5 to 10.0.0.6 overlaps the range of line 3\n");
  std::string wrong;
  for (int i = 0; i < 1000; ++i) wrong += "x\n";
  CHECK(read(wrong).problems.size() == AsTable::most_problems);
}

TEST_CASE("as table: prefixes at random, in any order, against a search through all of them") {
  std::mt19937 dice(7);
  for (int round = 0; round < 50; ++round) {
    std::map<Prefix, std::uint32_t> prefixes;
    for (int i = 0; i < 60; ++i) {
      const auto length = static_cast<unsigned>(20 + dice() % 13);
      const std::uint32_t network =
          (0x0A000000u | (dice() & 0xFFFu)) & (length == 32 ? ~0u : ~(~0u >> length));
      prefixes.emplace(Prefix(IpAddress::v4(network), length), dice() % 5);
    }
    std::vector<std::string> lines;
    for (const auto& [prefix, number] : prefixes)
      lines.push_back(fmt::format("{} {}\n", prefix.to_string(), number));
    std::shuffle(lines.begin(), lines.end(), dice);
    const auto table = read(fmt::format("{}", fmt::join(lines, "")));
    REQUIRE(table.said() == "");
    for (std::uint32_t at = 0; at < 0x1000; at += 7) {
      const auto address = IpAddress::v4(0x0A000000u | at);
      std::uint32_t number = 0;
      unsigned narrowest = 0;
      for (const auto& [prefix, its_number] : prefixes) {
        if (!prefix.contains(address) || prefix.length() < narrowest) continue;
        narrowest = prefix.length();
        number = its_number;
      }
      CHECK(table.table.of(address) == (number == 0 ? std::nullopt : std::optional(number)));
    }
  }
}
