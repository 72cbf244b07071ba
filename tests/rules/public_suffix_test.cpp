// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/public_suffix.h"

#include <doctest/doctest.h>

using namespace rdnsgate;
using dns::Name;

namespace {

std::string organisation_of(const char* text) {
  return rules::organisational_domain(Name::parse(text).value()).text();
}
std::string registered_of(const char* text) {
  return rules::registered_domain(Name::parse(text).value()).text();
}

}  // namespace

TEST_CASE("one label more than the longest public suffix") {
  CHECK(organisation_of("mx1.mail.corp.com") == "corp.com");
  CHECK(organisation_of("mx1.corp.co.uk") == "corp.co.uk");
  CHECK(organisation_of("corp.com") == "corp.com");
  CHECK(organisation_of("mx.something.example") == "something.example");
  CHECK(organisation_of("co.uk") == "co.uk");
  CHECK(organisation_of("com") == "com");
  CHECK(organisation_of(".") == ".");
}

TEST_CASE("a platform's customers are organisations, but registered nothing") {
  CHECK(organisation_of("a.b.github.io") == "b.github.io");
  CHECK(registered_of("a.b.github.io") == "github.io");
}

TEST_CASE("octets that no host name has don't mislead the look-up") {
  CHECK(organisation_of("a\\.b.corp.com") == "corp.com");
  CHECK(organisation_of("a\\255.com") == "a\\255.com");
}
