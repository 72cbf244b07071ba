// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/files/boundary.h"

#include <doctest/doctest.h>
#include <unistd.h>

#include <array>
#include <filesystem>

#include "base/scratch.h"

namespace rdnsgate {
namespace {

namespace fs = std::filesystem;

TEST_CASE("a boundary is the repository around a folder, or that folder where git keeps none") {
  const Scratch at;
  at.write("repo/.git/HEAD", "");
  at.write("repo/deep/er/x", "");
  at.write("bare/x", "");
  CHECK(Boundary::around(at / "repo/deep/er").root() == at / "repo");
  CHECK(Boundary::around(at / "repo/deep/er").is_repository());
  CHECK(Boundary::around(at / "bare").root() == at / "bare");
  CHECK_FALSE(Boundary::around(at / "bare").is_repository());
}

TEST_CASE("what is in .git, or beside the repository under a longer name, is outside of it") {
  const Boundary boundary("/r/repo", true);
  for (const auto* inside : {"/r/repo", "/r/repo/x", "/r/repo/a/.github/x", "/r/repo/.gitignore"})
    CHECK_MESSAGE(boundary.holds(inside), inside);
  for (const auto* outside : {"/r", "/", "/r/repo2", "/r/repo2/x", "/etc/passwd", "/r/repo/.git",
                              "/r/repo/.git/config", "/r/repo/.GIT/config", "/r/repo/sub/.git/hooks/x"})
    CHECK_FALSE_MESSAGE(boundary.holds(outside), outside);
  CHECK(Boundary("/", true).holds("/etc/passwd"));
}

TEST_CASE("a link that somebody else laid in a folder that all may write to is not followed") {
  const Scratch at;
  at.write("real", "");
  at.write("shared/x", "");
  fs::create_symlink(at / "real", at / "shared/link");
  const auto everybody = fs::perms::all | fs::perms::sticky_bit;
  fs::permissions(at / "shared", everybody);
  CHECK(follow_path(at / "shared/link").value_or("") == at / "real");
  constexpr uid_t somebody = 12345;  // root alone can make it theirs
  if (lchown((at / "shared/link").c_str(), somebody, somebody) != 0) return;
  CHECK_FALSE(follow_path(at / "shared/link").has_value());
  // As the kernel has it (fs.protected_symlinks): not where the folder is theirs, nor where others cannot write.
  fs::permissions(at / "shared", fs::perms::owner_all);
  CHECK(follow_path(at / "shared/link").has_value());
  fs::permissions(at / "shared", everybody);
  REQUIRE(lchown((at / "shared").c_str(), somebody, somebody) == 0);
  CHECK(follow_path(at / "shared/link").has_value());
}

TEST_CASE("a link that stands in a repository has to stay in it; what is named outright need not") {
  const Scratch at;
  at.write("repo/.git/config", "");
  at.write("repo/in/a", "");
  at.write("home/secret", "");
  const auto link = [&](const std::string& to, const std::string& name) {
    fs::create_symlink(to, at / name);
    return follow_path(at / name);
  };
  CHECK(link("in/a", "repo/good").value() == at / "repo/in/a");
  CHECK(link(at / "repo/in/a", "repo/absolute").value() == at / "repo/in/a");
  CHECK(link("none/yet", "repo/dangling").value() == at / "repo/none/yet");
  for (const auto& [to, name] : {std::pair{std::string("../home/secret"), "repo/out"},
                                 {at / "home", "repo/folder"},
                                 {std::string("../home/none"), "repo/dangles-outside"},
                                 {std::string("good/../../../home/secret"), "repo/around"},
                                 {std::string(".git/config"), "repo/git"},
                                 {std::string("/proc/self/environ"), "repo/proc"},
                                 {std::string("/dev/stdin"), "repo/device"}}) {
    const std::string shown = name;  // clang captures no structured binding
    CAPTURE(shown);
    const auto real = link(to, name);
    REQUIRE_FALSE(real);
    CHECK(real.error().message.find(name) != std::string::npos);
    CHECK_FALSE(real.error().hint.empty());
  }
  CHECK_FALSE(follow_path(at / "repo/folder/secret"));  // through a folder
  CHECK_FALSE(link("out", "repo/to-out"));              // through another link
  CHECK(follow_path(at / "repo/in/../../home/secret").value() == at / "home/secret");
  CHECK(link("../repo/in/a", "home/into").value() == at / "repo/in/a");
  CHECK(link("repo", "repo-link").value() == at / "repo");
  CHECK(follow_path(at / "repo-link/in/a").value() == at / "repo/in/a");
  fs::create_symlink("loop", at / "loop");
  CHECK_FALSE(follow_path(at / "loop"));
}

TEST_CASE("what a file names is judged by where it leads, with or without git") {
  const Scratch at;
  at.write("repo/.git/HEAD", "");
  at.write("repo/dns/x", "");
  at.write("outside", "");
  const auto repository = Boundary::around(at / "repo/dns");
  CHECK(follow_within(repository, at / "repo/dns/x"));
  CHECK(follow_within(repository, at / "repo/new/folder/x"));
  CHECK_FALSE(follow_within(repository, at / "outside"));
  CHECK_FALSE(follow_within(repository, at / "repo/dns/../../outside"));
  CHECK_FALSE(follow_within(repository, at / "repo/.git/HEAD"));
  const Boundary folder(at / "repo/dns", false);
  fs::create_symlink("../.git/HEAD", at / "repo/dns/up");
  CHECK_FALSE(follow_within(folder, at / "repo/dns/up"));
}

TEST_CASE("a file is opened where its path leads, and nothing through a link that leads out") {
  const Scratch at;
  at.write("repo/.git/HEAD", "");
  at.write("repo/a", "here");
  at.write("secret", "there");
  fs::create_symlink("a", at / "repo/b");
  fs::create_symlink("../secret", at / "repo/c");
  const auto opened = open_to_read(at / "repo/b");
  REQUIRE(opened);
  REQUIRE(*opened >= 0);
  CHECK(path_of_descriptor(*opened) == at / "repo/a");
  fs::rename(at / "secret", at / "repo/a");  // replaced while it is open
  CHECK(path_of_descriptor(*opened) == at / "repo/a");
  close(*opened);
  CHECK_FALSE(open_to_read(at / "repo/c"));
  CHECK(open_to_read(at / "none").value() == -1);
}

}  // namespace
}  // namespace rdnsgate
