// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <atomic>
#include <fstream>
#include <set>
#include <sstream>
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

namespace {

constexpr Patience brief{milliseconds(200), milliseconds(2000)};

std::string read_all(const std::string& path) {
  std::ifstream file(path, std::ios::binary);
  std::ostringstream text;
  text << file.rdbuf();
  return text.str();
}
void write_all(const std::string& path, const std::string& octets) {
  std::ofstream(path, std::ios::binary | std::ios::trunc) << octets;
}

Failure refused(const std::string& path, Access access) {
  auto history = open_history({path}, access, brief);
  REQUIRE_FALSE(history);
  CHECK_FALSE(history.error().error.message.empty());
  return history.error();
}

void append(const std::string& path, const Run& run, const std::vector<Seen>& seen = {}) {
  auto history = open_history({path}, Access::create);
  REQUIRE(history);
  const auto done = (*history)->append(run, seen, {});
  if (!done) FAIL(done.error().error.message);
}

std::size_t count_runs(const std::string& path) {
  auto history = open_history({path}, Access::read);
  if (!history) FAIL(history.error().error.message);
  Filter all;
  all.limit = 0;
  return (*history)->runs(all)->size();
}

}  // namespace

TEST_CASE("what is no history is left as it is") {
  const Folder folder;
  const auto path = folder / "inventory.yaml";
  for (const auto access : {Access::read, Access::change, Access::create}) {
    write_all(path, "version: 1\n# a long comment, longer than the head of a database\n");
    CHECK(refused(path, access).kind == Kind::not_ours);
    CHECK(read_all(path).starts_with("version: 1"));
    CHECK(refused(folder.path(), access).kind == Kind::not_ours);
  }
  open_sqlite(folder / "other.db", Access::create, milliseconds(100))
      ->script("CREATE TABLE cars (name TEXT)");
  const auto before = read_all(folder / "other.db");
  CHECK(refused(folder / "other.db", Access::create).kind == Kind::not_ours);
  CHECK(refused(folder / "other.db", Access::read).kind == Kind::not_ours);
  CHECK(read_all(folder / "other.db") == before);
}

TEST_CASE("nothing there is begun by what writes alone") {
  const Folder folder;
  CHECK(refused(folder / "missing.db", Access::read).kind == Kind::other);
  CHECK(refused(folder / "missing.db", Access::change).kind == Kind::other);
  CHECK(refused(folder / "no/folder.db", Access::create).kind == Kind::read_only);
  CHECK_FALSE(std::filesystem::exists(folder / "missing.db"));
  write_all(folder / "empty.db", "");
  CHECK(refused(folder / "empty.db", Access::read).kind == Kind::not_ours);
  append(folder / "empty.db", run_at(0));
  CHECK(count_runs(folder / "empty.db") == 1);
}

TEST_CASE("a history of version 1 is brought up to date, and keeps what is in it") {
  const Folder folder;
  const auto path = folder / "old.db";
  {
    auto database = open_sqlite(path, Access::create, milliseconds(100));
    database->script(read_all(VERSION_1));
    CHECK(version_of(*database) == 1);
  }
  CHECK(refused(path, Access::read).error.message.find("version 1") != std::string::npos);
  auto history = open_history({path}, Access::change);
  REQUIRE(history);
  CHECK((*history)->runs({})->size() == 3);
  const auto tracks = (*history)->findings({});
  REQUIRE(tracks->size() == 1);
  CHECK((*tracks)[0].finding.fingerprint == "f");
  CHECK((*tracks)[0].last_seen == minute(2));
  CHECK((*history)->timeline({})->size() == 3);
  const auto done = (*history)->append(run_at(3), {}, {});
  REQUIRE(done);
  REQUIRE(done->transitions.size() == 1);
  CHECK(done->transitions[0].kind == TransitionKind::recovered);
  CHECK((*history)->zones({})->size() == 2);
}

TEST_CASE("a history of a later version is refused, by what reads and what writes") {
  const Folder folder;
  const auto path = folder / "new.db";
  append(path, run_at(0));
  open_sqlite(path, Access::change, milliseconds(100))->script("UPDATE rdnsgate_history SET version = 99");
  const auto before = read_all(path);
  for (const auto access : {Access::read, Access::change, Access::create}) {
    const auto failure = refused(path, access);
    CHECK(failure.kind == Kind::newer);
    CHECK(failure.error.message.find("99") != std::string::npos);
  }
  CHECK(read_all(path) == before);
}

TEST_CASE("a second writer waits, and says so where it waited in vain") {
  const Folder folder;
  const auto path = folder / "history.db";
  append(path, run_at(0));
  auto holder = open_sqlite(path, Access::change, milliseconds(100));
  holder->begin_writing();
  auto history = open_history({path}, Access::create, brief);
  REQUIRE(history);
  const auto vain = (*history)->append(run_at(1), {}, {});
  REQUIRE_FALSE(vain);
  CHECK(vain.error().kind == Kind::busy);
  CHECK(count_runs(path) == 1);  // readers do not wait
  std::thread other([&] {
    std::this_thread::sleep_for(milliseconds(300));
    holder->roll_back();
  });
  auto patient = open_history({path}, Access::create);
  CHECK((*patient)->append(run_at(2), {}, {}).has_value());
  other.join();
  CHECK(count_runs(path) == 2);
}

TEST_CASE("several writers at once lose nothing") {
  const Folder folder;
  const auto path = folder / "history.db";
  std::vector<std::thread> writers;
  std::atomic<int> written{0};
  for (int i = 0; i < 4; ++i) {
    writers.emplace_back([&, i] {
      for (int j = 0; j < 10; ++j) {
        auto history = open_history({path}, Access::create);
        if (history && (*history)->append(run_at(j, std::to_string(i)), {finding("f")}, {})) ++written;
      }
    });
  }
  for (auto& writer : writers) writer.join();
  CHECK(written == 40);
  CHECK(count_runs(path) == 40);
  auto history = open_history({path}, Access::read);
  CHECK((*history)->timeline({})->size() == 4);
}

TEST_CASE("killed at any moment, nothing is lost that was said to be written") {
  const Folder folder;
  const auto path = folder / "history.db";
  std::set<std::string> said;
  for (int round = 0; round < 25; ++round) {
    int ends[2];
    REQUIRE(pipe(ends) == 0);
    const pid_t child = fork();
    if (child == 0) {
      for (int i = 0;; ++i) {
        auto history = open_history({path}, Access::create);
        const auto run = run_at(round * 1000 + i);
        if (!history ||
            !(*history)->append(run, {finding(std::string(static_cast<std::size_t>(1 + i % 9), 'f'))}, {}))
          _exit(1);
        if (write(ends[1], run.id.data(), run.id.size()) < 0) _exit(2);
      }
    }
    close(ends[1]);
    std::string ids(1 << 20, '\0');
    REQUIRE(read(ends[0], ids.data(), 32) == 32);  // it is at work
    usleep(static_cast<useconds_t>(3000 + 4111 * round % 50000));
    kill(child, SIGKILL);
    int status = 0;
    waitpid(child, &status, 0);
    CHECK(WIFSIGNALED(status));
    for (std::size_t filled = 32;;) {
      const auto got = read(ends[0], ids.data() + filled, ids.size() - filled);
      if (got <= 0) {
        ids.resize(filled);
        break;
      }
      filled += static_cast<std::size_t>(got);
    }
    close(ends[0]);
    for (std::size_t i = 0; i + 32 <= ids.size(); i += 32) said.insert(ids.substr(i, 32));
  }
  REQUIRE(said.size() >= 25);
  auto history = open_history({path}, Access::change);
  REQUIRE(history);
  Filter all;
  all.limit = 0;
  const auto runs = (*history)->runs(all);
  std::set<std::string> kept;
  for (const auto& run : *runs) kept.insert(run.run.id);
  for (const auto& id : said) CHECK(kept.contains(id));
  // Whole transactions: what the runs say that they brought is there.
  std::size_t brought = 0;
  for (const auto& run : *runs) brought += run.opened + run.changed + run.recovered;
  CHECK((*history)->timeline(all)->size() == brought);
}

TEST_CASE("a damaged history is said, kept aside and begun anew") {
  const Folder folder;
  const auto path = folder / "history.db";
  for (int i = 0; i < 50; ++i)
    append(path, run_at(i), {finding(std::string(1 + static_cast<std::size_t>(i % 7), 'f'))});
  auto octets = read_all(path);
  SUBCASE("overwritten") { std::fill(octets.begin() + 4096, octets.end(), '\x5a'); }
  SUBCASE("cut off") { octets.resize(octets.size() / 2); }
  write_all(path, octets);
  {
    auto history = open_history({path}, Access::read);
    const auto kind = history ? (*history)->runs({}).error().kind : history.error().kind;
    CHECK(kind == Kind::corrupt);
    CHECK(read_all(path) == octets);
  }
  Recorder recorder({path}, folder / "spool");
  const auto recorded = recorder.record(run_at(100), {finding("f")});
  if (!recorded) FAIL(recorded.error().error.message);
  REQUIRE(recorded->notes.size() == 1);
  CHECK(recorded->notes[0].find("damaged-") != std::string::npos);
  CHECK(recorded->appended->transitions.size() == 1);
  CHECK(count_runs(path) == 1);
  std::size_t aside = 0;
  for (const auto& entry : std::filesystem::directory_iterator(folder.path())) {
    if (entry.path().filename().string().find(".damaged-") == std::string::npos) continue;
    if (entry.path().string().ends_with("-wal") || entry.path().string().ends_with("-shm")) continue;
    ++aside;
    CHECK(read_all(entry.path().string()) == octets);
  }
  CHECK(aside == 1);
  CHECK(recorder.record(run_at(101), {}).value().notes.empty());
}

TEST_CASE("a dead server keeps a run waiting, which is said once") {
  const Folder folder;
  Recorder recorder({"postgresql://user:secret@/db?host=" + folder.path()}, folder / "spool", {}, brief);
  const auto first = recorder.record(run_at(0), {finding("f")});
  if (!first) FAIL(first.error().error.message);
  CHECK_FALSE(first->appended);
  REQUIRE(first->notes.size() == 1);
  CHECK(first->notes[0].find("secret") == std::string::npos);
  const auto second = recorder.record(run_at(1), {});
  REQUIRE(second);
  CHECK(second->notes.empty());
  auto spool = Spool::open(folder / "spool");
  REQUIRE(spool);
  const auto names = spool->names();
  REQUIRE(names.size() == 2);
  const auto waiting = spool->read(names[0]);
  REQUIRE(waiting);
  CHECK(waiting->run.finished_at == minute(0));
  CHECK(waiting->run.latency == run_at(0).latency);
  CHECK(waiting->run.zones == run_at(0).zones);
  CHECK(waiting->run.summary.questions == 20);
  CHECK(waiting->seen == std::vector{finding("f")});
}

TEST_CASE("where a run can neither be sent nor kept, that is said") {
  const Folder folder;
  write_all(folder / "file", "x");
  Recorder recorder({"postgresql:///db?host=" + folder.path()}, folder / "file/spool", {}, brief);
  const auto done = recorder.record(run_at(0), {});
  REQUIRE_FALSE(done);
  CHECK(done.error().error.hint.find("file/spool") != std::string::npos);
}

TEST_CASE("passwords of URLs are not shown") {
  CHECK(Place{"postgresql://user:s%40cret@host:5432/db"}.shown() == "postgresql://user:***@host:5432/db");
  CHECK(Place{"postgres://host/db?user=u&password=hunter2&sslmode=require"}.shown() ==
        "postgres://host/db?user=u&password=***&sslmode=require");
  CHECK(Place{"postgresql://u:a:b@c@host/db?sslpassword=x"}.shown() ==
        "postgresql://u:***@host/db?sslpassword=***");
  CHECK(Place{"postgresql://user@host/db"}.shown() == "postgresql://user@host/db");
  CHECK(Place{"postgresql:///db"}.shown() == "postgresql:///db");
  CHECK(Place{"history.db"}.shown() == "history.db");
  const auto wrong = open_history({"postgresql://u:hunter2@host:port/db?x=y"}, Access::read, brief);
  REQUIRE_FALSE(wrong);
  CHECK(wrong.error().error.message.find("hunter2") == std::string::npos);
}
