// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/new_process.h"

#include <doctest/doctest.h>
#include <fcntl.h>
#include <signal.h>
#include <sys/wait.h>
#include <unistd.h>

#include <cerrno>

#include "base/scratch.h"

using namespace rdnsgate;

namespace {

/// What a shell prints that runs this, with its standard output in a file.
std::string said_by(NewProcess& shell, const Scratch& scratch, const std::string& script,
                    std::vector<std::string> environment = own_environment()) {
  shell.open(STDIN_FILENO, "/dev/null", O_RDONLY);
  shell.open(STDOUT_FILENO, scratch / "said", O_WRONLY | O_CREAT | O_TRUNC, 0600);
  const auto [process, error] = shell.start({"/bin/sh", "-c", script}, std::move(environment));
  REQUIRE(process > 0);
  CHECK(error == 0);
  int status = 0;
  REQUIRE(waitpid(process, &status, 0) == process);
  CHECK(status == 0);
  return scratch.read("said");
}

}  // namespace

TEST_CASE("a program gets no signals and no descriptors of ours") {
  Scratch scratch;
  const int open_here = open("/dev/null", O_RDONLY);  // not closed by itself when a program is started
  sigset_t held, before;
  sigemptyset(&held);
  sigaddset(&held, SIGTERM);
  sigprocmask(SIG_BLOCK, &held, &before);
  const auto ignored = signal(SIGPIPE, SIG_IGN);
  NewProcess shell;
  const auto said = said_by(
      shell, scratch, "sed -nE 's/Sig(Blk|Ign):\\s*//p' /proc/self/status; ls /proc/$$/fd | xargs echo");
  signal(SIGPIPE, ignored);
  sigprocmask(SIG_SETMASK, &before, nullptr);
  close(open_here);
  REQUIRE(said.size() > 34);
  CHECK(said.substr(0, 17) == "0000000000000000\n");
  // Two signals belong to the C library, which leaves them as they are.
  CHECK((std::stoull(said.substr(17, 16), nullptr, 16) & 0x7fff'ffff) == 0);
  CHECK(said.substr(34) == "0 1 2\n");
}

TEST_CASE("a descriptor is a copy of what another has become") {
  Scratch scratch;
  NewProcess shell;
  shell.open(STDOUT_FILENO, scratch / "joined", O_WRONLY | O_CREAT, 0600);
  shell.copy(STDOUT_FILENO, STDERR_FILENO);
  const auto [process, error] = shell.start({"/bin/sh", "-c", "echo one; echo two >&2"}, own_environment());
  int status = 0;
  REQUIRE(waitpid(process, &status, 0) == process);
  CHECK(scratch.read("joined") == "one\ntwo\n");
}

TEST_CASE("a program leads a group of its own where that is asked for") {
  Scratch scratch;
  for (const bool leads : {false, true}) {
    NewProcess shell;
    if (leads) shell.lead_group();
    const auto said =
        said_by(shell, scratch, "[ $$ = $(cut -d' ' -f5 /proc/$$/stat) ] && echo leads || echo follows");
    CHECK(said == (leads ? "leads\n" : "follows\n"));
  }
}

TEST_CASE("a program has the environment that it is given") {
  Scratch scratch;
  NewProcess shell;
  CHECK(said_by(shell, scratch, "echo $ONE$HOME", {"ONE=1"}) == "1\n");
}

TEST_CASE("what is not there cannot be started") {
  NewProcess program;
  const auto started = program.start({"/nowhere/to/be/found"}, {});
  CHECK(started.process == 0);
  CHECK(started.error == ENOENT);
}
