// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "lsp/workspace.h"

#include <doctest/doctest.h>

#include "lsp/completion.h"
#include "lsp/cursor.h"
#include "lsp/schema_guide.h"

using namespace rdnsgate;
using namespace rdnsgate::lsp;

TEST_CASE("lsp: which YAML is an inventory") {
  CHECK(looks_like_inventory("/x/inventory.yaml", ""));
  CHECK(looks_like_inventory("/x/.rdnsgate.yaml", ""));
  CHECK(looks_like_inventory("/x/a.yaml", "# yaml-language-server: $schema=../inventory.schema.json\n"));
  CHECK(looks_like_inventory("/x/a.yaml", "version: 1\nsenders: []\n"));
  CHECK_FALSE(
      looks_like_inventory("/inventory/compose.yaml", "version: 3\nservices: {}\nx:\n  senders: 1\n"));
}

TEST_CASE("lsp: only what is open and changed is judged, and what is closed is cleared") {
  std::vector<std::string> judged;
  Workspace workspace([&](const std::string& path, const inventory::OpenTexts& open, Analysis& into) {
    judged.push_back(path);
    const auto file = into.sources.add(path, open.find(path)->second);
    into.problems.push_back({Severity::error, "inventory-syntax", "wrong", "do better", {file, 2, 9}});
  });
  CHECK(workspace.refresh().empty());
  workspace.change("untitled:inventory", 1, "text");
  CHECK(workspace.refresh().empty());
  workspace.open("untitled:inventory", 1, "ab\ncdefgh\n");
  auto published = workspace.refresh();
  REQUIRE(published.size() == 1);
  REQUIRE(published[0].marks.size() == 1);
  CHECK(published[0].version == 1);
  CHECK(published[0].marks[0].begin == Position{0, 2});
  CHECK(published[0].marks[0].end == Position{0, 2});  // never across lines
  CHECK(published[0].marks[0].message == "wrong\ndo better");
  CHECK(judged == std::vector<std::string>{"untitled:inventory"});
  workspace.close("untitled:inventory");
  published = workspace.refresh();
  REQUIRE(published.size() == 1);
  CHECK(published[0].uri == "untitled:inventory");
  CHECK(published[0].marks.empty());
  CHECK(workspace.refresh().empty());
}

TEST_CASE("lsp: the scalar under a cursor, and its path") {
  const std::string text = "a: &x {b: [one, {c: two}]}\nd: *x\n";
  const ParsedText parsed(text);
  REQUIRE(parsed.document());
  const auto at = [&](std::string_view word) { return cursor_at(*parsed.document(), text.find(word)); };
  CHECK(at("two")->path == KeyPath{"a", "b", "[]", "c"});
  CHECK(at("c:")->on_key);
  CHECK(at("c:")->path == KeyPath{"a", "b", "[]", "c"});
  CHECK(at("one")->path == KeyPath{"a", "b", "[]"});
  CHECK_FALSE(at("*x"));
  CHECK_FALSE(cursor_at(*parsed.document(), 1000));
}

TEST_CASE("lsp: what the schema says at a path") {
  CHECK(schema_keys({"senders", "[]", "addresses", "[]"}).size() > 3);
  CHECK(schema_keys({"senders", "[]", "nothing"}).empty());
  CHECK(schema_values({"rules", "ptr-missing"}).size() == 4);
  CHECK(schema_values({"rules", "preset"}).size() == 3);
  CHECK(schema_markdown({"nothing"}).empty());
  CHECK(schema_markdown({"defaults", "ttl"}).find("Default: `1d`") != std::string::npos);
}
