// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "history/store.h"

#include <set>
#include <utility>

#include "history/words.h"

namespace rdnsgate::history {
namespace {

using For = Transaction::For;

class Store : public History {
 public:
  explicit Store(std::unique_ptr<Database> database) : database_(std::move(database)) {}

  Outcome<Appended> append(const Run& run, const std::vector<Seen>& seen, const Policy& policy) override {
    if (const auto fit = check(policy); !fit)
      return tl::unexpected<Failure>(Failure{Failure::Kind::other, fit.error()});
    return guarded([&] { return append_plain(plain(run), seen, policy); });
  }

  Outcome<std::vector<Track>> findings(const Filter& filter) override {
    return reading(read_findings, filter);
  }
  Outcome<std::vector<KeptRun>> runs(const Filter& filter) override { return reading(read_runs, filter); }
  Outcome<std::vector<Transition>> timeline(const Filter& filter) override {
    return reading(read_timeline, filter);
  }
  Outcome<std::vector<ZoneState>> zones(const Filter& filter) override { return reading(read_zones, filter); }
  Outcome<std::vector<LatencyHour>> latency(const Filter& filter) override {
    return reading(read_latency, filter);
  }

  Outcome<Pruned> prune(const Retention& retention, Time now) override {
    return guarded([&] {
      Transaction transaction(*database_, For::writing);
      const auto pruned = history::prune(*database_, retention, now);
      transaction.commit();
      return pruned;
    });
  }

 private:
  template <typename Work>
  auto guarded(Work work) -> Outcome<decltype(work())> {
    try {
      return work();
    } catch (const Stop& stopped) {
      return tl::unexpected<Failure>(stopped.failure);
    }
  }

  template <typename T>
  Outcome<std::vector<T>> reading(std::vector<T> (*read)(Database&, const Filter&), const Filter& filter) {
    return guarded([&] {
      Transaction transaction(*database_, For::reading);
      auto all = read(*database_, filter);
      transaction.commit();
      return all;
    });
  }

  Appended append_plain(const Run& run, const std::vector<Seen>& seen, const Policy& policy) {
    std::vector<Seen> now;
    now.reserve(seen.size());
    for (const auto& one : seen) now.push_back(plain(one));
    Transaction transaction(*database_, For::writing);
    Writer writer(*database_);
    Appended appended;
    if (writer.knows(run)) {
      appended.known = true;
      return appended;
    }
    const auto series = writer.series(run);
    const auto before = writer.tracks(series);
    auto step = transitions(before, run, now, policy);
    const auto number = writer.add(run, series, step.transitions);
    writer.write(series, before, step.tracks, run.whole);
    writer.write(series, number, step.transitions);
    writer.write_latency(series, number, run);
    writer.write_zones(series, run);
    writer.end(series, run);
    transaction.commit();
    std::set<audit::Target> doubtful;
    for (const auto& track : step.tracks) {
      if (track.is_doubtful()) doubtful.insert(track.finding.target);
    }
    appended.transitions = std::move(step.transitions);
    appended.doubtful.assign(doubtful.begin(), doubtful.end());
    return appended;
  }

  std::unique_ptr<Database> database_;
};

}  // namespace

std::unique_ptr<History> make_store(std::unique_ptr<Database> database) {
  return std::make_unique<Store>(std::move(database));
}

}  // namespace rdnsgate::history
