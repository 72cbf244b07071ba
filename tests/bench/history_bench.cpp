// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// A year of runs every five minutes over 10,000 addresses, on a clock that is accelerated: `history_bench FILE|URL [RUNS]`.
// Prints how fast runs are written, how fast a timeline is read, and how large the history becomes.
#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <cstdlib>
#include <filesystem>
#include <random>
#include <string>
#include <vector>

#include "history/open.h"
#include "history/postgres_database.h"

namespace {

using namespace rdnsgate;
using namespace rdnsgate::history;
using Clock = std::chrono::steady_clock;

constexpr int addresses = 10'000;

Seen finding(int address) {
  Seen seen;
  seen.fingerprint = fmt::format("{:032x}", address * 7919);
  seen.rule = address % 3 == 0 ? "ptr-missing" : "fcrdns-mismatch";
  seen.severity = Severity::error;
  seen.vantages = {"authority", "quad9", "recursive"};
  seen.target = {audit::TargetKind::address, fmt::format("198.51.{}.{}", address / 256, address % 256)};
  seen.zone = fmt::format("{}.51.198.in-addr.arpa", address / 256);
  seen.sender = fmt::format("mx{}", address / 16);
  seen.message =
      fmt::format("{} has no PTR record, and mx{}.mail.example is declared", seen.target.id, address);
  seen.expected = fmt::format("mx{}.mail.example", address);
  seen.observed = "NXDOMAIN";
  seen.path = "inventory.yaml";
  seen.line = static_cast<std::size_t>(address) + 10;
  return seen;
}

double since(Clock::time_point begin) { return std::chrono::duration<double>(Clock::now() - begin).count(); }

template <typename T>
T good(Outcome<T> outcome) {
  if (outcome) return std::move(*outcome);
  fmt::print(stderr, "{}\n", outcome.error().error.message);
  std::exit(1);
}

}  // namespace

int main(int argc, char** argv) {
  if (argc < 2) return fmt::print(stderr, "usage: history_bench FILE|URL [RUNS]\n"), 2;
  const Place place{argv[1]};
  const int runs = argc > 2 ? std::atoi(argv[2]) : 105'120;
  auto history = good(open_history(place, Access::create));
  std::mt19937 random(1);
  std::vector<int> open;
  for (int i = 0; i < 50; ++i) open.push_back(i * 200);  // what nobody repairs
  Run run;
  run.inventory_path = "inventory.yaml";
  run.inventory_sha256 = std::string(64, 'a');
  run.summary.addresses = addresses;
  for (const char* vantage : {"authority", "quad9", "recursive"})
    run.latency.push_back({vantage, "", "", 20'000, 3, 1, 12, 80, 200});
  for (int zone = 0; zone < 10; ++zone) {
    const auto name = fmt::format("{}.51.198.in-addr.arpa", zone);
    run.latency.push_back({"authority", name, "192.0.2.53#53", 2000, 0, 0, 5, 20, 60});
    for (int server = 0; server < 2; ++server)
      run.zones.push_back({name, fmt::format("ns{}.example 192.0.2.{}", server, 53 + server), 1, 300, 86400});
  }
  const Policy policy{2, 3};
  auto begin = Clock::now();
  std::size_t told = 0;
  double worst = 0;
  for (int i = 0; i < runs; ++i) {
    // Each hour something comes, and something goes.
    if (i % 12 == 0) open.push_back(static_cast<int>(random() % addresses));
    if (i % 12 == 6 && open.size() > 50) open.erase(open.begin() + 50);
    run.id = new_run_id();
    run.started_at = Time(seconds(1'800'000'000 + 300LL * i));
    run.finished_at = run.started_at + seconds(60);
    if (i % 2000 == 0) run.git_revision = fmt::format("{:040x}", i);
    for (auto& zone : run.zones) zone.serial = static_cast<std::uint32_t>(1 + i / 2000);
    std::vector<Seen> seen;
    for (const int address : open) seen.push_back(finding(address));
    const auto one = Clock::now();
    told += good(history->append(run, seen, policy)).transitions.size();
    worst = std::max(worst, since(one));
  }
  const double written = since(begin);
  fmt::print("{} runs in {:.1f} s: {:.0f} a second, the slowest {:.0f} ms; {} transitions\n", runs, written,
             runs / written, worst * 1000, told);
  history.reset();
  begin = Clock::now();
  history = good(open_history(place, Access::read));
  fmt::print("open: {:.1f} ms\n", since(begin) * 1000);
  const auto time = [&](const char* what, auto read) {
    std::vector<double> all;
    std::size_t rows = 0;
    for (int i = 0; i < 9; ++i) {
      const auto start = Clock::now();
      rows = read();
      all.push_back(since(start));
    }
    std::sort(all.begin(), all.end());
    fmt::print("{}: {:.1f} ms ({} rows)\n", what, all[4] * 1000, rows);
  };
  Filter ip, zone, week, page, fingerprint;
  ip.ip = finding(4000).target.id;
  fingerprint.fingerprint = finding(4000).fingerprint;
  zone.zone = finding(4000).zone;
  week.since = run.finished_at - seconds(7 * 86400);
  page.newest_first = true;
  page.limit = 100;
  time("timeline of an address", [&] { return good(history->timeline(ip)).size(); });
  time("timeline of a finding", [&] { return good(history->timeline(fingerprint)).size(); });
  time("timeline of a zone", [&] { return good(history->timeline(zone)).size(); });
  time("timeline of the last week", [&] { return good(history->timeline(week)).size(); });
  time("the newest 100 transitions", [&] { return good(history->timeline(page)).size(); });
  time("what is open", [&] { return good(history->findings({})).size(); });
  time("the newest 100 runs", [&] { return good(history->runs(page)).size(); });
  week.vantage = "quad9";
  time("latency of a vantage, last week", [&] { return good(history->latency(week)).size(); });
  const auto size = [&] {
    if (!place.is_server()) return static_cast<std::int64_t>(std::filesystem::file_size(place.where));
    auto database = open_postgres(place.where, milliseconds(10'000));
    return database
        ->query(
            "SELECT sum(pg_total_relation_size(c.oid))::bigint FROM pg_class c JOIN pg_namespace n ON n.oid "
            "= c.relnamespace "
            "WHERE n.nspname = 'rdnsgate' AND c.relkind = 'r'")
        .at(0)
        .integer();
  };
  fmt::print("size: {:.1f} MiB\n", static_cast<double>(size()) / 1048576);
  begin = Clock::now();
  history.reset();
  history = good(open_history(place, Access::change));
  const auto pruned = good(history->prune({}, run.finished_at));
  fmt::print("prune: {} rows of latency in {:.1f} s\n", pruned.latencies, since(begin));
  history.reset();
  fmt::print("size after that: {:.1f} MiB (the room is used again)\n", static_cast<double>(size()) / 1048576);
}
