// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/utf8.h"

#include <doctest/doctest.h>

using namespace rdnsgate;

TEST_CASE("UTF-8 is checked strictly") {
  std::size_t at = 0;
  CHECK(is_utf8("z\xC3\xBCrich \xF0\x9F\x93\xA7"));
  CHECK_FALSE(is_utf8("ab\xC0\x80", &at));
  CHECK(at == 2);
  CHECK_FALSE(is_utf8("\xED\xA0\x80"));
  CHECK_FALSE(is_utf8("\xF4\x90\x80\x80"));
  CHECK_FALSE(is_utf8("\xE2\x82"));
}
