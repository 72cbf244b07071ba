// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/pattern.h"

#include <doctest/doctest.h>

using namespace rdnsgate;

namespace {

std::string refusal(std::string_view pattern) {
  const auto compiled = Pattern::compile(pattern);
  return compiled ? "compiled" : compiled.error().message;
}

}  // namespace

TEST_CASE("a pattern is found anywhere in a text unless it is anchored") {
  const auto pattern = Pattern::compile("^mx[0-9]+\\.").value();
  CHECK(pattern.is_in("mx10.mail.example"));
  CHECK_FALSE(pattern.is_in("amx10.mail.example"));
  CHECK_FALSE(pattern.is_in("MX10.mail.example"));
  CHECK(Pattern::compile("^mx", Pattern::Case::ignored).value().is_in("MX1"));
  CHECK(pattern.text() == "^mx[0-9]+\\.");
}

TEST_CASE("what cannot be matched in linear time is refused") {
  CHECK(refusal("^(a*)*\\1z$") == "back-references (\\1) are not supported");
  CHECK(refusal("^(?!mx)") == "look-ahead and look-behind ((?!) are not supported");
  CHECK(refusal("(?<=a)b") != "compiled");
  CHECK(refusal("((a{1,100}){1,100}){1,100}") != "compiled");
  CHECK(refusal("(") != "compiled");
  CHECK(refusal("[z-a]") != "compiled");
}

TEST_CASE("a text of many megabytes takes no stack, and time in proportion") {
  const std::string text(10'000'000, '1');
  CHECK(Pattern::compile("^(a|lower-ttl|1+)(-[1-9][0-9]*)?$").value().is_in(text));
  CHECK_FALSE(Pattern::compile("^((1+)+)+x$").value().is_in(text));
}
