// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <cstdlib>

#include "history/open.h"
#include "history/postgres_database.h"
#include "history/sample.h"

using namespace rdnsgate;
using namespace rdnsgate::history;
using namespace rdnsgate::history::test;

namespace {

/// An empty place: a file, or, where RDNSGATE_TEST_SERVER names a server (tests/lab/history_server_test.py), a schema there.
class Bed {
 public:
  Bed() {
    const char* const server = std::getenv("RDNSGATE_TEST_SERVER");
    where_ = server != nullptr ? server : folder_ / "history.db";
    if (server != nullptr)
      open_postgres(server, milliseconds(10'000))->script("DROP SCHEMA IF EXISTS rdnsgate CASCADE");
  }
  const std::string& where() const { return where_; }

 private:
  Folder folder_;
  std::string where_;
};

std::unique_ptr<History> opened(const std::string& where, Access access = Access::create) {
  auto history = open_history({where}, access);
  if (!history) FAIL(history.error().error.message);
  return std::move(*history);
}

Appended appended(History& history, const Run& run, const std::vector<Seen>& seen, Policy policy = {}) {
  auto done = history.append(run, seen, policy);
  if (!done) FAIL(done.error().error.message);
  return std::move(*done);
}

template <typename T>
T got(Outcome<T> outcome) {
  if (!outcome) FAIL(outcome.error().error.message);
  return std::move(*outcome);
}

std::string told(const std::vector<Transition>& transitions) {
  std::string text;
  for (const auto& one : transitions)
    text += (text.empty() ? "" : ", ") + one.finding.fingerprint + " " + std::string(to_string(one.kind));
  return text;
}

}  // namespace

TEST_CASE("what was written is read again") {
  const Bed bed;
  const auto& path = bed.where();
  const auto run = run_at(0);
  {
    auto history = opened(path);
    CHECK(told(appended(*history, run, {finding("f"), finding("gg")}).transitions) == "f opened, gg opened");
  }
  auto history = opened(path, Access::read);
  const auto runs = got(history->runs({}));
  REQUIRE(runs.size() == 1);
  const auto& kept = runs[0].run;
  CHECK(kept.id == run.id);
  CHECK(kept.inventory_path == run.inventory_path);
  CHECK(kept.inventory_sha256 == run.inventory_sha256);
  CHECK(kept.git_revision == "abc123");
  CHECK(kept.started_at == run.started_at);
  CHECK(kept.finished_at == run.finished_at);
  CHECK(kept.verdict == audit::Verdict::fail);
  CHECK(kept.summary.questions == 20);
  CHECK(kept.latency == run.latency);
  Filter brief;
  brief.latency = false;
  CHECK(got(history->runs(brief)).at(0).run.latency.empty());
  CHECK(runs[0].opened == 2);

  const auto tracks = got(history->findings({}));
  REQUIRE(tracks.size() == 2);
  CHECK(tracks[0].finding == finding("f"));
  CHECK(tracks[0].open);
  CHECK(tracks[0].opened_at == minute(0));
  CHECK(tracks[0].inventory_path == "inventory.yaml");

  const auto transitions = got(history->timeline({}));
  REQUIRE(transitions.size() == 2);
  CHECK(transitions[0].finding == finding("f"));
  CHECK(transitions[0].run == run.id);
  CHECK(transitions[0].at == minute(0));
  CHECK_FALSE(transitions[0].before);

  const auto zones = got(history->zones({}));
  REQUIRE(zones.size() == 2);
  CHECK(zones[0].look == run.zones[0]);
  CHECK(zones[1].look == run.zones[1]);
}

TEST_CASE("a run is written once, however often it is sent") {
  const Bed bed;
  auto history = opened(bed.where());
  const auto run = run_at(0);
  CHECK_FALSE(appended(*history, run, {finding("f")}).known);
  const auto again = appended(*history, run, {});
  CHECK(again.known);
  CHECK(again.transitions.empty());
  CHECK(got(history->runs({})).size() == 1);
  CHECK(got(history->findings({})).size() == 1);
}

TEST_CASE("looks are kept in mind from one start to the next") {
  const Bed bed;
  const auto& path = bed.where();
  const Policy two{2, 3};
  const auto first = appended(*opened(path), run_at(0), {finding("f")}, two);
  CHECK(told(first.transitions) == "");
  CHECK(first.doubtful == std::vector{finding("f").target});
  CHECK(told(appended(*opened(path), run_at(1), {}, two).transitions) == "");
  CHECK(told(appended(*opened(path), run_at(2), {finding("f")}, two).transitions) == "f opened");
  CHECK(told(appended(*opened(path), run_at(3), {finding("f", "other")}, two).transitions) == "");
  CHECK(told(appended(*opened(path), run_at(4), {finding("f", "other")}, two).transitions) == "f changed");
  CHECK(told(appended(*opened(path), run_at(5), {}, two).transitions) == "");
  const auto last = appended(*opened(path), run_at(6), {}, two);
  CHECK(told(last.transitions) == "f recovered");
  CHECK(last.doubtful.empty());
  REQUIRE(last.transitions[0].before);
  CHECK(last.transitions[0].before->observed == "other");
  CHECK(last.transitions[0].lasted() == seconds(300));
  auto history = opened(path, Access::read);
  CHECK(got(history->findings({})).empty());
  const auto timeline = got(history->timeline({}));
  CHECK(told(timeline) == "f opened, f changed, f recovered");
  CHECK(timeline[1].before->observed == "none");
  CHECK(timeline[2] == last.transitions[0]);
}

TEST_CASE("a finding that stays is last seen in the last look that showed it, and not written each time") {
  const Bed bed;
  auto history = opened(bed.where());
  appended(*history, run_at(0), {finding("f")});
  appended(*history, run_at(1), {finding("f")});
  appended(*history, run_at(2), {finding("f")});
  CHECK(got(history->findings({}))[0].last_seen == minute(2));
  auto unclear = finding("f");
  unclear.fingerprint = "?";
  unclear.certainty = audit::Certainty::inconclusive;
  appended(*history, run_at(3), {unclear});
  appended(*history, run_at(4), {unclear});
  CHECK(got(history->findings({}))[0].last_seen == minute(2));
  appended(*history, run_at(5), {finding("f")});
  CHECK(got(history->findings({}))[0].last_seen == minute(5));
  auto part = run_at(6);
  part.whole = false;
  appended(*history, part, {});
  CHECK(got(history->findings({}))[0].last_seen == minute(5));
  CHECK(got(history->timeline({})).size() == 1);
}

TEST_CASE("runs of several origins do not settle each other's findings") {
  const Bed bed;
  auto history = opened(bed.where());
  CHECK(told(appended(*history, run_at(0, "east"), {finding("f")}).transitions) == "f opened");
  CHECK(told(appended(*history, run_at(1, "west"), {}).transitions) == "");
  CHECK(told(appended(*history, run_at(2, "west"), {finding("f")}).transitions) == "f opened");
  CHECK(told(appended(*history, run_at(3, "east"), {}).transitions) == "f recovered");
  Filter west;
  west.origin = "west";
  CHECK(got(history->findings(west)).size() == 1);
  CHECK(got(history->findings({})).size() == 1);
  CHECK(got(history->runs(west)).size() == 2);
}

TEST_CASE("filters, pages and the order of writing") {
  const Bed bed;
  auto history = opened(bed.where());
  auto other = finding("gg");
  other.rule = "helo-unresolvable";
  other.zone = "example.com";
  other.sender = "mx%2";
  other.vantages = {"a_b"};
  other.target = {audit::TargetKind::path, "example.com via mx%2"};
  appended(*history, run_at(10), {finding("f")});
  appended(*history, run_at(5), {finding("f"), other});  // the clock was set back
  appended(*history, run_at(20), {});
  const auto with = [&](auto set) {
    Filter filter;
    set(filter);
    return told(got(history->timeline(filter)));
  };
  CHECK(told(got(history->timeline({}))) == "f opened, gg opened, f recovered, gg recovered");
  CHECK(with([](Filter& f) { f.rule = "ptr-missing"; }) == "f opened, f recovered");
  CHECK(with([](Filter& f) { f.ip = "192.0.2.1"; }) == "f opened, f recovered");
  CHECK(with([](Filter& f) { f.ip = "192.0.2.99"; }) == "");
  CHECK(with([](Filter& f) { f.zone = "example.com"; }) == "gg opened, gg recovered");
  CHECK(with([](Filter& f) { f.vantage = "a_b"; }) == "gg opened, gg recovered");
  CHECK(with([](Filter& f) { f.vantage = "a"; }) == "f opened, f recovered");
  CHECK(with([](Filter& f) { f.vantage = "a%"; }) == "");
  CHECK(with([](Filter& f) { f.name = "mx%2"; }) == "gg opened, gg recovered");
  CHECK(with([](Filter& f) { f.name = "example.com"; }) == "gg opened, gg recovered");
  CHECK(with([](Filter& f) { f.name = "mx1"; }) == "f opened, f recovered");
  CHECK(with([](Filter& f) { f.name = "mx"; }) == "");
  CHECK(with([](Filter& f) { f.fingerprint = "gg"; }) == "gg opened, gg recovered");
  CHECK(with([](Filter& f) { f.rule = "' OR 1=1 --"; }) == "");
  CHECK(with([](Filter& f) { f.since = minute(11); }) == "f recovered, gg recovered");
  CHECK(with([](Filter& f) { f.until = minute(5); }) == "gg opened");
  CHECK(with([](Filter& f) { f.newest_first = true, f.limit = 2; }) == "gg recovered, f recovered");
  Filter page;
  page.limit = 3;
  auto first = got(history->timeline(page));
  CHECK(told(first) == "f opened, gg opened, f recovered");
  page.after = first.back().number;
  CHECK(told(got(history->timeline(page))) == "gg recovered");
}

TEST_CASE("hostile text is kept as something that every database takes, and does not change by itself") {
  const Bed bed;
  auto history = opened(bed.where());
  auto hostile = finding("f", std::string("\x1b[31m\0'; DROP TABLE runs; --\xff\n", 30));
  hostile.vantages = {"a\nb"};
  hostile.message = "$1 ?1 {} %";
  CHECK(told(appended(*history, run_at(0), {hostile}).transitions) == "f opened");
  CHECK(told(appended(*history, run_at(1), {hostile}).transitions) == "");
  const auto kept = got(history->findings({}))[0].finding;
  CHECK(kept.observed.find("\\x1b[31m\\x00'; DROP TABLE runs; --\\xff") == 0);
  CHECK(kept.vantages == std::vector<std::string>{"a\\x0ab"});
  CHECK(kept.message == "$1 ?1 {} %");
}

TEST_CASE("latency by the hour, and what zones had from when to when") {
  const Bed bed;
  auto history = opened(bed.where());
  appended(*history, run_at(0), {});
  auto slower = run_at(5);
  slower.latency[0] = {"recursive", "", "", 20, 3, 0, 30, 500, 900};
  appended(*history, slower, {});
  auto later = run_at(65);
  later.zones[0].serial = 8;
  appended(*history, later, {});
  Filter whole;
  whole.vantage = "recursive";
  const auto hours = got(history->latency(whole));
  REQUIRE(hours.size() == 4);
  CHECK(hours[0].hour == minute(0));
  CHECK(hours[0].runs == 2);
  CHECK(hours[0].latency.questions == 40);
  CHECK(hours[0].latency.timeouts == 4);
  CHECK(hours[0].latency.failures == 2);
  CHECK(hours[0].latency.p50_ms == doctest::Approx(20));
  CHECK(hours[0].latency.p95_ms == 500);
  CHECK(hours[0].latency.p99_ms == 900);
  CHECK(hours[1].latency.server == "192.0.2.53#53");
  CHECK(hours[2].hour == minute(60));
  whole.since = minute(30);
  whole.until = minute(59);
  CHECK(got(history->latency(whole)).size() == 2);

  const auto zones = got(history->zones({}));
  REQUIRE(zones.size() == 3);
  CHECK(zones[0].look.serial == 7u);
  CHECK(zones[0].first_seen == minute(0));
  CHECK(zones[0].last_seen == minute(5));
  CHECK(zones[1].last_seen == minute(65));
  CHECK(zones[2].look.serial == 8u);
  CHECK(zones[2].first_seen == minute(65));
}

TEST_CASE("more than one statement takes: each with its own number, in the order of the findings") {
  const Bed bed;
  auto history = opened(bed.where());
  constexpr int many = 1234;
  const auto all = [&](const std::string& observed) {
    std::vector<Seen> seen;
    for (int i = 0; i < many; ++i) {
      auto one = finding("f" + std::to_string(i), observed);
      one.message = std::to_string(i) + (i % 2 == 0 ? "'; --" : " ($1)");
      one.zone = "z" + std::to_string(i % 7);
      seen.push_back(one);
    }
    return seen;
  };
  Filter whole;
  whole.limit = 0;
  const auto written = appended(*history, run_at(0), all("none")).transitions;
  REQUIRE(written.size() == many);
  for (std::size_t i = 0; i < many; ++i) {
    CHECK(written[i].finding.fingerprint == "f" + std::to_string(i));
    if (i > 0) CHECK(written[i].number > written[i - 1].number);
  }
  CHECK(got(history->timeline(whole)) == written);
  // The next look changes all of them, and half of them are gone then.
  const auto changes = appended(*history, run_at(1), all("other")).transitions;
  CHECK(changes.size() == many);
  auto half = all("other");
  half.resize(many / 2);
  const auto gone = appended(*history, run_at(2), half).transitions;
  CHECK(gone.size() == many - many / 2);
  const auto timeline = got(history->timeline(whole));
  REQUIRE(timeline.size() == written.size() + changes.size() + gone.size());
  for (std::size_t i = 0; i < gone.size(); ++i) CHECK(timeline[timeline.size() - gone.size() + i] == gone[i]);
  CHECK(got(history->findings(whole)).size() == many / 2);
  CHECK(got(history->findings(whole)).front().finding.zone == "z0");
}

TEST_CASE("what comes twice in one run counts as it did when it was written one by one") {
  const Bed bed;
  auto history = opened(bed.where());
  auto twice = run_at(0);
  twice.latency = {{"recursive", "", "", 20, 1, 2, 10, 50, 90}, {"recursive", "", "", 10, 0, 0, 40, 60, 80}};
  auto first = finding("f"), second = finding("f");
  second.zone = "later.example";
  CHECK(told(appended(*history, twice, {first, second}).transitions) == "f opened");
  const auto hours = got(history->latency({}));
  REQUIRE(hours.size() == 1);
  CHECK(hours[0].runs == 2);
  CHECK(hours[0].latency.questions == 30);
  CHECK(hours[0].latency.p50_ms == doctest::Approx((10 * 17 + 40 * 10) / 27.0));
  CHECK(hours[0].latency.p95_ms == 60);
  CHECK(hours[0].latency.p99_ms == 90);
  // What one server had last is its own, however many there are and whoever looked.
  auto east = run_at(1, "east");
  east.zones[0].serial = 99;
  appended(*history, east, {});
  appended(*history, run_at(2), {});
  const auto zones = got(history->zones({}));
  REQUIRE(zones.size() == 4);
  CHECK(zones[0].last_seen == minute(2));
  CHECK(zones[2].look.serial == 99u);
  CHECK(zones[2].last_seen == minute(1));
}

TEST_CASE("what is old goes, and what is open stays with its beginning") {
  const Bed bed;
  auto history = opened(bed.where());
  appended(*history, run_at(0), {finding("f"), finding("gg")});
  appended(*history, run_at(1), {finding("f")});
  appended(*history, run_at(2), {finding("f")});
  appended(*history, run_at(1000), {finding("f")});
  Retention retention{seconds(60), seconds(60 * 500)};
  const auto pruned = got(history->prune(retention, minute(1000)));
  CHECK(pruned.runs == 2);
  CHECK(pruned.transitions == 2);
  CHECK(told(got(history->timeline({}))) == "f opened");
  const auto runs = got(history->runs({}));
  CHECK(runs.size() == 2);
  CHECK(runs[0].run.finished_at == minute(0));
  CHECK(runs[0].run.latency.empty());
  CHECK(runs[1].run.latency.size() == 2);
  CHECK(got(history->findings({})).size() == 1);
  CHECK(got(history->zones({})).size() == 2);
  CHECK(told(appended(*history, run_at(1001), {}).transitions) == "f recovered");
  CHECK(got(history->prune({seconds(0), seconds(0)}, minute(9'000'000))).runs == 0);
  CHECK(got(history->runs({})).size() == 3);
}
