// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/reader.h"

#include <chrono>

#include <doctest/doctest.h>
#include <array>

#include "test_dialect.h"

using namespace rdnsgate;
using namespace rdnsgate::yaml;

namespace {

struct Read {
  Sources sources;
  Limits limits;
  Problems problems;
  std::optional<Document> document;

  explicit Read(std::string text, Limits with = {})
      : limits(with),
        problems(sources, sources.add("a.yaml", std::move(text)), limits.errors, test_dialect),
        document(read(limits, problems)) {}

  Value at(std::string_view key) const { return document->root().get(key).value(); }
  std::string_view source_of(const Value& value) const { return sources.text(value.span()); }
  std::string first_problem() {
    Diagnostics all;
    problems.move_to(all);
    return all.empty() ? "" : render(all.front(), sources);
  }
};

std::string repeated(std::string_view part, std::size_t count) {
  std::string all;
  all.reserve(part.size() * count);
  for (std::size_t i = 0; i < count; ++i) all += part;
  return all;
}

}  // namespace

TEST_CASE("plain scalars are typed by YAML 1.2, quoted ones are text") {
  const std::vector<std::pair<std::string, Kind>> cases{
      {"off", Kind::text},        {"on", Kind::text},      {"yes", Kind::text},
      {"No", Kind::text},         {"true", Kind::boolean}, {"FALSE", Kind::boolean},
      {"trUe", Kind::text},       {"~", Kind::null},       {"null", Kind::null},
      {"Null", Kind::null},       {"nul", Kind::text},     {"", Kind::null},
      {"0", Kind::integer},       {"-12", Kind::integer},  {"+3", Kind::integer},
      {"0x1F", Kind::integer},    {"0o17", Kind::integer}, {"0x", Kind::text},
      {"1_000", Kind::text},      {"12:30", Kind::text},   {"1.5", Kind::real},
      {".5", Kind::real},         {"1.", Kind::real},      {"1e3", Kind::real},
      {"-.inf", Kind::real},      {".nan", Kind::real},    {"1e", Kind::text},
      {".", Kind::text},          {"-", Kind::text},       {"192.0.2.1", Kind::text},
      {"2027-05-31", Kind::text}, {"5m", Kind::text},      {"2001:db8::1", Kind::text}};
  for (const auto& [written, kind] : cases) {
    const auto& text = written;  // clang 14 captures no structured binding
    INFO(text);
    CHECK(plain_scalar_kind(text) == kind);
    if (text == "-") continue;  // alone it begins a list
    const Read plain("k: " + text + "\n"), quoted("k: '" + text + "'\n");
    REQUIRE(plain.document);
    CHECK(plain.at("k").kind() == kind);
    CHECK(quoted.at("k").kind() == Kind::text);
    CHECK(quoted.at("k").text() == text);
  }
}

TEST_CASE("integers are read in all their forms, and only where they fit") {
  const Read read("a: -12\nb: 0x1F\nc: 0o17\nd: 99999999999999999999\ne: +7\n");
  CHECK(read.at("a").integer() == -12);
  CHECK(read.at("b").integer() == 31);
  CHECK(read.at("c").integer() == 15);
  CHECK_FALSE(read.at("d").integer());
  CHECK(read.at("e").integer() == 7);
}

TEST_CASE("every key and scalar knows its place, whatever stands before it") {
  const std::string unix_lines =
      "# Grüße 😀\n"
      "plain: some text # not this\n"
      "ключ: \"quoted ü\"\n"
      "single: 'it''s'\n"
      "escaped: \"a\\tb\"\n"
      "list: [one, \"two\", {three: 3}]\n"
      "anchor: &a  value\n"
      "alias: *a\n"
      "block: |\n  line one\n  line two\n"
      "folded: word\n  word\n"
      "nothing:\n"
      "\"quoted key\": null\n";
  std::string dos_lines;
  for (const char c : unix_lines) dos_lines += c == '\n' ? std::string("\r\n") : std::string(1, c);
  for (const auto& text : {unix_lines, dos_lines}) {
    const Read read(text);
    REQUIRE(read.document);
    for (const auto& [name, source, value] :
         std::vector<std::array<std::string, 3>>{{"plain", "some text", "some text"},
                                                 {"ключ", "\"quoted ü\"", "quoted ü"},
                                                 {"single", "'it''s'", "it's"},
                                                 {"escaped", "\"a\\tb\"", "a\tb"},
                                                 {"anchor", "value", "value"},
                                                 {"alias", "*a", "value"},
                                                 {"block", "|", "line one\nline two\n"},
                                                 {"folded", "word", "word word"},
                                                 {"nothing", "nothing", ""},
                                                 {"quoted key", "null", "null"}}) {
      const auto& key = name;  // clang 14 captures no structured binding
      INFO(key);
      CHECK(read.source_of(read.at(key)) == source);
      CHECK(read.at(key).text() == value);
    }
    const auto list = read.at("list");
    REQUIRE(list.size() == 3);
    CHECK(read.source_of(*list.first()) == "one");
    CHECK(read.source_of(*list.first()->next()) == "\"two\"");
    const auto map = *list.first()->next()->next();
    CHECK(read.source_of(*map.first()) == "three");
    CHECK(map.get("three")->integer() == 3);
    CHECK_FALSE(map.next());
  }
}

TEST_CASE("an alias shares the node that it names") {
  const Read read("a: &x {k: [1, 2]}\nb: *x\nc: [*x, *x]\n");
  REQUIRE(read.document);
  CHECK(read.at("b").get("k")->size() == 2);
  CHECK(read.at("c").first()->next()->get("k")->first()->integer() == 1);
  CHECK(read.document->size() < 16);
}

TEST_CASE("ten thousand levels end in one error, in block and in brackets") {
  std::string blocks;
  for (std::size_t i = 0; i < 10'000; ++i) blocks += std::string(i, ' ') + "a:\n";
  for (const auto& text :
       {repeated("[", 10'000), repeated("[\n", 10'000), repeated("{a: ", 10'000), repeated("- ", 10'000),
        repeated("? ", 10'000), repeated("[", 10'000) + repeated("]", 10'000), blocks}) {
    Read read(text);
    CHECK_FALSE(read.document);
    CHECK(read.problems.count() == 1);
    CHECK(read.first_problem().find("the nesting is deeper than 64 levels here [inventory-limit]") !=
          std::string::npos);
  }
}

TEST_CASE("the limit of nodes counts what aliases stand for, and nothing is copied before it strikes") {
  Limits limits;
  limits.nodes = 100;
  CHECK(Read(repeated("- x\n", 99), limits).document);
  CHECK_FALSE(Read(repeated("- x\n", 100), limits).document);
  std::string bomb = "- &a [x, x, x, x, x, x, x, x, x]\n";  // ten nodes
  CHECK(Read(bomb + repeated("- *a\n", 8), limits).document);
  CHECK_FALSE(Read(bomb + repeated("- *a\n", 9), limits).document);
}

TEST_CASE("a quote that is never closed stops the reader long before the file's end") {
  Read read("a: 1\nb: \"" + repeated("lines and lines\n", 1'200'000));
  CHECK_FALSE(read.document);
  CHECK(read.first_problem().find("a.yaml:2:1: error: too much stands here") == 0);
}

TEST_CASE("brackets that are never closed are told from the first, and cost no more than what is in them") {
  Limits limits;
  limits.nodes = 100'000;
  Read read("[a" + repeated(",a", 50'000));
  CHECK_FALSE(read.document);
  CHECK(read.first_problem().find("a.yaml:1:1: error: this \"[\" is never closed") == 0);
  CHECK_FALSE(Read("[a" + repeated(",a", 1'000'000), limits).document);
  CHECK_FALSE(Read("a: " + repeated("{a: [", 500'000)).document);
  CHECK_FALSE(Read(repeated("? ", 500'000)).document);
  CHECK_FALSE(Read(repeated("a: &a ", 200'000)).document);
}

TEST_CASE("a large document in brackets is still read") {
  std::string text = "[";
  for (int i = 0; i < 20'000; ++i) text += "{\"ip\": \"192.0.2.1\", \"ptr\": \"mx.mail.example\"},\n";
  const Read read(text + "]");
  REQUIRE(read.document);
  CHECK(read.document->root().size() == 20'000);
}

TEST_CASE("comments may be as long as they like") {
  const Read read(
      repeated("# ------------------------------------------------------ nothing here\n", 20'000) + "a: 1\n");
  REQUIRE(read.document);
  CHECK(read.at("a").integer() == 1);
}

TEST_CASE("an octet that some take for the end of the file cannot hide what follows") {
  Read read(
      "a: 1\n\x04"
      "b: 2\n");
  CHECK_FALSE(read.document);
  CHECK(read.first_problem().find("a control character (octet 0x04)") != std::string::npos);
}

TEST_CASE("a control character is found wherever it stands, and nothing else is taken for one") {
  const std::string plain = "abcdefghijklmnopqrstuvwxyz: \"~\xC3\xBC \t\x60 !\"\r\nbc: dd\n";
  CHECK(Read(plain).problems.count() == 0);
  for (std::size_t at = 0; at <= plain.size(); ++at) {
    if (at == plain.find('\xBC')) continue;  // inside of a character
    for (const char c : {'\x01', '\x1F', '\x0B', '\x7F'}) {
      Read read(plain.substr(0, at) + c + plain.substr(at));
      CAPTURE(at);
      CHECK_FALSE(read.document);
      Diagnostics all;
      read.problems.move_to(all);
      REQUIRE(all.size() == 1);
      CHECK(all.front().at.begin == at);
      CHECK(all.front().message.starts_with("a control character"));
    }
  }
}

TEST_CASE("octets that are no UTF-8 are found wherever they stand") {
  const std::string plain = "abcdefgh: ijklmnopqrstuvwxyz\n";
  for (std::size_t at = 0; at <= plain.size(); ++at) {
    Read read(plain.substr(0, at) + '\xFF' + plain.substr(at));
    Diagnostics all;
    read.problems.move_to(all);
    REQUIRE(all.size() == 1);
    CHECK(all.front().at.begin == at);
  }
}

TEST_CASE("a large mapping's duplicate keys are found too") {
  std::string text;
  for (int i = 0; i < 1000; ++i) text += "k" + std::to_string(i) + ": 1\n";
  CHECK(Read(text).problems.count() == 0);
  Read read(text + "\"k500\": 2\n");
  CHECK(read.problems.count() == 1);
  CHECK(read.first_problem().find("the key \"k500\" is given twice") != std::string::npos);
}

TEST_CASE("aliases stand for little more than what is written out") {
  const std::string list = "- &a [" + repeated("x, ", 20'000) + "]\n";
  CHECK(Read(list + repeated("- *a\n", 10)).document);
  Read bomb(list + repeated("- *a\n", 900));
  CHECK_FALSE(bomb.document);
  CHECK(bomb.first_problem().find("far more than are written out [inventory-limit]") != std::string::npos);
}

TEST_CASE("%TAG directives are counted before libyaml compares each with all") {
  std::string text;
  for (int i = 0; i < 100'000; ++i) text += "%TAG !t" + std::to_string(i) + "! x\n";
  Read read(text + "---\na: 1\n");
  CHECK_FALSE(read.document);
  CHECK(read.first_problem().find("a.yaml:33:1: error: more than 32 %TAG directives") == 0);
  CHECK(Read("a: |\n" + repeated("  x %TAG\n", 100)).document);
}
