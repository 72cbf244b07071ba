// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/read_json.h"

#include <doctest/doctest.h>

using namespace rdnsgate;

namespace {

std::string fault(std::string_view text) {
  const auto json = read_json(text);
  if (json) return "read";
  return std::to_string(json.error().line) + ":" + std::to_string(json.error().column) + " " +
         json.error().message;
}

std::string nested(std::size_t depth) { return std::string(depth, '[') + std::string(depth, ']'); }

}  // namespace

TEST_CASE("JSON is what nlohmann's own parser makes of it") {
  for (const std::string text :
       {"null", "true", "-1", "18446744073709551615", "1.5e3", "\"a\\u00e9\\ud83d\\ude00\"", "[]", "{}",
        R"([1,[2,{"a":[],"b":{}}],"x"])", R"({"a":{"b":[1,2,{"c":null}]},"d":"e"})", " [ 1 , 2 ] "}) {
    CAPTURE(text);
    const auto json = read_json(text);
    REQUIRE(json);
    CHECK(*json == nlohmann::json::parse(text));
  }
  CHECK(read_json(R"({"a":1,"a":[2]})").value() == nlohmann::json::parse(R"({"a":[2]})"));
}

TEST_CASE("what is not JSON is refused with its place, whatever it is") {
  CHECK(fault("") == "1:1 this is not JSON");
  CHECK(fault("{\n\"a\": x}") == "2:6 this is not JSON");
  CHECK(fault("[1] 2") == "1:5 this is not JSON");
  CHECK(fault("\"\xff\"") == "1:2 this is not JSON");
  CHECK(fault("[1e400]") == "1:6 this number is out of range");
  CHECK(fault("[\n-1e999]") == "2:6 this number is out of range");
  // Longer than 64 bits, and nothing but large.
  CHECK(read_json(std::string(300, '9')).value().is_number_float());
  CHECK(fault(std::string(400, '9')) == "1:400 this number is out of range");
}

TEST_CASE("nesting is refused before memory is spent on it") {
  CHECK(fault(nested(deepest_json)) == "read");
  CHECK(fault(nested(deepest_json + 1)) == "1:65 lists and objects lie more than 64 deep in each other here");
  CHECK(fault(std::string(30'000'000, '[')) ==
        "1:65 lists and objects lie more than 64 deep in each other here");
  CHECK(fault("{\"a\":\"" + std::string(100, '[') + "\\\"[\"}") == "read");  // brackets within a text
}
