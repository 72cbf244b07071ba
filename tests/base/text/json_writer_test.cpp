// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/json_writer.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <nlohmann/json.hpp>
#include <random>
#include <string>

#include "base/text/escape.h"

namespace rdnsgate {
namespace {

using Json = nlohmann::ordered_json;

void write(JsonWriter& out, const Json& json) {
  if (json.is_object()) {
    out.object([&] {
      for (const auto& [name, member] : json.items()) write(out(name), member);
    });
  } else if (json.is_array()) {
    out.array([&] {
      for (const auto& item : json) write(out, item);
    });
  } else if (json.is_string()) {
    out.value(json.get_ref<const std::string&>());
  } else if (json.is_null()) {
    out.null();
  } else if (json.is_boolean()) {
    out.value(json.get<bool>());
  } else if (json.is_number_float()) {
    out.literal(json.dump());
  } else {
    out.value(json.get<std::int64_t>());
  }
}

std::string written(const Json& json, JsonWriter::Form form, std::size_t depth = 0) {
  std::string text;
  JsonWriter out(text, form, depth);
  write(out, json);
  return text;
}

/// With texts that are no UTF-8, and members that are not in order.
Json some_json(std::mt19937& random, int depth) {
  static const std::string pieces[] = {"a", "Z", "\"", "\\", "\n", "\x01", "\x7F", "\xC3\xBC", "\xE2\x80\xAE", "\xF0\x9F\x98\x80", "\xFF", ""};
  const auto text = [&] { return pieces[random() % 12] + pieces[random() % 12] + pieces[random() % 12]; };
  switch (random() % (depth > 0 ? 7 : 5)) {
    case 0:
      return nullptr;
    case 1:
      return random() % 2 == 0;
    case 2:
      return static_cast<std::int64_t>(random()) - (1LL << 31);
    case 3:
      return 0.5;
    case 5: {
      Json array = Json::array();
      for (auto n = random() % 4; n > 0; --n) array.push_back(some_json(random, depth - 1));
      return array;
    }
    case 6: {
      Json object = Json::object();
      for (auto n = random() % 5; n > 0; --n) object[std::string(1, "dacbe"[n])] = some_json(random, depth - 1);
      return object;
    }
    default:
      return text();
  }
}

TEST_CASE("what is written piece by piece is what a JSON library writes of the whole") {
  std::mt19937 random(7);
  constexpr auto replace = Json::error_handler_t::replace;
  for (int round = 0; round < 3000; ++round) {
    const auto json = some_json(random, 4);
    CAPTURE(round);
    CHECK(written(json, JsonWriter::Form::laid_out) == harmless_json(json.dump(2, ' ', false, replace)));
    CHECK(written(json, JsonWriter::Form::dense) == harmless_json(json.dump(-1, ' ', false, replace)));
    CHECK(written(json, JsonWriter::Form::canonical) == nlohmann::json(json).dump(-1, ' ', true, replace));
  }
}

TEST_CASE("each octet is written as a JSON library writes it, wherever it stands in a text") {
  for (int octet = 0; octet < 256; ++octet) {
    for (std::size_t place = 0; place < 17; ++place) {
      std::string text(17, 'a');
      text[place] = static_cast<char>(octet);
      CAPTURE(octet);
      CAPTURE(place);
      const auto json = Json(text).dump(-1, ' ', false, Json::error_handler_t::replace);
      CHECK(written(text, JsonWriter::Form::dense) == harmless_json(json));
    }
  }
}

TEST_CASE("members are put in order, however many there are, and whatever their names") {
  Json json = Json::object();
  for (int i = 40; i-- > 0;) json[std::string(1, static_cast<char>('!' + i)) + "x"] = {{"b\n", i}, {"a\"", i}, {"b", i}};
  CHECK(written(json, JsonWriter::Form::canonical) == nlohmann::json(json).dump(-1, ' ', true));
}

TEST_CASE("a sink gets the same in pieces, and what is left is the caller's") {
  std::mt19937 random(8);
  Json json = Json::array();
  for (int item = 0; item < 50000; ++item) json.push_back(some_json(random, 2));
  for (const auto form : {JsonWriter::Form::laid_out, JsonWriter::Form::dense}) {
    std::string text, all;
    std::size_t pieces = 0, largest = 0;
    JsonWriter out(text, form, [&](std::string_view piece) {
      all += piece;
      largest = std::max(largest, piece.size());
      ++pieces;
    });
    write(out, json);
    CHECK(all + text == written(json, form));
    CHECK(pieces > 5);
    CHECK(largest < 70000);
    CHECK(text.size() < 70000);
  }
}

TEST_CASE("what stands deeper is indented from there, but for its first line") {
  CHECK(written({{"a", {1}}}, JsonWriter::Form::laid_out, 2) ==
        "{\n      \"a\": [\n        1\n      ]\n    }");
}

}  // namespace
}  // namespace rdnsgate
