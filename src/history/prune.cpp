// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/store.h"

namespace rdnsgate::history {

Pruned prune(Database& database, const Retention& retention, Time now) {
  Pruned pruned;
  const auto before = [&](seconds kept) { return value_of(now - kept); };
  if (retention.runs_fine.count() > 0) {
    pruned.latencies += database.change(
        "DELETE FROM latency_runs WHERE run IN (SELECT number FROM runs WHERE finished_at < $1)",
        {before(retention.runs_fine)});
  }
  if (retention.all.count() <= 0) return pruned;
  const auto oldest = before(retention.all);
  // What is open keeps all that was told since it opened.
  pruned.transitions = database.change(
      "DELETE FROM transitions WHERE at < $1 AND NOT EXISTS (SELECT 1 FROM tracks k WHERE k.series = "
      "transitions.series AND k.finding = transitions.finding AND k.is_open = 1 AND "
      "transitions.since >= k.opened_at)",
      {oldest});
  pruned.latencies += database.change(
      "DELETE FROM latency_runs WHERE run IN (SELECT number FROM runs WHERE finished_at < $1)", {oldest});
  pruned.latencies += database.change("DELETE FROM latency_hours WHERE hour < $1", {oldest});
  pruned.zones = database.change("DELETE FROM zone_states WHERE last_seen < $1", {oldest});
  pruned.runs = database.change(
      "DELETE FROM runs WHERE finished_at < $1 AND NOT EXISTS (SELECT 1 FROM transitions t "
      "WHERE t.run = runs.number)",
      {oldest});
  database.query(
      "DELETE FROM findings WHERE NOT EXISTS (SELECT 1 FROM transitions t WHERE t.finding = findings.id) "
      "AND NOT EXISTS (SELECT 1 FROM tracks k WHERE k.finding = findings.id)");
  database.query(
      "DELETE FROM inventories WHERE NOT EXISTS (SELECT 1 FROM runs r WHERE r.inventory = inventories.id)");
  return pruned;
}

}  // namespace rdnsgate::history
