// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <map>
#include <memory>
#include <optional>
#include <string>
#include <tuple>
#include <vector>

#include "history/history.h"
#include "history/sql.h"

namespace rdnsgate::history {

/// The history in a database that has its tables (history/schema.h).
std::unique_ptr<History> make_store(std::unique_ptr<Database> database);

/// Where a run's pieces go, inside a transaction of the store.
class Writer {
 public:
  explicit Writer(Database& database) : database_(database) {}

  bool knows(const Run& run);
  /// Of the run's inventory and origin, begun where they are new.
  std::int64_t series(const Run& run);
  std::vector<Track> tracks(std::int64_t series);
  std::int64_t add(const Run& run, std::int64_t series, const std::vector<Transition>& transitions);
  /// What differs between `before` and `after`; `whole`: of a run that looked at everything.
  void write(std::int64_t series, const std::vector<Track>& before, const std::vector<Track>& after,
             bool whole);
  void write(std::int64_t series, std::int64_t run, std::vector<Transition>& transitions);
  void write_latency(std::int64_t series, std::int64_t number, const Run& run);
  void write_zones(std::int64_t series, const Run& run);
  void end(std::int64_t series, const Run& run);

 private:
  using Where = std::tuple<std::string, std::string, std::string>;  ///< vantage, zone, server

  /// Of what is looked for; where there is none, it is inserted, with the same values.
  std::int64_t id_of(const std::string& look, const std::string& insert, const Values& key);
  /// Puts them into `findings_`.
  void know(const std::vector<const Seen*>& findings);
  std::int64_t place(const std::string& vantage, const std::string& zone, const std::string& server);

  Database& database_;
  /// All that are known, read when the first is asked for: to a server each question is a journey.
  std::optional<std::map<Where, std::int64_t>> places_;
  std::map<std::string, std::int64_t, std::less<>> findings_;  ///< those that were written, by fingerprint
};

// What readers have in common: rows as what they stand for.
inline constexpr std::string_view finding_columns =
    "f.fingerprint, f.rule, f.target_kind, f.target_id, f.zone, f.sender, f.expected";
/// Of `x`, a track or a transition.
inline constexpr std::string_view seen_columns =
    "x.severity, x.status, x.certainty, x.scope, x.vantages, x.message, x.observed, x.path, x.line";
inline constexpr std::string_view track_columns =
    "x.is_open, x.opened_at, x.last_seen, x.steady, x.looks, x.pending_observed, x.pending_certainty, "
    "x.pending_since, "
    "x.pending_looks, s.whole_at, s.inventory_path, s.origin";
Seen read_seen(Row& row);
Track read_track(Row& row);

std::vector<Track> read_findings(Database& database, const Filter& filter);
std::vector<KeptRun> read_runs(Database& database, const Filter& filter);
std::vector<Transition> read_timeline(Database& database, const Filter& filter);
std::vector<ZoneState> read_zones(Database& database, const Filter& filter);
std::vector<LatencyHour> read_latency(Database& database, const Filter& filter);
Pruned prune(Database& database, const Retention& retention, Time now);

}  // namespace rdnsgate::history
