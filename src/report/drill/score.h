// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/result.h"
#include "report/drill/drill.h"

namespace rdnsgate::report {

/// What is kept of one scenario that was played (schemas/drill-record.schema.json).
struct DrillRecord {
  Time at{};
  std::string inventory_path, inventory_sha256;
  std::string scenario, subject;
  bool fits = false, noticed = false;
  seconds soonest{}, latest{};  ///< until it is told, where it is
  bool by_plan = false;
  seconds recovery{};         ///< that the DNS and its caches take
  std::uint64_t refused = 0;  ///< addresses whose mail receivers refuse meanwhile, and did not before
  std::vector<std::string> rules{};
};

std::vector<DrillRecord> records_of(const DrillDocument& document);
/// One line of JSON, with its end.
std::string record_line(const DrillRecord& record);
Result<DrillRecord> read_record(std::string_view line);

enum class DrillTrend : std::uint8_t { first, same, faster, slower, now_noticed, no_longer_noticed };
std::string_view to_string(DrillTrend trend);

/// How an estate does over time.
struct DrillScore {
  struct Scenario {
    std::string inventory_path, scenario;
    std::size_t played = 0, noticed = 0;  ///< times that it fitted
    DrillRecord last;                     ///< of those that fitted; of one that never did, the last
    std::optional<DrillRecord> previous;
    DrillTrend trend = DrillTrend::first;
  };
  struct Round {
    std::string inventory_path;
    Time at{};
    std::size_t fitting = 0, noticed = 0;
    seconds slowest{};  ///< to be told of those that were noticed
  };
  std::string tool_version;
  std::vector<Scenario> scenarios;  ///< by inventory, then as `drill list` has them
  std::vector<Round> rounds;        ///< by inventory and time
  std::vector<std::string> never;   ///< scenarios that were never played

  std::size_t count_fitting() const;
  std::size_t count_noticed() const;  ///< the last time
};

/// Records in any order; `known`: the scenarios that there are.
DrillScore score_of(std::vector<DrillRecord> records, const std::vector<std::string_view>& known);

std::string render_score_text(const DrillScore& score);
std::string render_score_markdown(const DrillScore& score);
/// schemas/drill-report.schema.json.
std::string render_score_json(const DrillScore& score);

}  // namespace rdnsgate::report
