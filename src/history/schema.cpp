// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/schema.h"

#include <fmt/format.h>

#include <array>

namespace rdnsgate::history {
namespace {

// What takes a version to the next. Never changed once it was released: histories of that version are out there.
// Times are seconds since 1970, in UTC. {id} is a number that the database gives.

constexpr std::string_view version_1 = R"(
CREATE TABLE rdnsgate_history (version BIGINT NOT NULL);
INSERT INTO rdnsgate_history VALUES (1);

CREATE TABLE series (
  id {id},
  inventory_path TEXT NOT NULL,
  origin TEXT NOT NULL,
  whole_at BIGINT NOT NULL,
  UNIQUE (inventory_path, origin));

CREATE TABLE inventories (
  id {id},
  sha256 TEXT NOT NULL,
  git_revision TEXT NOT NULL,
  UNIQUE (sha256, git_revision));

CREATE TABLE runs (
  number {id},
  id TEXT NOT NULL UNIQUE,
  series BIGINT NOT NULL,
  inventory BIGINT NOT NULL,
  started_at BIGINT NOT NULL,
  finished_at BIGINT NOT NULL,
  verdict TEXT NOT NULL,
  whole BIGINT NOT NULL,
  addresses BIGINT NOT NULL,
  questions BIGINT NOT NULL,
  unanswered BIGINT NOT NULL,
  errors BIGINT NOT NULL,
  warnings BIGINT NOT NULL,
  infos BIGINT NOT NULL,
  waived BIGINT NOT NULL,
  inconclusive BIGINT NOT NULL,
  baseline BIGINT NOT NULL,
  opened BIGINT NOT NULL,
  changed BIGINT NOT NULL,
  recovered BIGINT NOT NULL);
CREATE INDEX runs_finished_at ON runs (finished_at);

CREATE TABLE findings (
  id {id},
  fingerprint TEXT NOT NULL UNIQUE,
  rule TEXT NOT NULL,
  target_kind TEXT NOT NULL,
  target_id TEXT NOT NULL,
  zone TEXT NOT NULL,
  sender TEXT NOT NULL,
  expected TEXT NOT NULL);
CREATE INDEX findings_target ON findings (target_id);
CREATE INDEX findings_rule ON findings (rule);
CREATE INDEX findings_zone ON findings (zone);

CREATE TABLE tracks (
  series BIGINT NOT NULL,
  finding BIGINT NOT NULL,
  is_open BIGINT NOT NULL,
  opened_at BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  steady BIGINT NOT NULL,
  looks TEXT NOT NULL,
  severity TEXT NOT NULL,
  status TEXT NOT NULL,
  certainty TEXT NOT NULL,
  scope TEXT NOT NULL,
  vantages TEXT NOT NULL,
  message TEXT NOT NULL,
  observed TEXT NOT NULL,
  path TEXT NOT NULL,
  line BIGINT NOT NULL,
  pending_observed TEXT,
  pending_certainty TEXT,
  pending_since BIGINT,
  pending_looks BIGINT,
  PRIMARY KEY (series, finding));

CREATE TABLE transitions (
  number {id},
  series BIGINT NOT NULL,
  finding BIGINT NOT NULL,
  run BIGINT NOT NULL,
  kind TEXT NOT NULL,
  at BIGINT NOT NULL,
  since BIGINT NOT NULL,
  severity TEXT NOT NULL,
  status TEXT NOT NULL,
  certainty TEXT NOT NULL,
  scope TEXT NOT NULL,
  vantages TEXT NOT NULL,
  message TEXT NOT NULL,
  observed TEXT NOT NULL,
  path TEXT NOT NULL,
  line BIGINT NOT NULL,
  before_severity TEXT,
  before_status TEXT,
  before_certainty TEXT,
  before_observed TEXT,
  before_opened_at BIGINT);
CREATE INDEX transitions_finding ON transitions (finding, number);
CREATE INDEX transitions_run ON transitions (run);
CREATE INDEX transitions_at ON transitions (at);
)";

constexpr std::string_view version_2 = R"(
CREATE TABLE places (
  id {id},
  vantage TEXT NOT NULL,
  zone TEXT NOT NULL,
  server TEXT NOT NULL,
  UNIQUE (vantage, zone, server));

CREATE TABLE latency_runs (
  run BIGINT NOT NULL,
  place BIGINT NOT NULL,
  questions BIGINT NOT NULL,
  timeouts BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  p50_ms DOUBLE PRECISION NOT NULL,
  p95_ms DOUBLE PRECISION NOT NULL,
  p99_ms DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (run, place));

CREATE TABLE latency_hours (
  series BIGINT NOT NULL,
  place BIGINT NOT NULL,
  hour BIGINT NOT NULL,
  runs BIGINT NOT NULL,
  questions BIGINT NOT NULL,
  timeouts BIGINT NOT NULL,
  failures BIGINT NOT NULL,
  answered BIGINT NOT NULL,
  p50_weighed DOUBLE PRECISION NOT NULL,
  p95_ms DOUBLE PRECISION NOT NULL,
  p99_ms DOUBLE PRECISION NOT NULL,
  PRIMARY KEY (series, place, hour));
CREATE INDEX latency_hours_hour ON latency_hours (hour);

CREATE TABLE zone_states (
  number {id},
  series BIGINT NOT NULL,
  place BIGINT NOT NULL,
  serial BIGINT,
  ttl_low BIGINT,
  ttl_high BIGINT,
  first_seen BIGINT NOT NULL,
  last_seen BIGINT NOT NULL,
  first_run TEXT NOT NULL);
CREATE INDEX zone_states_place ON zone_states (series, place, number);

UPDATE rdnsgate_history SET version = 2;
)";

constexpr std::array<std::string_view, schema_version> migrations{version_1, version_2};

std::string filled(std::string_view text, std::string_view numbering) {
  std::string sql(text);
  for (std::size_t at = 0; (at = sql.find("{id}", at)) != std::string::npos; at += numbering.size())
    sql.replace(at, 4, numbering);
  return sql;
}

void refuse_newer(std::int64_t version, const std::string& shown) {
  if (version <= schema_version) return;
  stop(Failure::Kind::newer,
       fmt::format(
           "{}: a later rdnsgate made this history: its tables are of version {}, and this program knows {}",
           shown, version, schema_version),
       "install that version; nothing was written");
}

}  // namespace

std::int64_t version_of(Database& database) {
  if (!database.has_table("rdnsgate_history")) return 0;
  auto rows = database.query("SELECT version FROM rdnsgate_history");
  return rows.empty() ? 0 : rows.front().integer();
}

void migrate(Database& database, const std::string& shown) {
  const auto before = version_of(database);
  refuse_newer(before, shown);
  if (before == schema_version) return;
  Transaction transaction(database, Transaction::For::writing);
  // Somebody else may have done it meanwhile.
  auto version = version_of(database);
  refuse_newer(version, shown);
  database.prepare();
  for (; version < schema_version; ++version)
    database.script(filled(migrations[static_cast<std::size_t>(version)], database.numbering()));
  database.mark();
  transaction.commit();
}

void check_version(Database& database, const std::string& shown) {
  const auto version = version_of(database);
  refuse_newer(version, shown);
  if (version == 0)
    stop(Failure::Kind::not_ours, fmt::format("{}: there is no history in it", shown),
         "rdnsgate check --history makes one, with its first run");
  if (version < schema_version)
    stop(Failure::Kind::other,
         fmt::format("{}: the tables of this history are of version {}, and this program reads {}", shown,
                     version, schema_version),
         "the next run that is written brings them up to date; so does rdnsgate history prune");
}

}  // namespace rdnsgate::history
