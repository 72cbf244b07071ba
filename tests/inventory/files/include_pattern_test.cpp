// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/files/include_pattern.h"

#include <algorithm>

#include "inventory/folder.h"

using namespace rdnsgate;
using namespace rdnsgate::inventory;

namespace {

struct Tree {
  Folder folder;
  std::string at = folder / "";
  RootFolder root{{"/", false}, 0};

  Tree() {
    for (const auto* name : {"a.yaml", "b.yaml", "B.YAML", "c.yml", ".hidden.yaml", "sub/d.yaml",
                             "sub/e/f.yaml", ".git2/g.yaml", "x[1].yaml"})
      folder.write(name, "");
    root = root_folder_of(at, 1000).value();
  }

  /// What is found, without the folder; or the error.
  std::string find(std::string_view pattern) {
    const auto found = find_included(at, pattern, root);
    if (!found) return "error: " + found.error().message;
    std::string all;
    for (const auto& file : *found) all += (all.empty() ? "" : " ") + file.path.substr(at.size());
    return all;
  }
};

}  // namespace

TEST_CASE("a pattern means what it means in a shell, and its files come sorted") {
  Tree tree;
  CHECK(tree.find("a.yaml") == "a.yaml");
  CHECK(tree.find("./sub/../a.yaml") == "a.yaml");
  CHECK(tree.find("*.yaml") == "a.yaml b.yaml x[1].yaml");
  CHECK(tree.find("?.yaml") == "a.yaml b.yaml");
  CHECK(tree.find("[b-z].y*ml") == "b.yaml c.yml");
  CHECK(tree.find(".*.yaml") == ".hidden.yaml");
  CHECK(tree.find("*/*.yaml") == "sub/d.yaml");
  CHECK(tree.find("**/*.yaml") == "a.yaml b.yaml sub/d.yaml sub/e/f.yaml x[1].yaml");
  CHECK(tree.find("sub/**") == "sub/d.yaml sub/e/f.yaml");
  CHECK(tree.find("**/**/f.yaml") == "sub/e/f.yaml");
  CHECK(tree.find("*") == "B.YAML a.yaml b.yaml c.yml x[1].yaml");
}

TEST_CASE("what matches nothing is an error that says what is not there") {
  Tree tree;
  const auto hint = [&](std::string_view pattern) {
    return find_included(tree.at, pattern, tree.root).error().hint;
  };
  CHECK(tree.find("*.json") == "error: no file matches \"*.json\"");
  CHECK(tree.find("sub").find("is a folder, not a file") != std::string::npos);
  CHECK(tree.find("a.yml").find("there is no file \"") != std::string::npos);
  CHECK(hint("a.yml") == "did you mean \"a.yaml\"?");
  CHECK(tree.find("sab/*.yaml").find("there is no folder \"") != std::string::npos);
  CHECK(hint("sab/*.yaml") == "did you mean \"sub\"?");
  CHECK(hint("sub/*.yml") == "did you mean \"sub/*.yaml\"?");
  CHECK(hint("sub/*.json") == "it is relative to this file's folder");
  CHECK(tree.find("a.yaml/x").find("there is no file") != std::string::npos);
  CHECK(tree.find(".").find("names no file") != std::string::npos);
}

TEST_CASE("a file that includes itself was not meant") {
  Tree tree;
  const auto hint = [&](std::string_view includer) {
    return find_included(tree.at, "aa.yaml", tree.root, includer).error().hint;
  };
  CHECK(hint("") == "did you mean \"a.yaml\"?");
  CHECK(hint("b.yaml") == "did you mean \"a.yaml\"?");
  CHECK(hint("a.yaml").find("\"a.yaml\"") == std::string::npos);
}

TEST_CASE("nothing outside the root is found, named or listed, by dots or by links") {
  const Folder outside;
  outside.write("secret.yaml", "");
  outside.write("inside/a.yaml", "");
  const std::string at = outside / "inside";
  std::filesystem::create_symlink(outside / "secret.yaml", at + "/link.yaml");
  std::filesystem::create_directory_symlink(outside / "", at + "/up");
  std::filesystem::create_symlink(at + "/a.yaml", at + "/same.yaml");
  auto root = root_folder_of(at, 1000).value();
  for (const auto* pattern :
       {"../secret.yaml", "../*.yaml", "../none.yaml", "link.yaml", "l*.yaml", "up/secret.yaml", "up/*.yaml",
        "*/secret.yaml", "/etc/passwd", "../inside2/a.yaml"}) {
    CAPTURE(pattern);
    const auto found = find_included(at, pattern, root);
    REQUIRE_FALSE(found);
    const auto& message = found.error().message;
    CHECK((message.find("leads out of its folder") != std::string::npos ||
           message.find("is not relative") != std::string::npos));
  }
  CHECK(find_included(at, "../inside/a.yaml", root).value().size() == 1);
  const auto same = find_included(at, "same.yaml", root);  // a link that stays inside
  REQUIRE(same);
  CHECK(same->front().real.ends_with("/inside/a.yaml"));
  CHECK(find_included(at, "**/a.yaml", root).value().size() == 1);  // links to folders are not followed
}

TEST_CASE("the root is the git repository around the folder, where there is one") {
  const Folder folder;
  folder.write("repo/.git/HEAD", "");
  folder.write("repo/mail/a.yaml", "");
  folder.write("repo/shared/b.yaml", "");
  folder.write("c.yaml", "");
  auto root = root_folder_of(folder / "repo/mail", 1000).value();
  CHECK(root.boundary.is_repository());
  CHECK(find_included(folder / "repo/mail", "../shared/*.yaml", root).value().size() == 1);
  CHECK(find_included(folder / "repo/mail", "../../c.yaml", root)
            .error()
            .message.find("leads out of the repository") != std::string::npos);
}

TEST_CASE("no more folder entries are looked at than allowed, however often ** comes") {
  const Folder folder;
  for (int i = 0; i < 30; ++i) folder.write("d" + std::to_string(i) + "/e/f.yaml", "");
  RootFolder root = root_folder_of(folder / "", 50).value();
  const auto found = find_included(folder / "", "**/**/*/**/*.yaml", root);
  REQUIRE_FALSE(found);
  CHECK(found.error().message.find("too many files to look through") != std::string::npos);
  CHECK(root.entries_left == 0);
}

TEST_CASE("a folder is listed once for each part of a pattern, however many ways lead to it") {
  const Folder folder;
  std::string path;
  for (int i = 0; i < 20; ++i) path += "d/";
  folder.write(path + "x.yaml", "");
  RootFolder root = root_folder_of(folder / "", 10'000).value();
  std::string pattern;
  for (int i = 0; i < 10; ++i) pattern += "**/d/";
  CHECK(find_included(folder / "", pattern + "*.yaml", root).value().size() == 1);
  CHECK(root.entries_left > 9'000);
  root = root_folder_of(folder / "", 10'000).value();
  CHECK(find_included(folder / "", "**/**/**/**/x.yaml", root).value().size() == 1);
  CHECK(root.entries_left > 9'900);
}
