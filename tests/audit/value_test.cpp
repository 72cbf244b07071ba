// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/value.h"

#include <doctest/doctest.h>

using namespace rdnsgate;
using namespace rdnsgate::audit;

namespace {

List numbers(std::size_t count) {
  std::vector<std::string> items;
  for (std::size_t i = 1; i <= count; ++i) items.push_back(std::to_string(i));
  return list_of(items);
}

}  // namespace

TEST_CASE("each kind of value has its words") {
  CHECK(words_of(Value("a text")) == "a text");
  CHECK(words_of(Value(std::uint64_t{7})) == "7");
  CHECK(words_of(Value(seconds(300))) == "300 s");
  CHECK(words_of(Value(milliseconds(12))) == "12 ms");
  CHECK(words_of(Value(parse_time("2027-05-31T08:00:00Z").value())) == "2027-05-31T08:00:00Z");
  CHECK(words_of(Value(parse_time("2027-05-31T08:00:00Z").value()), "date") == "2027-05-31");
  CHECK(words_of(Value(seconds(300)), "duration") == "5m");
  CHECK(words_of(Value(seconds(300)), "bare") == "300");
  CHECK(words_of(Value(std::uint64_t{1}), "address|addresses") == "1 address");
  CHECK(words_of(Value(std::uint64_t{2}), "address|addresses") == "2 addresses");
}

TEST_CASE("a list is cut off where a sentence would get too long") {
  CHECK(words_of(numbers(0)).empty());
  CHECK(words_of(numbers(5)) == "1, 2, 3, 4, 5");
  CHECK(words_of(numbers(12)) == "1, 2, 3, 4, 5 and 7 more");
  CHECK(words_of(numbers(8), ";") == "1; 2; 3; 4; 5; 6; 7; 8");
  CHECK(words_of(numbers(10), ";") == "1; 2; 3; 4; 5; 6; 7; 8; and 2 more");
  CHECK(words_of(numbers(7), "all") == "1, 2, 3, 4, 5, 6, 7");
  CHECK(words_of(numbers(9), "all;") == "1; 2; 3; 4; 5; 6; 7; 8; 9");
  CHECK(words_of(numbers(2), "and") == "1, and 2");
  CHECK(words_of(numbers(6), "->") == "1 -> 2 -> 3 -> 4 -> 5 -> 6");
  CHECK(words_of(numbers(9), "->") == "1 -> 2 -> 3 -> 4 -> 5 -> ... -> 9");
}

TEST_CASE("of a stranger's list not more is kept than machines need, and how long it was") {
  const auto list = numbers(1000);
  CHECK(list.items.size() == List::most_kept);
  CHECK(list.total == 1000);
  CHECK(words_of(list) == "1, 2, 3, 4, 5 and 995 more");
  CHECK(words_of(list, "all").ends_with("64 and 936 more"));
  CHECK(whole_list(std::vector<std::string>(1000)).items.size() == 1000);
}

TEST_CASE("values of each kind are the same again when they are unpacked") {
  List cut = numbers(3);
  cut.total = 1000;
  const Values values{{"text", "octets\xff"},
                      {"empty", ""},
                      {"long", std::string(300, 'x')},
                      {"list", cut},
                      {"none", List{}},
                      {"zero", std::uint64_t{0}},
                      {"small", std::uint64_t{127}},
                      {"number", std::uint64_t{128}},
                      {"most", ~std::uint64_t{0}},
                      {"late", seconds(-300)},
                      {"took", milliseconds(1200)},
                      {"at", parse_time("2027-05-31T08:00:00Z").value()}};
  const PackedValues packed(values);
  const auto again = packed.unpacked();
  REQUIRE(again.size() == values.size());
  for (std::size_t i = 0; i < values.size(); ++i) {
    CAPTURE(values[i].name);
    CHECK(again[i].name == values[i].name);
    CHECK((again[i].value == values[i].value));
  }
}

TEST_CASE("no values are packed to nothing, and copies have them once") {
  CHECK(PackedValues().unpacked().empty());
  CHECK(PackedValues(Values()).empty());
  const PackedValues one{{"name", "x"}};
  const PackedValues copy = one;  // NOLINT(performance-unnecessary-copy-initialization)
  const auto first = one.unpacked(), second = copy.unpacked();
  CHECK(first[0].name.data() == second[0].name.data());
  CHECK(sizeof(PackedValues) == sizeof(void*));
}
