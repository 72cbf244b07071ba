// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/window.h"

#include <doctest/doctest.h>

using namespace rdnsgate::resolve;

namespace {
Clock::time_point at(int second) { return Clock::time_point(std::chrono::seconds(second)); }
}  // namespace

TEST_CASE("the window doubles with a round of replies, up to its bound") {
  Window window(1000);
  CHECK(window.size() == Window::first);
  for (std::size_t i = 0; i < Window::first; ++i) window.replied();
  CHECK(window.size() == 2 * Window::first);
  for (int i = 0; i < 5000; ++i) window.replied();
  CHECK(window.size() == 1000);
  CHECK(Window(10).size() == 10);
}

TEST_CASE("a burst of losses halves it once, and it grows slowly from there") {
  Window window(1000);
  for (int i = 0; i < 5000; ++i) window.replied();
  for (int i = 0; i < 300; ++i) window.lost(at(1), at(2));
  CHECK(window.size() == 500);
  for (int i = 0; i < 500; ++i) window.replied();
  CHECK(window.size() <= 501);
  window.lost(at(3), at(4));
  CHECK(window.size() == 250);
}

TEST_CASE("it never closes") {
  Window window(1000);
  for (int i = 1; i < 100; ++i) window.lost(at(2 * i), at(2 * i + 1));
  CHECK(window.size() == Window::least);
  Window small(5);
  for (int i = 1; i < 100; ++i) small.lost(at(2 * i), at(2 * i + 1));
  CHECK(small.size() == 5);
}
