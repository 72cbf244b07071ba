// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <random>
#include <set>

#include "inventory/helpers.h"
#include "inventory/mutate.h"

using namespace rdnsgate;
using namespace rdnsgate::inventory;

TEST_CASE(
    "a mutated inventory ends in a model or in errors, in file order, each once, harmless to a terminal") {
  std::mt19937 random(3);
  int loaded_count = 0;
  for (int round = 0; round < 2400; ++round) {
    const std::string text = mutated_inventory(random, round % 12);
    INFO(text);
    const Loaded loaded(text);
    CHECK(loaded.inventory.has_value() == loaded.problems.empty());
    loaded_count += loaded.inventory ? 1 : 0;
    std::set<std::tuple<Span, std::string, std::string>> seen;
    for (const auto& problem : loaded.problems) {
      CHECK(problem.at.begin <= problem.at.end);
      CHECK(problem.at.end <= loaded.sources.text(problem.at.file).size());
      CHECK(seen.emplace(problem.at, problem.code, problem.message).second);
      // Valijson refused what our walk over the same constraints found nothing wrong with.
      CHECK(problem.message.find("does not follow its schema") == std::string::npos);
    }
    CHECK(std::is_sorted(loaded.problems.begin(), loaded.problems.end(),
                         [](const auto& a, const auto& b) { return a.at < b.at; }));
    const std::string said = loaded.said();
    CHECK(std::none_of(said.begin(), said.end(),
                       [](char c) { return (c >= 0 && c < 0x20 && c != '\n') || c == 0x7F; }));
  }
  CHECK(loaded_count > 200);
}
