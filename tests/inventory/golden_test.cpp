// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// Every folder under cases/ holds an inventory.yaml and, in expected.txt, all that is said about it ("valid"
// where nothing is). RDNSGATE_UPDATE_GOLDENS=1 writes the expectations anew; the diff is the review.
#include <algorithm>
#include <cstdlib>
#include <filesystem>
#include <fstream>
#include <sstream>
#include <vector>

#include "inventory/helpers.h"

using namespace rdnsgate::inventory;

namespace {

namespace fs = std::filesystem;

std::string read(const fs::path& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}

std::vector<fs::path> cases() {
  std::vector<fs::path> all;
  for (const auto& entry : fs::directory_iterator(INVENTORY_CASES)) all.push_back(entry.path());
  std::sort(all.begin(), all.end());
  return all;
}

}  // namespace

TEST_CASE("each case is told what its expected.txt says, and loads only where nothing is said") {
  const auto all = cases();
  REQUIRE(all.size() >= 20);
  for (const auto& folder : all) {
    INFO(folder.filename().string());
    const Loaded loaded(read(folder / "inventory.yaml"));
    CHECK(loaded.inventory.has_value() == loaded.problems.empty());
    CHECK(std::is_sorted(loaded.problems.begin(), loaded.problems.end(),
                         [](const auto& a, const auto& b) { return a.at < b.at; }));
    const std::string said = loaded.problems.empty() ? "valid\n" : loaded.said();
    if (std::getenv("RDNSGATE_UPDATE_GOLDENS") != nullptr)
      std::ofstream(folder / "expected.txt", std::ios::binary) << said;
    CHECK(said == read(folder / "expected.txt"));
  }
}
