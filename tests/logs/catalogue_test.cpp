// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/catalogue.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <fstream>
#include <map>
#include <sstream>

#include "logs/normalise.h"
#include "logs/read_log.h"
#include "written_log.h"

using namespace rdnsgate;
using namespace rdnsgate::logs;

namespace {

struct Line {
  LogClass of;
  std::string text;
};

/// `class<TAB>line`
std::vector<Line> table() {
  std::ifstream in(LINES_FILE);
  std::vector<Line> lines;
  for (std::string line; std::getline(in, line);) {
    if (line.empty() || line.starts_with('#')) continue;
    const auto tab = line.find('\t');
    REQUIRE_MESSAGE(tab != std::string::npos, line);
    const auto of = parse_log_class(line.substr(0, tab));
    REQUIRE_MESSAGE(of.has_value(), line);
    lines.push_back({*of, line.substr(tab + 1)});
  }
  return lines;
}

std::string refusal(std::string_view text) {
  const auto read = Catalogue::parse(text);
  return read ? std::string("taken") : read.error().message;
}

}  // namespace

TEST_CASE("each line of the patterns' own tests is of its class, by its pattern") {
  const auto& all = Catalogue::built_in();
  CHECK(all.samples().size() > 80);
  for (const auto& sample : all.samples()) {
    const auto match = all.classify(sample.line);
    CHECK_MESSAGE(match.of == sample.of,
                  fmt::format("{} by \"{}\", not {}: {}\n{}", to_string(match.of), match.pattern,
                              to_string(sample.of), sample.line, normalised(sample.line)));
    if (!sample.pattern.empty()) CHECK_MESSAGE(match.pattern == sample.pattern, sample.line);
  }
}

TEST_CASE("lines of logs, half of them about something else") {
  const auto lines = table();
  std::string text;
  for (const auto& line : lines) text += line.text + "\n";
  const WrittenLog file(text);
  auto source = LogSource::open(file.path());
  REQUIRE(source.has_value());
  std::size_t about = 0, others = 0, seen = 0;
  const ReadOptions options{&Catalogue::built_in(), *parse_time("2027-01-15T08:00:00Z"), true, true};
  read_log(*source, options, [&](const LogEntry& entry) {
    const auto& line = lines.at(entry.line - 1);
    ++seen;
    ++(line.of == LogClass::other ? others : about);
    CHECK_MESSAGE(entry.of == line.of,
                  fmt::format("{} by \"{}\", not {}: {}\n{}", to_string(entry.of), entry.pattern,
                              to_string(line.of), line.text, normalised(line.text)));
    return true;
  });
  CHECK(seen == lines.size());
  CHECK(about >= 100);
  CHECK(others >= 100);
}

TEST_CASE("what a line is normalised to") {
  CHECK(normalised("  A\tB  \x01 c ") == "a b c");
  CHECK(normalised("to=<no-ptr@example.com>, x <bob@example.com> <mx1>: y") == "to=<>, x <> <mx1>: y");
  CHECK(normalised("host=<unknown> helo=<a>") == "host=<unknown> helo=<>");
  CHECK(normalised("550-5.7.25 does not have a 550-5.7.25 PTR record 550 5.7.25 setup") ==
        "550 5.7.25 does not have a ptr record setup");
  CHECK(normalised("554-a 554-b 554 c 550 d") == "554 a b c 550 d");
  CHECK(normalised("550-5.7.25 does not\\n550-5.7.25 have") == "550 5.7.25 does not have");
  CHECK(normalised("header Subject: no PTR record from x; from=<a@b.c>: 550 z") == "header ; from=<>: 550 z");
  CHECK(normalised("<= a@b.c H=x T=\"no \\\"PTR\\\" record\" from <a@b.c>") == "<= a@b.c h=x from <>");
  CHECK(normalised("550 x (in reply to EHLO command)") == "550 x ()");
  CHECK(normalised("failure: 192.0.2.1_said:_550_5.7.1_no_PTR/") ==
        "failure: 192.0.2.1 said: 550 5.7.1 no ptr/");
  CHECK(normalised("you don\xe2\x80\x99t \xff") == "you don't ?");
}

TEST_CASE("patterns that are wrong are refused with their line") {
  const std::string rule = "[no-ptr] a\nword: no ptr\nmatch: no ptr\ntest: no PTR\n";
  CHECK(refusal(rule) == "taken");
  CHECK(refusal("") == "it has no pattern");
  CHECK(refusal("word: abcd\n") == "line 1: nothing of a pattern may stand before its name");
  CHECK(refusal("[no-prt] a\n") == "line 1: there is no class \"no-prt\"");
  CHECK(refusal("[no-ptr]\n") == "line 1: a pattern without a name");
  CHECK(refusal("[no-ptr a\n") == "line 1: the bracket is not closed");
  CHECK(refusal(rule + rule) == "line 5: there is a pattern \"a\" already");
  CHECK(refusal("[no-ptr] a\nword: ptr\n") == "line 2: the word \"ptr\" has 3 characters");
  CHECK(refusal("[no-ptr] a\nmatch: (\n") == "line 2: missing ): (");
  CHECK(refusal("[no-ptr] a\nmacth: x\n") == "line 2: unknown key \"macth\"");
  CHECK(refusal("[no-ptr] a\nmatch:\n") == "line 2: \"match\" has no value");
  CHECK(refusal("[no-ptr] a\nword: abcd\nmatch: x\n").find("\"a\" has no test") != std::string::npos);
  CHECK(refusal("[no-ptr] a\nmatch: x\ntest: x\n").find("\"a\" has no word") != std::string::npos);
  CHECK(refusal("[no-ptr] a\nword: abcd\ntest: x\n").find("\"a\" has no match") != std::string::npos);
  CHECK(refusal("let X\n").find("a definition without a text") != std::string::npos);
  std::string deep = "let A: aaaaaaaaaaaaaaaa\n";
  for (char c = 'B'; c < 'H'; ++c)
    deep += fmt::format("let {}: {{{}}}{{{}}}{{{}}}{{{}}}\n", c, char(c - 1), char(c - 1), char(c - 1),
                        char(c - 1));
  CHECK(refusal(deep).find("it is longer than") != std::string::npos);
}
