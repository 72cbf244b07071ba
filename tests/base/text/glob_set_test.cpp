// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/glob_set.h"

#include <doctest/doctest.h>

#include <random>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/text.h"

namespace rdnsgate {
namespace {

using Found = std::vector<std::size_t>;

TEST_CASE("patterns are found by what stands at their ends, in their middle, or nowhere") {
  const GlobSet set({"mx*", "*.example.net", "*mail*", "*", "MX1.example.NET", "a?c", "", "mx1*net"});
  CHECK(set.matching("mx1.example.net") == Found{0, 1, 3, 4, 7});
  CHECK(set.matching("Big-MAIL-host") == Found{2, 3});
  CHECK(set.matching("abc") == Found{3, 5});
  CHECK(set.matching("") == Found{3, 6});
  CHECK(set.first_matching("MX2.EXAMPLE.net") == 0);
  CHECK(set.first_matching("out.example.net") == 1);
  CHECK(GlobSet({"a*"}).first_matching("b") == 1);
  CHECK(GlobSet().matching("a").empty());
}

TEST_CASE("many patterns find what each of them finds") {
  std::mt19937 random(20261130);
  const auto word = [&](std::string_view letters, std::size_t most) {
    std::string text(random() % (most + 1), ' ');
    for (auto& c : text) c = letters[random() % letters.size()];
    return text;
  };
  std::size_t matches = 0;
  for (int round = 0; round < 300; ++round) {
    std::vector<std::string> owned;
    for (std::size_t i = random() % 30; i > 0; --i) owned.push_back(word("abAB.*?*", 9));
    const std::vector<std::string_view> patterns(owned.begin(), owned.end());
    const GlobSet set(patterns);
    for (int i = 0; i < 20; ++i) {
      const auto text = word("abAB.", 12);
      Found expected;
      for (std::size_t p = 0; p < patterns.size(); ++p) {
        if (glob_match(patterns[p], text)) expected.push_back(p);
      }
      CAPTURE(text);
      CHECK(set.matching(text) == expected);
      CHECK(set.first_matching(text) == (expected.empty() ? patterns.size() : expected.front()));
      matches += expected.size();
    }
  }
  CHECK(matches > 1000);
}

TEST_CASE("what no piece tells apart is counted") {
  CHECK(GlobSet({"*", "?", "??", "a*"}).most_alike() == 3);
  CHECK(GlobSet({"mx1*", "mx2*", "mx3*"}).most_alike() == 1);
  CHECK(GlobSet({"a*1", "a*2", "b*1", "c*1"}).most_alike() == 1);
  CHECK(GlobSet({"*a*", "*a*?", "*a?*"}).most_alike() == 3);
}

}  // namespace
}  // namespace rdnsgate
