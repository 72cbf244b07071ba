// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/scenario.h"

#include <doctest/doctest.h>

using namespace rdnsgate;
using namespace rdnsgate::scenario;

TEST_CASE("an estate and a world with everything right: no rule says a word") {
  const auto said = run(good_estate(), good_world());
  CHECK_MESSAGE(said.lines.empty(), text_of(said));
  CHECK(said.questions.contains({name("mx1.corp-mail.net"), dns::RrType::AAAA}));
}
