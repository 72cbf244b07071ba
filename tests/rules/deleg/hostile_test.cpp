// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Delegations from a snapshot that somebody has been at.
#include <random>

#include "dns/snapshot/delegation_json.h"
#include "rules/deleg/walked.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

/// Every value of it, from the top down.
void each_value(nlohmann::json& json, std::vector<nlohmann::json*>& values) {
  values.push_back(&json);
  if (!json.is_structured()) return;
  for (auto& value : json) each_value(value, values);
}

}  // namespace

TEST_CASE("deleg, dnssec: whatever a delegation in a snapshot says, the rules judge it or it is refused") {
  std::mt19937 random(12);
  const auto whole = nlohmann::json::parse(dns::delegation_json({good_cut(), cuts::all_works}).dump());
  int judged = 0, refused = 0;
  for (int round = 0; round < 600; ++round) {
    auto json = whole;
    for (int change = round % 4; change >= 0; --change) {
      std::vector<nlohmann::json*> values;
      each_value(json, values);
      auto& one = *values[1 + random() % (values.size() - 1)];
      const auto other = *values[random() % values.size()];
      switch (random() % 5) {
        case 0:
          one = other;
          break;
        case 1:
          one = nullptr;
          break;
        case 2:
          if (one.is_structured() && !one.empty()) one.erase(one.begin());
          break;
        case 3:
          if (one.is_array()) one.push_back(other);
          break;
        default:
          one = random() % 2 == 0 ? nlohmann::json("\\# 3 000102") : nlohmann::json("referral");
      }
    }
    std::string wrong;
    auto read = dns::read_delegation(json, wrong);
    ++(wrong.empty() ? judged : refused);
    if (wrong.empty()) walked(std::move(read.cut), read.surroundings);
  }
  CHECK(judged > 50);
  CHECK(refused > 50);
}
