// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/output_folder.h"

#include <doctest/doctest.h>
#include <signal.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include "base/files/file_lock.h"
#include "base/files/output_file.h"
#include "base/scratch.h"

namespace rdnsgate {
namespace {

TEST_CASE("a folder is there as a whole or not at all") {
  const Scratch at;
  {
    auto folder = OutputFolder::make(at / "new/plan").value();
    REQUIRE(folder.add("plan.json", "{}"));
    REQUIRE(folder.add("00-first/rollback/a.txt", "text"));
    CHECK_FALSE(std::filesystem::exists(at / "new/plan"));
  }
  CHECK(at.count("new") == 0);
  auto folder = OutputFolder::make(at / "new/plan").value();
  REQUIRE(folder.add("plan.json", "{}"));
  REQUIRE(folder.add("00-first/rollback/a.txt", "text"));
  CHECK_FALSE(folder.add("00-first/" + std::string(300, 'x'), "text"));
  REQUIRE(folder.commit());
  CHECK(at.read("new/plan/00-first/rollback/a.txt") == "text");
  CHECK(at.count("new") == 1);
  struct stat made {};
  REQUIRE(stat((at / "new/plan").c_str(), &made) == 0);
  const mode_t mask = umask(022);
  umask(mask);
  CHECK((made.st_mode & 0777u) == (0777u & ~mask));
}

TEST_CASE("what else is in a folder stays, and a folder that is empty is as good as none") {
  const Scratch at;
  at.write("plan/notes", "mine");
  at.write("plan/plan.json", "old");
  std::filesystem::create_directory(at / "empty");
  for (const auto* name : {"plan", "empty"}) {
    auto folder = OutputFolder::make(at / name).value();
    REQUIRE(folder.add("plan.json", "new"));
    REQUIRE(folder.add("00/a", "text"));
    REQUIRE(folder.commit());
    CHECK(at.read(std::string(name) + "/plan.json") == "new");
    CHECK(at.read(std::string(name) + "/00/a") == "text");
  }
  CHECK(at.read("plan/notes") == "mine");
  CHECK(at.count("plan") == 3);
}

TEST_CASE("a signal takes the half of a folder with it") {
  const Scratch at;
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    signal(SIGTERM, SIG_DFL);
    auto folder = OutputFolder::make(at / "plan");
    static_cast<void>(folder->add("a/b/c", "text"));
    static_cast<void>(folder->add("d", "text"));
    raise(SIGTERM);
    _exit(0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK((WIFSIGNALED(status) && WTERMSIG(status) == SIGTERM));
  CHECK(at.count() == 0);
}

TEST_CASE("no link leads a folder out of the repository") {
  const Scratch at;
  at.write("repo/.git/HEAD", "");
  at.write("home/x", "");
  std::filesystem::create_directory_symlink("../home", at / "repo/plan");
  CHECK_FALSE(OutputFolder::make(at / "repo/plan"));
  CHECK_FALSE(OutputFolder::make(at / "repo/plan/below"));
  CHECK_FALSE(OutputFolder::make(at / "home/x"));
  CHECK(at.count("home") == 1);
}

TEST_CASE("of processes that lock a file, read it and write it anew, none loses what another wrote") {
  const Scratch at;
  constexpr int processes = 8, each = 10;
  for (int i = 0; i < processes; ++i) {
    if (fork() != 0) continue;
    for (int k = 0; k < each; ++k) {
      const auto lock = FileLock::take(at / "state");
      if (!lock || !replace_file(at / "state", at.read("state") + "x")) _exit(1);
    }
    _exit(0);
  }
  for (int i = 0; i < processes; ++i) {
    int status = 0;
    wait(&status);
    CHECK(status == 0);
  }
  CHECK(at.read("state").size() == processes * each);
}

}  // namespace
}  // namespace rdnsgate
