// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// libyaml reads an inventory; yaml-cpp, which knows nothing of it, is asked whether the text means that.
#include <doctest/doctest.h>
#include <fmt/format.h>
#include <yaml-cpp/eventhandler.h>
#include <yaml-cpp/yaml.h>

#include <random>
#include <sstream>
#include <string>

#include "test_dialect.h"
#include "inventory/mutate.h"
#include "yaml/reader.h"

using namespace rdnsgate;
using namespace rdnsgate::yaml;

namespace {

/// Every scalar, its octet and what surrounds it, as one text.
class Rendering : public YAML::EventHandler {
 public:
  explicit Rendering(std::string_view text) : text_(text) {}
  void OnDocumentStart(const YAML::Mark&) override { ++documents; }
  void OnDocumentEnd() override {}
  void OnNull(const YAML::Mark&, YAML::anchor_t) override { said += "null "; }
  void OnAlias(const YAML::Mark& mark, YAML::anchor_t) override {
    said += fmt::format("alias@{} ", mark.pos);
  }
  void OnScalar(const YAML::Mark& mark, const std::string& tag, YAML::anchor_t,
                const std::string& text) override {
    const bool is_null = tag == "?" && plain_scalar_kind(text) == Kind::null;
    said += is_null ? "null " : fmt::format("'{}'@{} ", text, after_anchor(mark));
  }
  void OnSequenceStart(const YAML::Mark&, const std::string&, YAML::anchor_t,
                       YAML::EmitterStyle::value) override {
    said += "[ ";
  }
  void OnSequenceEnd() override { said += "] "; }
  void OnMapStart(const YAML::Mark&, const std::string&, YAML::anchor_t, YAML::EmitterStyle::value) override {
    said += "{ ";
  }
  void OnMapEnd() override { said += "} "; }

  std::string said;
  int documents = 0;

 private:
  /// Their mark of an anchored node is at the anchor.
  std::size_t after_anchor(const YAML::Mark& mark) const {
    const auto at = static_cast<std::size_t>(mark.pos);
    if (at >= text_.size() || text_[at] != '&') return at;
    return text_.find_first_not_of(" \n", text_.find_first_of(" \n", at));
  }

  std::string_view text_;
};

void render(const Value& value, std::string& out) {
  if (value.is_alias()) {
    out += fmt::format("alias@{} ", value.span().begin);
  } else if (value.is_list() || value.is_map()) {
    out += value.is_list() ? "[ " : "{ ";
    for (auto child = value.first(); child; child = child->next()) render(*child, out);
    out += value.is_list() ? "] " : "} ";
  } else if (value.kind() == Kind::null) {
    out += "null ";
  } else {
    out += fmt::format("'{}'@{} ", value.text(), value.span().begin);
  }
}

/// Where both of them can read the text, they read the same. Says whether they could.
bool compared(const std::string& text) {
  Sources sources;
  Problems problems(sources, sources.add("a.yaml", text), 100, test_dialect);
  const auto document = read({}, problems);
  if (!document || problems.count() > 0) return false;
  Rendering theirs(text);
  try {
    std::istringstream in(text);
    YAML::Parser parser(in);
    while (parser.HandleNextDocument(theirs)) {
    }
  } catch (const YAML::Exception&) {
    return false;
  }
  if (theirs.documents != 1) return false;
  std::string ours;
  render(document->root(), ours);
  CAPTURE(text);
  CHECK(ours == theirs.said);
  return true;
}

}  // namespace

TEST_CASE("two readers find the same in an inventory, at the same octets") {
  std::mt19937 random(17);
  int read = 0;
  for (int round = 0; round < 3000; ++round)
    read += compared(inventory::mutated_inventory(random, round % 10)) ? 1 : 0;
  CHECK(read > 600);
}

TEST_CASE("two readers find the same in what YAML has besides") {
  for (const std::string text : {
           "# Grüße 😀\nплюс: \"quoted ü\" # é\nb: 'it''s'\nc: &x [1, 2]\nd: *x\n",
           "a: |\n  one ü\n\n  two\nb: >-\n  folded\n  lines\n\n  more\nc: end\n",
           "a: |+\n  kept\n\nb: |2\n    deep\n",
           "a: \"esc \\t \\u00e9 \\U0001F600 \\\\ \\\" \\/ \\\n   joined\"\n",
           "? complex\n: value\n? [a, b]\n: list\n",
           "a: {b: c, \"d\": e, f: , g}\n",
           "a: [b: c, {d: e}, [], {}]\n",
           "- - a\n  - b\n-\n  c: d\n- \n- ~\n",
           "a: 2001:db8::1\nb: [2001:db8::1, 192.0.2.1]\n",
           "a: word\n  more words\n  # not a comment? it is\nb: 1\n",
           "%YAML 1.2\n---\na: 1\n...\n",
           "a: b: c\n",
           "a:\r\n  - b\r\n  - \"c\r\n    d\"\r\n",
           "a: x#y\nb: 'x # y'\nc: x # y\n",
           "key with spaces: value: with colon\n",
           "'single key': 1\n\"double key\": 2\n",
           "a: -1\nb: - \n",
           "a: !x y\n",
           "- [a,b]\n- {a: b}\n- {a,b}\n- {\"a\":b}\n- [\"a\":b]\n",
       }) {
    compared(text);
  }
}
