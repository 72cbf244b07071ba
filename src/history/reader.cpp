// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "base/text/text.h"
#include "history/store.h"
#include "history/words.h"

namespace rdnsgate::history {
namespace {

/// What LIKE takes as it stands, between two of anything.
std::string like(std::string_view text) {
  std::string pattern;
  for (const char character : text) {
    if (character == '\\' || character == '%' || character == '_') pattern += '\\';
    pattern += character;
  }
  return pattern;
}

/// A query that is put together from what a filter asks for; nothing of the filter is ever part of the SQL.
class Query {
 public:
  explicit Query(std::string_view select) : sql_(select) {}

  /// `condition` has a {} for each value.
  template <typename... Filled>
  void where(std::string_view condition, const Filled&... values) {
    sql_ += has_where_ ? " AND " : " WHERE ";
    has_where_ = true;
    sql_ += fmt::format(fmt::runtime(condition), fill(value_of(values))...);
  }
  template <typename... Filled>
  void where_if(bool is_asked, std::string_view condition, const Filled&... values) {
    if (is_asked) where(condition, values...);
  }

  /// From the one behind `filter.after` on, by that number.
  void page(const Filter& filter, std::string_view number) {
    if (filter.after > 0)
      where(fmt::format("{} {} {{}}", number, filter.newest_first ? "<" : ">"), Number{filter.after});
    sql_ += fmt::format(" ORDER BY {}{}", number, filter.newest_first ? " DESC" : "");
    limit(filter);
  }
  void order(std::string_view columns) { sql_ += fmt::format(" ORDER BY {}", columns); }
  void limit(const Filter& filter) {
    if (filter.limit > 0) sql_ += fmt::format(" LIMIT {}", filter.limit);
  }

  std::vector<Row> run(Database& database) { return database.query(sql_, values_); }

  struct Number {
    std::int64_t value;
  };

 private:
  static Value value_of(const Number& number) { return number.value; }
  template <typename T>
  static Value value_of(const T& value) {
    return history::value_of(value);
  }
  std::string fill(Value value) {
    values_.push_back(std::move(value));
    return fmt::format("${}", values_.size());
  }

  std::string sql_;
  Values values_;
  bool has_where_ = false;
};

/// Of the finding `f`, the track or transition `x` and the series `s`.
void ask_for_finding(Query& query, const Filter& filter) {
  query.where_if(!filter.fingerprint.empty(), "f.fingerprint = {}", filter.fingerprint);
  query.where_if(!filter.rule.empty(), "f.rule = {}", filter.rule);
  query.where_if(!filter.zone.empty(), "(f.zone = {0} OR (f.target_kind = 'zone' AND f.target_id = {0}))",
                 filter.zone);
  query.where_if(!filter.ip.empty(), "(f.target_kind = 'address' AND f.target_id = {})", filter.ip);
  if (!filter.name.empty())
    query.where("(f.target_id = {} OR f.sender = {} OR f.zone = {} OR f.target_id LIKE {} ESCAPE '\\')",
                filter.name, filter.name, filter.name, like(filter.name) + " via %");
  query.where_if(!filter.vantage.empty(), "x.vantages LIKE {} ESCAPE '\\'",
                 "%\n" + like(filter.vantage) + "\n%");
}

void ask_for_series(Query& query, const Filter& filter) {
  query.where_if(!filter.inventory_path.empty(), "s.inventory_path = {}", filter.inventory_path);
  query.where_if(filter.origin.has_value(), "s.origin = {}", filter.origin.value_or(""));
}

void ask_for_time(Query& query, const Filter& filter, std::string_view first, std::string_view last) {
  if (filter.since) query.where(fmt::format("{} >= {{}}", last), *filter.since);
  if (filter.until) query.where(fmt::format("{} <= {{}}", first), *filter.until);
}

/// Latency run by run, of runs that are next to each other.
void add_latency(Database& database, std::vector<KeptRun>& runs) {
  if (runs.empty()) return;
  std::map<std::int64_t, KeptRun*> by_number;
  for (auto& run : runs) by_number.emplace(run.number, &run);
  Query query(
      "SELECT l.run, p.vantage, p.zone, p.server, l.questions, l.timeouts, l.failures, l.p50_ms, l.p95_ms, "
      "l.p99_ms "
      "FROM latency_runs l JOIN places p ON p.id = l.place");
  query.where("l.run >= {}", Query::Number{by_number.begin()->first});
  query.where("l.run <= {}", Query::Number{by_number.rbegin()->first});
  query.order("l.run, p.vantage, p.zone, p.server");
  for (auto& row : query.run(database)) {
    const auto found = by_number.find(row.integer());
    if (found == by_number.end()) continue;
    Latency one;
    one.vantage = row.text();
    one.zone = row.text();
    one.server = row.text();
    one.questions = row.count();
    one.timeouts = row.count();
    one.failures = row.count();
    one.p50_ms = row.real();
    one.p95_ms = row.real();
    one.p99_ms = row.real();
    found->second->run.latency.push_back(std::move(one));
  }
}

}  // namespace

Seen read_seen(Row& row) {
  Seen seen;
  seen.fingerprint = row.text();
  seen.rule = row.text();
  seen.target.kind = target_kind_of(row.text());
  seen.target.id = row.text();
  seen.zone = row.text();
  seen.sender = row.text();
  seen.expected = row.text();
  seen.severity = severity_of(row.text());
  seen.status = status_of(row.text());
  seen.certainty = certainty_of(row.text());
  seen.scope = scope_of(row.text());
  seen.vantages = items_of(row.text());
  seen.message = row.text();
  seen.observed = row.text();
  seen.path = row.text();
  seen.line = row.count();
  return seen;
}

Track read_track(Row& row) {
  Track track;
  track.finding = read_seen(row);
  track.open = row.flag();
  track.opened_at = row.time();
  track.last_seen = row.time();
  track.steady = row.flag();
  track.looks = looks_of(row.text());
  if (row.is_null()) {
    for (int i = 0; i < 4; ++i) row.skip();
  } else {
    Track::Pending pending;
    pending.observed = row.text();
    pending.certainty = certainty_of(row.text());
    pending.since = row.time();
    pending.looks = row.count();
    track.pending = std::move(pending);
  }
  const auto whole_at = row.time();
  if (track.steady) track.last_seen = std::max(track.last_seen, whole_at);
  track.inventory_path = row.text();
  track.origin = row.text();
  return track;
}

std::vector<Track> read_findings(Database& database, const Filter& filter) {
  Query query(fmt::format(
      "SELECT {}, {}, {} FROM tracks x JOIN findings f ON f.id = x.finding JOIN series s ON s.id = x.series",
      finding_columns, seen_columns, track_columns));
  ask_for_finding(query, filter);
  ask_for_series(query, filter);
  query.where_if(filter.open.has_value(), "x.is_open = {}", filter.open.value_or(false));
  if (filter.since) query.where("x.opened_at >= {}", *filter.since);
  if (filter.until) query.where("x.opened_at <= {}", *filter.until);
  query.order("s.inventory_path, s.origin, x.opened_at, f.fingerprint");
  query.limit(filter);
  std::vector<Track> tracks;
  for (auto& row : query.run(database)) tracks.push_back(read_track(row));
  return tracks;
}

std::vector<KeptRun> read_runs(Database& database, const Filter& filter) {
  Query query(
      "SELECT r.number, r.id, s.inventory_path, i.sha256, s.origin, i.git_revision, r.started_at, "
      "r.finished_at, "
      "r.verdict, r.whole, r.addresses, r.questions, r.unanswered, r.errors, r.warnings, r.infos, r.waived, "
      "r.inconclusive, r.baseline, r.opened, r.changed, r.recovered "
      "FROM runs r JOIN series s ON s.id = r.series JOIN inventories i ON i.id = r.inventory");
  ask_for_series(query, filter);
  ask_for_time(query, filter, "r.finished_at", "r.finished_at");
  query.page(filter, "r.number");
  std::vector<KeptRun> runs;
  for (auto& row : query.run(database)) {
    KeptRun kept;
    auto& run = kept.run;
    kept.number = row.integer();
    run.id = row.text();
    run.inventory_path = row.text();
    run.inventory_sha256 = row.text();
    run.origin = row.text();
    run.git_revision = row.text();
    run.started_at = row.time();
    run.finished_at = row.time();
    run.verdict = verdict_of(row.text());
    run.whole = row.flag();
    for (auto* count :
         {&run.summary.addresses, &run.summary.questions, &run.summary.unanswered, &run.summary.errors,
          &run.summary.warnings, &run.summary.infos, &run.summary.waived, &run.summary.inconclusive,
          &run.summary.baseline, &kept.opened, &kept.changed, &kept.recovered})
      *count = row.count();
    runs.push_back(std::move(kept));
  }
  if (filter.latency) add_latency(database, runs);
  return runs;
}

std::vector<Transition> read_timeline(Database& database, const Filter& filter) {
  Query query(fmt::format(
      "SELECT {}, {}, x.number, x.kind, x.at, x.since, r.id, x.before_severity, x.before_status, "
      "x.before_certainty, "
      "x.before_observed, x.before_opened_at, s.inventory_path, s.origin FROM transitions x "
      "JOIN findings f ON f.id = x.finding JOIN series s ON s.id = x.series JOIN runs r ON r.number = x.run",
      finding_columns, seen_columns));
  ask_for_finding(query, filter);
  ask_for_series(query, filter);
  ask_for_time(query, filter, "x.since", "x.at");
  query.page(filter, "x.number");
  std::vector<Transition> all;
  for (auto& row : query.run(database)) {
    Transition one;
    one.finding = read_seen(row);
    one.number = row.integer();
    one.kind = transition_kind_of(row.text());
    one.at = row.time();
    one.since = row.time();
    one.run = row.text();
    if (row.is_null()) {
      for (int i = 0; i < 5; ++i) row.skip();
    } else {
      Before before;
      before.severity = severity_of(row.text());
      before.status = status_of(row.text());
      before.certainty = certainty_of(row.text());
      before.observed = row.text();
      before.opened_at = row.time();
      one.before = std::move(before);
    }
    one.inventory_path = row.text();
    one.origin = row.text();
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<ZoneState> read_zones(Database& database, const Filter& filter) {
  Query query(
      "SELECT z.number, p.zone, p.server, z.serial, z.ttl_low, z.ttl_high, z.first_seen, z.last_seen, "
      "z.first_run, "
      "s.inventory_path, s.origin "
      "FROM zone_states z JOIN places p ON p.id = z.place JOIN series s ON s.id = z.series");
  query.where_if(!filter.zone.empty(), "p.zone = {}", filter.zone);
  ask_for_series(query, filter);
  ask_for_time(query, filter, "z.first_seen", "z.last_seen");
  query.page(filter, "z.number");
  std::vector<ZoneState> all;
  for (auto& row : query.run(database)) {
    ZoneState one;
    one.number = row.integer();
    one.look.zone = row.text();
    one.look.server = row.text();
    one.look.serial = row.maybe_u32();
    one.look.ttl_low = row.maybe_u32();
    one.look.ttl_high = row.maybe_u32();
    one.first_seen = row.time();
    one.last_seen = row.time();
    one.first_run = row.text();
    one.inventory_path = row.text();
    one.origin = row.text();
    all.push_back(std::move(one));
  }
  return all;
}

std::vector<LatencyHour> read_latency(Database& database, const Filter& filter) {
  Query query(
      "SELECT h.hour, p.vantage, p.zone, p.server, h.questions, h.timeouts, h.failures, h.answered, "
      "h.p50_weighed, "
      "h.p95_ms, h.p99_ms, h.runs, s.inventory_path, s.origin "
      "FROM latency_hours h JOIN places p ON p.id = h.place JOIN series s ON s.id = h.series");
  query.where_if(!filter.zone.empty(), "p.zone = {}", filter.zone);
  query.where_if(!filter.vantage.empty(), "p.vantage = {}", filter.vantage);
  ask_for_series(query, filter);
  if (filter.since) query.where("h.hour > {}", *filter.since - seconds(3600));
  if (filter.until) query.where("h.hour <= {}", *filter.until);
  query.order("h.hour, s.inventory_path, s.origin, p.vantage, p.zone, p.server");
  query.limit(filter);
  std::vector<LatencyHour> all;
  for (auto& row : query.run(database)) {
    LatencyHour one;
    one.hour = row.time();
    one.latency.vantage = row.text();
    one.latency.zone = row.text();
    one.latency.server = row.text();
    one.latency.questions = row.count();
    one.latency.timeouts = row.count();
    one.latency.failures = row.count();
    const auto answered = row.count();
    const double weighed = row.real();
    one.latency.p50_ms = answered > 0 ? weighed / static_cast<double>(answered) : 0;
    one.latency.p95_ms = row.real();
    one.latency.p99_ms = row.real();
    one.runs = row.count();
    one.inventory_path = row.text();
    one.origin = row.text();
    all.push_back(std::move(one));
  }
  return all;
}

}  // namespace rdnsgate::history
