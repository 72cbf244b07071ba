// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>
#include <atomic>
#include <cstdlib>
#include <thread>

#include "history/open.h"
#include "history/postgres_database.h"
#include "history/recorder.h"
#include "history/sample.h"
#include "history/schema.h"
#include "history/spool.h"

using namespace rdnsgate;
using namespace rdnsgate::history;
using namespace rdnsgate::history::test;
using Kind = Failure::Kind;

// Against the server that RDNSGATE_TEST_SERVER names (tests/lab/history_server_test.py); skipped where there is none.

namespace {

constexpr Patience brief{milliseconds(500), milliseconds(500)};

const auto needs_server = doctest::skip(std::getenv("RDNSGATE_TEST_SERVER") == nullptr);

std::string empty_server() {
  const char* const server = std::getenv("RDNSGATE_TEST_SERVER");
  open_postgres(server, milliseconds(10'000))->script("DROP SCHEMA IF EXISTS rdnsgate CASCADE");
  return server;
}

std::size_t count_runs(const std::string& server) {
  auto history = open_history({server}, Access::read);
  if (!history) FAIL(history.error().error.message);
  Filter all;
  all.limit = 0;
  return (*history)->runs(all)->size();
}

}  // namespace

TEST_CASE("server: several writers at once, the first of whom make the tables, lose nothing" * needs_server) {
  const auto server = empty_server();
  std::vector<std::thread> writers;
  std::atomic<int> written{0};
  for (int i = 0; i < 6; ++i) {
    writers.emplace_back([&, i] {
      for (int j = 0; j < 15; ++j) {
        auto history = open_history({server}, Access::create);
        // The same findings in another order, half of the writers with one origin.
        std::vector<Seen> seen{finding("f"), finding("gg"), finding("hhh")};
        if (i % 2 != 0) std::reverse(seen.begin(), seen.end());
        if (j % 3 == 2) seen.clear();
        if (history && (*history)->append(run_at(j, i < 3 ? "shared" : std::to_string(i)), seen, {}))
          ++written;
      }
    });
  }
  for (auto& writer : writers) writer.join();
  CHECK(written == 90);
  CHECK(count_runs(server) == 90);
  auto history = open_history({server}, Access::read);
  std::size_t brought = 0;
  Filter all;
  all.limit = 0;
  const auto runs = (*history)->runs(all);
  for (const auto& run : *runs) brought += run.opened + run.changed + run.recovered;
  CHECK((*history)->timeline(all)->size() == brought);
}

TEST_CASE(
    "server: one that does not answer in time keeps a run waiting, and it is sent later, in order and once" *
    needs_server) {
  const auto server = empty_server();
  const Folder folder;
  Recorder recorder({server}, folder / "spool", {}, brief);
  REQUIRE(recorder.record(run_at(0), {finding("f")}).value().appended);
  const auto repeated = run_at(1);
  {
    auto holder = open_postgres(server, milliseconds(10'000));
    holder->begin_writing();
    const auto begin = std::chrono::steady_clock::now();
    const auto kept = recorder.record(repeated, {});
    CHECK(std::chrono::steady_clock::now() - begin < seconds(5));
    REQUIRE(kept);
    CHECK_FALSE(kept->appended);
    CHECK(kept->notes.size() == 1);
    CHECK(recorder.record(run_at(2), {finding("f")}).value().notes.empty());
    holder->roll_back();
  }
  // It was written after all, and nobody heard.
  REQUIRE((*open_history({server}, Access::create))->append(repeated, {}, {}));
  const auto last = recorder.record(run_at(3), {finding("f")});
  REQUIRE(last);
  CHECK(last->appended);
  CHECK(last->appended->transitions.empty());
  REQUIRE(last->notes.size() == 1);
  CHECK(last->notes[0].find("2 runs that waited are sent") != std::string::npos);
  CHECK(count_runs(server) == 4);
  auto history = open_history({server}, Access::read);
  std::string told;
  const auto timeline = (*history)->timeline({});
  for (const auto& one : *timeline) told += std::string(to_string(one.kind)) + " ";
  CHECK(told == "opened recovered opened ");
  CHECK(Spool::open(folder / "spool")->names().empty());
}

TEST_CASE("server: a run that waits and cannot be read is kept aside, and keeps no other from being sent" *
          needs_server) {
  const auto server = empty_server();
  const Folder folder;
  {
    auto spool = Spool::open(folder / "spool");
    REQUIRE(spool->add(run_at(0), {finding("f")}));
    REQUIRE(spool->add(run_at(1), {}));
    const auto names = spool->names();
    std::filesystem::resize_file(folder / ("spool/" + names[0]), 20);
  }
  Recorder recorder({server}, folder / "spool");
  const auto done = recorder.record(run_at(2), {});
  REQUIRE(done);
  CHECK(done->appended);
  REQUIRE(done->notes.size() == 2);
  CHECK(done->notes[0].find(".refused") != std::string::npos);
  CHECK(count_runs(server) == 2);
}

TEST_CASE("server: a history of a later version is refused" * needs_server) {
  const auto server = empty_server();
  CHECK(open_history({server}, Access::read).error().kind == Kind::not_ours);
  REQUIRE(open_history({server}, Access::create));
  open_postgres(server, milliseconds(10'000))->script("UPDATE rdnsgate_history SET version = 99");
  CHECK(open_history({server}, Access::read).error().kind == Kind::newer);
  CHECK(open_history({server}, Access::create).error().kind == Kind::newer);
}

TEST_CASE("server: version 1 is brought up to date" * needs_server) {
  const auto server = empty_server();
  REQUIRE(open_history({server}, Access::create));
  auto database = open_postgres(server, milliseconds(10'000));
  database->script(
      "DROP TABLE places, latency_runs, latency_hours, zone_states; UPDATE rdnsgate_history SET version = 1");
  CHECK_FALSE(open_history({server}, Access::read));
  auto history = open_history({server}, Access::change);
  REQUIRE(history);
  CHECK((*history)->append(run_at(0), {finding("f")}, {}).has_value());
  CHECK((*history)->zones({})->size() == 2);
}

TEST_CASE("server: what is said to be written is on its disk, however it is configured" * needs_server) {
  const auto server = empty_server();
  const auto lazy =
      server + (server.find('?') == std::string::npos ? "?" : "&") + "options=-csynchronous_commit%3Doff";
  const auto mode = [](const std::string& url) {
    return open_postgres(url, milliseconds(10'000))->query("SHOW synchronous_commit").at(0).text();
  };
  CHECK(mode(lazy) == "on");
  CHECK(mode(server + (server.find('?') == std::string::npos ? "?" : "&") +
             "options=-csynchronous_commit%3Dlocal") == "local");
}

TEST_CASE("server: statements that come again and again, and more of them than are kept" * needs_server) {
  auto database = open_postgres(empty_server(), milliseconds(10'000));
  database->prepare();
  database->script("CREATE TABLE t (id BIGINT PRIMARY KEY, text TEXT)");
  for (int round = 0; round < 3; ++round) {
    for (int i = 0; i < 150; ++i) {
      const auto number =
          database->query("SELECT $1::bigint + " + std::to_string(i), {std::int64_t{7}}).at(0);
      CHECK(Row(number).integer() == 7 + i);
    }
  }
  for (std::int64_t i = 0; i < 5; ++i)
    CHECK(database->change("INSERT INTO t VALUES ($1, $2)", {i, Value()}) == 1);
  // One that fails inside a transaction is one that can be used again.
  database->begin_writing();
  CHECK_THROWS_AS(database->query("INSERT INTO t VALUES ($1, $2)", {std::int64_t{3}, Value()}), Stop);
  database->roll_back();
  CHECK(database->change("INSERT INTO t VALUES ($1, $2)", {std::int64_t{9}, "x"}) == 1);
  CHECK(database->change("DELETE FROM t WHERE id < $1", {std::int64_t{4}}) == 4);
  CHECK(database->query("SELECT text FROM t WHERE id = $1", {std::int64_t{9}}).at(0).text() == "x");
}

TEST_CASE("server: statements that go with the next one, in their order, and all of them or none" *
          needs_server) {
  auto database = open_postgres(empty_server(), milliseconds(10'000));
  database->prepare();
  database->script("CREATE TABLE t (id BIGINT PRIMARY KEY)");
  const std::string insert = "INSERT INTO t VALUES ($1)";
  const auto count = [&] { return database->query("SELECT count(*) FROM t").at(0).integer(); };
  {
    Transaction transaction(*database, Transaction::For::writing);
    for (std::int64_t i = 0; i < 300; ++i) database->later(insert, {i});
    CHECK(count() == 300);
    CHECK(database->change("DELETE FROM t WHERE id >= $1", {std::int64_t{200}}) == 100);
    database->later(insert, {std::int64_t{1000}});
    // More texts than are kept by name, while some of them wait.
    for (int i = 0; i < 150; ++i)
      database->later("UPDATE t SET id = id WHERE id = $1 + " + std::to_string(i), {std::int64_t{1}});
    database->later(insert, {std::int64_t{1001}});
    transaction.commit();
  }
  CHECK(count() == 202);
  // Each way to send it fails with it, and nothing of it is left behind.
  for (const bool by_commit : {true, false}) {
    Transaction transaction(*database, Transaction::For::writing);
    database->later(insert, {std::int64_t{5000}});
    database->later(insert, {std::int64_t{7}});
    database->later(insert, {std::int64_t{5001}});
    const auto send = [&] { by_commit ? transaction.commit() : static_cast<void>(count()); };
    CHECK_THROWS_AS(send(), Stop);
  }
  CHECK(count() == 202);
  {
    const Transaction transaction(*database, Transaction::For::writing);
    database->later(insert, {std::int64_t{6000}});
  }
  CHECK(count() == 202);
}
