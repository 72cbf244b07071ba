// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/emitter.h"

#include <doctest/doctest.h>
#include <fmt/format.h>
#include <yaml-cpp/yaml.h>

#include <optional>
#include <random>
#include <string>
#include <vector>

#include "base/text/source.h"
#include "test_dialect.h"
#include "yaml/problems.h"
#include "yaml/reader.h"

using namespace rdnsgate;
using yaml::Emitter;

namespace {

std::string alone(std::string_view text) {
  Emitter out;
  return out.begin_list().text(text).end_list().take();
}

/// What our reader takes the only item of a list for; nothing where that is no text.
std::optional<std::string> read_back(const std::string& written) {
  Sources sources;
  const auto file = sources.add("written.yaml", written);
  yaml::Problems problems(sources, file, 10, yaml::test_dialect);
  const auto document = yaml::read({}, problems);
  if (!document || !document->root().is_list() || document->root().size() != 1) return std::nullopt;
  std::optional<std::string> text;
  yaml::for_each_item(document->root(), [&](const yaml::Value& item) {
    if (item.is_text()) text = std::string(item.text());
  });
  return text;
}

}  // namespace

TEST_CASE("a text stands without quotes where every reader takes it for text") {
  for (const std::string_view text : {"mx1.example.com", "mail", "a_b", "x1"})
    CHECK(alone(text) == fmt::format("- {}\n", text));
  for (const std::string_view text :
       {"", "off", "no", "true", "null", "010", "1.10", "2026-11-30", "1e3", "12:30", "-x", ".5", "a b",
        "a:b", "{1}", "#a", "2001:db8::1", "~", "<<"})
    CHECK(alone(text) == fmt::format("- \"{}\"\n", text));
  CHECK(alone("a\"b\\c\n") == "- \"a\\\"b\\\\c\\n\"\n");
}

TEST_CASE("lists and mappings, in blocks and on one line") {
  Emitter out;
  out.begin_map().member("name", "mx1").key("addresses").begin_list(Emitter::Form::one_line);
  out.plain("192.0.2.1").quoted("2001:db8::1").end_list();
  out.key("entries")
      .begin_list()
      .begin_map(Emitter::Form::one_line)
      .member("ptr", "out-{1}")
      .end_map()
      .end_list();
  out.quoted_key("").begin_map().key("ttl").number(300).end_map().end_map();
  CHECK(out.take() ==
        "name: mx1\naddresses: [192.0.2.1, \"2001:db8::1\"]\nentries:\n  - {ptr: \"out-{1}\"}\n\"\":\n  ttl: "
        "300\n");
  CHECK(yaml::indented("a: 1\nb: 2\n", 4, "- ") == "  - a: 1\n    b: 2\n");
  CHECK(yaml::indented("a: 1\n", 2) == "  a: 1\n");
}

TEST_CASE("any text is read back as it was, by ours and by yaml-cpp") {
  constexpr std::string_view signs = "ab01 \"'\\\n\t#:-{}[],&*!|>%@`?~.\xC3";
  std::mt19937 random(7);
  for (int i = 0; i < 4000; ++i) {
    std::string text;
    for (auto length = random() % 12; length > 0; --length) {
      const char sign = signs[random() % signs.size()];
      text += sign;
      if (sign == '\xC3') text += '\xBC';
    }
    const auto written = alone(text);
    CAPTURE(written);
    CHECK(YAML::Load(written)[0].as<std::string>() == text);
    CHECK(read_back(written) == text);
  }
}
