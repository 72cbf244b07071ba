// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/rare.h"

#include <doctest/doctest.h>

using namespace rdnsgate;

TEST_CASE("what is rarely there is copied with what has it") {
  Rare<std::string> some;
  CHECK(!some);
  some = std::string("one");
  const Rare<std::string> copy = some;
  some = std::string("other");
  CHECK(*copy == "one");
  some = {};
  CHECK(some.value_or("none") == "none");
  CHECK(copy.value_or("none") == "one");
}

TEST_CASE("a shared text is there once, however many have it") {
  const SharedText one(std::string(100, 'x'));
  const SharedText other = one;  // NOLINT(performance-unnecessary-copy-initialization)
  CHECK(other.text().data() == one.text().data());
  CHECK(other == one);
}

TEST_CASE("shared texts are compared by what they say") {
  const SharedText one("same"), other(std::string("same")), later("tame"), none(std::string{}), bare;
  CHECK(one.text().data() != other.text().data());
  CHECK(one == other);
  CHECK(one == "same");
  CHECK(one == std::string_view("same"));
  CHECK(one != later);
  CHECK(one < later);
  CHECK(none == bare);
  CHECK(none.empty());
  CHECK(bare.text().empty());
  CHECK(bare < one);
}

TEST_CASE("who takes a shared text away takes it from nobody else") {
  SharedText one("same");
  const SharedText other = one;
  one.clear();
  CHECK(one.empty());
  CHECK(other == "same");
}

TEST_CASE("a shared value is there once, until the last has let go of it") {
  const auto counted = std::make_shared<int>(7);
  Shared<std::shared_ptr<int>> one(counted);
  {
    const auto other = one;
    CHECK(other.get() == one.get());
    CHECK(counted.use_count() == 2);
    one = {};
    CHECK_FALSE(one);
    CHECK(**other == 7);
  }
  CHECK(counted.use_count() == 1);
  CHECK(one.value_or(nullptr) == nullptr);
}

TEST_CASE("a shared text outlives whoever had it first") {
  SharedText kept;
  {
    const SharedText first(std::string("kept\0octet", 10));
    kept = first;
    kept = *&kept;
  }
  CHECK(kept.text() == std::string_view("kept\0octet", 10));
  const auto moved = std::move(kept);
  CHECK(moved.text().size() == 10);
}

TEST_CASE("what there are many of takes the room of a pointer") {
  CHECK(sizeof(SharedText) == sizeof(void*));
  CHECK(sizeof(Shared<std::string>) == sizeof(void*));
  CHECK(sizeof(Rare<std::string>) == sizeof(void*));
}
