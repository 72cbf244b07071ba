// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/output_file.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/resource.h>
#include <sys/stat.h>
#include <sys/wait.h>
#include <unistd.h>

#include <filesystem>

#include "base/scratch.h"

namespace rdnsgate {
namespace {

namespace fs = std::filesystem;

mode_t mode_of(const std::string& path) {
  struct stat file {};
  REQUIRE(stat(path.c_str(), &file) == 0);
  return file.st_mode & 07777u;
}

TEST_CASE("a file is there as a whole or not at all, and nothing is left beside it") {
  const Scratch at;
  REQUIRE(write_file(at / "new/folder/a", "text"));
  CHECK(at.read("new/folder/a") == "text");
  {
    OutputFile file(at / "new/folder/a");
    CHECK(file.write("half"));
    CHECK(at.count("new/folder") == 2);
  }
  CHECK(at.read("new/folder/a") == "text");
  CHECK(at.count("new/folder") == 1);
}

TEST_CASE("a new file has the mode that the umask leaves, one that was there keeps its own") {
  const Scratch at;
  const mode_t before = umask(027);
  REQUIRE(write_file(at / "new", "x"));
  CHECK(mode_of(at / "new") == 0640);
  umask(022);
  for (const mode_t mode : {0600u, 0755u, 0666u}) {
    at.write("old", "was");
    REQUIRE(chmod((at / "old").c_str(), mode) == 0);
    REQUIRE(write_file(at / "old", "x"));
    CHECK(mode_of(at / "old") == mode);
  }
  umask(before);
}

TEST_CASE("a link in the last place is replaced, or followed where an edit is meant") {
  const Scratch at;
  at.write("precious", "precious");
  fs::create_symlink("precious", at / "link");
  REQUIRE(write_file(at / "link", "report"));
  CHECK(at.read("precious") == "precious");
  CHECK_FALSE(fs::is_symlink(at / "link"));
  fs::create_symlink("precious", at / "edit");
  REQUIRE(replace_file(at / "edit", "edited"));
  CHECK(at.read("precious") == "edited");
  CHECK(fs::is_symlink(at / "edit"));
}

TEST_CASE("no link of a repository leads a file out of it") {
  const Scratch at;
  at.write("repo/.git/HEAD", "");
  at.write("home/.bashrc", "mine");
  fs::create_symlink("../home/.bashrc", at / "repo/report");
  fs::create_directory_symlink("../home", at / "repo/reports");
  for (const auto* name : {"repo/report", "repo/reports/.bashrc", "repo/reports/new"}) {
    CAPTURE(name);
    const auto written = write_file(at / name, "x");
    REQUIRE_FALSE(written);
    CHECK(written.error().message.find("leads out of the repository") != std::string::npos);
    CHECK_FALSE(replace_file(at / name, "x"));
  }
  CHECK(at.read("home/.bashrc") == "mine");
  CHECK(at.count("home") == 1);
}

TEST_CASE("a folder, a name that is too long and a folder that cannot be made are errors") {
  const Scratch at;
  at.write("file", "x");
  for (const auto& path :
       {at / "", at / "file/below", at / std::string(300, 'x'), std::string("/proc/none/x")}) {
    CAPTURE(path);
    const auto written = write_file(path, "x");
    REQUIRE_FALSE(written);
    CHECK(written.error().message.starts_with("cannot write "));
  }
  CHECK(at.count() == 1);
}

TEST_CASE("what is larger than the disk takes is an error, and what was there stays") {
  const Scratch at;
  at.write("file", "was");
  const pid_t child = fork();
  REQUIRE(child >= 0);
  if (child == 0) {
    signal(SIGXFSZ, SIG_IGN);
    const rlimit small{4096, 4096};
    setrlimit(RLIMIT_FSIZE, &small);
    _exit(write_file(at / "file", std::string(100'000, 'x')) ? 1 : 0);
  }
  int status = 0;
  waitpid(child, &status, 0);
  CHECK(status == 0);
  CHECK(at.read("file") == "was");
  CHECK(at.count() == 1);
}

TEST_CASE("a signal ends the program and takes the half of a file with it") {
  for (const int number : {SIGINT, SIGTERM, SIGHUP}) {
    const Scratch at;
    const pid_t child = fork();
    REQUIRE(child >= 0);
    if (child == 0) {
      signal(number, SIG_DFL);
      OutputFile file(at / "folder/report");
      file.write("half");
      raise(number);
      _exit(0);
    }
    int status = 0;
    waitpid(child, &status, 0);
    CHECK((WIFSIGNALED(status) && WTERMSIG(status) == number));
    CHECK(at.count("folder") == 0);
  }
}

TEST_CASE("pipes and devices are written to, not replaced") {
  const Scratch at;
  REQUIRE(mkfifo((at / "pipe").c_str(), 0600) == 0);
  const int reader = open((at / "pipe").c_str(), O_RDONLY | O_NONBLOCK);
  REQUIRE(write_file(at / "pipe", "text"));
  char text[8] = {};
  CHECK(read(reader, text, sizeof text) == 4);
  close(reader);
  CHECK(write_file("/dev/null", "text"));
  CHECK_FALSE(write_file("/dev/full", "text"));
  CHECK(fs::is_character_file("/dev/full"));
}

}  // namespace
}  // namespace rdnsgate
