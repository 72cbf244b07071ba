// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <utility>

#include "history/store.h"
#include "history/words.h"

namespace rdnsgate::history {
namespace {

Time hour_of(Time time) { return std::chrono::floor<std::chrono::hours>(time); }

void append(Values& values, const Seen& seen) {
  for (auto value : {value_of(to_string(seen.severity)), value_of(audit::to_string(seen.status)),
                     value_of(audit::to_string(seen.certainty)), value_of(audit::to_string(seen.scope)),
                     value_of(lines_of(seen.vantages)), value_of(seen.message), value_of(seen.observed),
                     value_of(seen.path), value_of(seen.line)})
    values.push_back(std::move(value));
}

/// The same but for what each look at everything tells anyway.
bool needs_no_writing(const Track& before, Track after, bool whole) {
  if (whole && before.steady && after.steady) after.last_seen = before.last_seen;
  return after == before;
}

/// In parts that a statement can take.
template <typename Take>
void for_each_part(const Values& values, const Take& take) {
  constexpr std::size_t at_once = 500;
  for (std::size_t i = 0; i < values.size(); i += at_once) {
    const auto begin = values.begin() + static_cast<std::ptrdiff_t>(i);
    take(Values(begin, begin + static_cast<std::ptrdiff_t>(std::min(at_once, values.size() - i))));
  }
}

}  // namespace

bool Writer::knows(const Run& run) {
  return !database_.query("SELECT 1 FROM runs WHERE id = $1", {run.id}).empty();
}

std::int64_t Writer::series(const Run& run) {
  return id_of("SELECT id FROM series WHERE inventory_path = $1 AND origin = $2",
               "INSERT INTO series (inventory_path, origin, whole_at) VALUES ($1, $2, 0) RETURNING id",
               {run.inventory_path, run.origin});
}

std::int64_t Writer::id_of(const std::string& look, const std::string& insert, const Values& key) {
  auto known = database_.query(look, key);
  if (known.empty()) known = database_.query(insert, key);
  return known.at(0).integer();
}

std::vector<Track> Writer::tracks(std::int64_t series) {
  static const auto sql = fmt::format(
      "SELECT {}, {}, {} FROM tracks x JOIN findings f ON f.id = x.finding JOIN series s ON s.id = x.series "
      "WHERE x.series = $1 ORDER BY f.fingerprint",
      finding_columns, seen_columns, track_columns);
  std::vector<Track> tracks;
  for (auto& row : database_.query(sql, {series})) tracks.push_back(read_track(row));
  return tracks;
}

std::int64_t Writer::add(const Run& run, std::int64_t series, const std::vector<Transition>& transitions) {
  const auto inventory = id_of("SELECT id FROM inventories WHERE sha256 = $1 AND git_revision = $2",
                               "INSERT INTO inventories (sha256, git_revision) VALUES ($1, $2) RETURNING id",
                               {run.inventory_sha256, run.git_revision});
  const auto brought = [&](TransitionKind kind) {
    return static_cast<std::int64_t>(std::count_if(transitions.begin(), transitions.end(),
                                                   [&](const auto& one) { return one.kind == kind; }));
  };
  const auto& sum = run.summary;
  return database_
      .query(
          "INSERT INTO runs (id, series, inventory, started_at, finished_at, verdict, whole, addresses, "
          "questions, "
          "unanswered, errors, warnings, infos, waived, inconclusive, baseline, opened, changed, recovered) "
          "VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14, $15, $16, $17, $18, $19) "
          "RETURNING number",
          {run.id, series, inventory, value_of(run.started_at), value_of(run.finished_at),
           value_of(audit::to_string(run.verdict)), value_of(run.whole), value_of(sum.addresses),
           value_of(sum.questions), value_of(sum.unanswered), value_of(sum.errors), value_of(sum.warnings),
           value_of(sum.infos), value_of(sum.waived), value_of(sum.inconclusive), value_of(sum.baseline),
           brought(TransitionKind::opened), brought(TransitionKind::changed),
           brought(TransitionKind::recovered)})
      .at(0)
      .integer();
}

void Writer::know(const std::vector<const Seen*>& findings) {
  // One statement does not take the same row twice: of several that are the same finding the last counts.
  std::map<std::string_view, const Seen*> fresh;
  for (const auto* seen : findings) {
    if (!findings_.contains(seen->fingerprint)) fresh[seen->fingerprint] = seen;
  }
  ManyRows rows(database_,
                "INSERT INTO findings (fingerprint, rule, target_kind, target_id, zone, sender, expected)", 7,
                "ON CONFLICT (fingerprint) DO UPDATE SET zone = excluded.zone, sender = excluded.sender "
                "RETURNING id, fingerprint");
  for (const auto& [fingerprint, seen] : fresh)
    rows.add({seen->fingerprint, seen->rule, value_of(audit::to_string(seen->target.kind)), seen->target.id,
              seen->zone, seen->sender, seen->expected});
  for (auto& row : rows.write()) {
    const auto id = row.integer();
    findings_.emplace(row.text(), id);
  }
}

void Writer::write(std::int64_t series, const std::vector<Track>& before, const std::vector<Track>& after,
                   bool whole) {
  std::map<std::string_view, const Track*> known;
  for (const auto& track : before) known.emplace(track.finding.fingerprint, &track);
  std::vector<const Track*> different;
  std::vector<const Seen*> findings;
  for (const auto& track : after) {
    const auto found = known.find(track.finding.fingerprint);
    const bool is_same = found != known.end() && needs_no_writing(*found->second, track, whole);
    if (found != known.end()) known.erase(found);
    if (is_same) continue;
    different.push_back(&track);
    findings.push_back(&track.finding);
  }
  know(findings);
  ManyRows rows(
      database_,
      "INSERT INTO tracks (series, finding, is_open, opened_at, last_seen, steady, looks, pending_observed, "
      "pending_certainty, pending_since, pending_looks, severity, status, certainty, scope, vantages, "
      "message, observed, path, line)",
      20,
      "ON CONFLICT (series, finding) DO UPDATE SET is_open = excluded.is_open, opened_at = "
      "excluded.opened_at, last_seen = excluded.last_seen, steady = excluded.steady, looks = excluded.looks, "
      "pending_observed = excluded.pending_observed, pending_certainty = excluded.pending_certainty, "
      "pending_since = excluded.pending_since, pending_looks = excluded.pending_looks, "
      "severity = excluded.severity, status = excluded.status, certainty = excluded.certainty, "
      "scope = excluded.scope, vantages = excluded.vantages, message = excluded.message, "
      "observed = excluded.observed, path = excluded.path, line = excluded.line");
  for (const auto* track : different) {
    const auto& pending = track->pending;
    Values values{series,
                  findings_.at(track->finding.fingerprint),
                  value_of(track->open),
                  value_of(track->opened_at),
                  value_of(track->last_seen),
                  value_of(track->steady),
                  text_of(track->looks),
                  pending ? value_of(pending->observed) : Value(),
                  pending ? value_of(audit::to_string(pending->certainty)) : Value(),
                  pending ? value_of(pending->since) : Value(),
                  pending ? value_of(pending->looks) : Value()};
    append(values, track->finding);
    rows.add(std::move(values));
  }
  rows.write_later();
  Values gone;
  for (const auto& [fingerprint, track] : known) gone.push_back(value_of(fingerprint));
  for_each_part(gone, [&](const Values& part) {
    Values values{series};
    values.insert(values.end(), part.begin(), part.end());
    database_.later(fmt::format("DELETE FROM tracks WHERE series = $1 AND finding IN (SELECT id FROM "
                                "findings WHERE fingerprint IN ({}))",
                                placeholders(2, part.size())),
                    values);
  });
}

void Writer::write(std::int64_t series, std::int64_t run, std::vector<Transition>& transitions) {
  std::vector<const Seen*> findings;
  for (const auto& one : transitions) findings.push_back(&one.finding);
  know(findings);
  ManyRows rows(database_,
                "INSERT INTO transitions (series, finding, run, kind, at, since, before_severity, "
                "before_status, before_certainty, before_observed, before_opened_at, severity, status, "
                "certainty, scope, vantages, message, observed, path, line)",
                20, "RETURNING finding, number");
  std::map<std::int64_t, Transition*> by_finding;  // a run tells of each once
  for (auto& one : transitions) {
    const auto& before = one.before;
    const auto id = findings_.at(one.finding.fingerprint);
    by_finding.emplace(id, &one);
    Values values{series,
                  id,
                  run,
                  value_of(to_string(one.kind)),
                  value_of(one.at),
                  value_of(one.since),
                  before ? value_of(to_string(before->severity)) : Value(),
                  before ? value_of(audit::to_string(before->status)) : Value(),
                  before ? value_of(audit::to_string(before->certainty)) : Value(),
                  before ? value_of(before->observed) : Value(),
                  before ? value_of(before->opened_at) : Value()};
    append(values, one.finding);
    rows.add(std::move(values));
  }
  for (auto& row : rows.write()) {
    const auto id = row.integer();
    by_finding.at(id)->number = row.integer();
  }
}

std::int64_t Writer::place(const std::string& vantage, const std::string& zone, const std::string& server) {
  if (!places_) {
    places_.emplace();
    for (auto& row : database_.query("SELECT id, vantage, zone, server FROM places")) {
      const auto id = row.integer();
      auto of = row.text(), in = row.text(), at = row.text();
      places_->emplace(Where{std::move(of), std::move(in), std::move(at)}, id);
    }
  }
  const auto [found, is_new] = places_->try_emplace({vantage, zone, server}, 0);
  if (is_new) {
    found->second = database_
                        .query("INSERT INTO places (vantage, zone, server) VALUES ($1, $2, $3) RETURNING id",
                               {vantage, zone, server})
                        .at(0)
                        .integer();
  }
  return found->second;
}

void Writer::write_latency(std::int64_t series, std::int64_t number, const Run& run) {
  ManyRows fine(
      database_,
      "INSERT INTO latency_runs (run, place, questions, timeouts, failures, p50_ms, p95_ms, p99_ms)", 8,
      "ON CONFLICT (run, place) DO NOTHING");
  struct Hour {
    std::int64_t runs = 0;
    std::size_t questions = 0, timeouts = 0, failures = 0, answered = 0;
    double p50_weighed = 0, p95_ms = 0, p99_ms = 0;
  };
  std::map<std::int64_t, Hour> hours;  // by place: one statement does not take the same row twice
  for (const auto& one : run.latency) {
    const auto where = place(one.vantage, one.zone, one.server);
    const auto lost = one.timeouts + one.failures;
    const auto answered = one.questions > lost ? one.questions - lost : 0;
    fine.add({number, where, value_of(one.questions), value_of(one.timeouts), value_of(one.failures),
              one.p50_ms, one.p95_ms, one.p99_ms});
    auto& hour = hours[where];
    ++hour.runs;
    hour.questions += one.questions;
    hour.timeouts += one.timeouts;
    hour.failures += one.failures;
    hour.answered += answered;
    hour.p50_weighed += one.p50_ms * static_cast<double>(answered);
    hour.p95_ms = std::max(hour.p95_ms, one.p95_ms);
    hour.p99_ms = std::max(hour.p99_ms, one.p99_ms);
  }
  fine.write_later();
  ManyRows rows(
      database_,
      "INSERT INTO latency_hours (series, place, hour, runs, questions, timeouts, failures, answered, "
      "p50_weighed, p95_ms, p99_ms)",
      11,
      "ON CONFLICT (series, place, hour) DO UPDATE SET runs = latency_hours.runs + excluded.runs, "
      "questions = latency_hours.questions + excluded.questions, "
      "timeouts = latency_hours.timeouts + excluded.timeouts, "
      "failures = latency_hours.failures + excluded.failures, "
      "answered = latency_hours.answered + excluded.answered, "
      "p50_weighed = latency_hours.p50_weighed + excluded.p50_weighed, "
      "p95_ms = CASE WHEN excluded.p95_ms > latency_hours.p95_ms THEN excluded.p95_ms ELSE "
      "latency_hours.p95_ms END, "
      "p99_ms = CASE WHEN excluded.p99_ms > latency_hours.p99_ms THEN excluded.p99_ms ELSE "
      "latency_hours.p99_ms END");
  for (const auto& [where, hour] : hours)
    rows.add({series, where, value_of(hour_of(run.finished_at)), hour.runs, value_of(hour.questions),
              value_of(hour.timeouts), value_of(hour.failures), value_of(hour.answered), hour.p50_weighed,
              hour.p95_ms, hour.p99_ms});
  rows.write_later();
}

void Writer::write_zones(std::int64_t series, const Run& run) {
  if (run.zones.empty()) return;
  struct Last {
    std::int64_t number = 0;
    ZoneLook look;
  };
  std::map<std::int64_t, Last> last;  // by place
  // However often a zone changed, of each server the last state alone is looked up.
  for (auto& row : database_.query(
           "SELECT z.place, z.number, z.serial, z.ttl_low, z.ttl_high FROM places p JOIN zone_states z ON "
           "z.number = (SELECT max(y.number) FROM zone_states y WHERE y.series = $1 AND y.place = p.id) "
           "WHERE p.vantage = ''",
           {series})) {
    auto& one = last[row.integer()];
    one.number = row.integer();
    one.look.serial = row.maybe_u32();
    one.look.ttl_low = row.maybe_u32();
    one.look.ttl_high = row.maybe_u32();
  }
  Values same;
  ManyRows rows(database_,
                "INSERT INTO zone_states (series, place, serial, ttl_low, ttl_high, first_seen, last_seen, "
                "first_run)",
                8);
  for (const auto& look : run.zones) {
    const auto where = place({}, look.zone, look.server);
    const auto found = last.find(where);
    if (found != last.end()) {
      auto& before = found->second.look;
      before.zone = look.zone;
      before.server = look.server;
      if (before == look) {
        same.emplace_back(found->second.number);
        continue;
      }
    }
    rows.add({series, where, value_of(look.serial), value_of(look.ttl_low), value_of(look.ttl_high),
              value_of(run.finished_at), value_of(run.finished_at), run.id});
  }
  rows.write_later();
  for_each_part(same, [&](const Values& part) {
    Values values{value_of(run.finished_at)};
    values.insert(values.end(), part.begin(), part.end());
    database_.later(
        fmt::format("UPDATE zone_states SET last_seen = $1 WHERE last_seen < $1 AND number IN ({})",
                    placeholders(2, part.size())),
        values);
  });
}

void Writer::end(std::int64_t series, const Run& run) {
  if (!run.whole) return;
  database_.later("UPDATE series SET whole_at = $2 WHERE id = $1", {series, value_of(run.finished_at)});
}

}  // namespace rdnsgate::history
