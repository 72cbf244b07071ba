// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

using Lines = std::vector<std::string>;

/// A whole network under one name, its own records taken away from 185.9.2.10.
World wildcard_world(const std::string& target) {
  return good_world().erase_ptr("185.9.2.10").wildcard_ptr("2.9.185.in-addr.arpa", target);
}

std::ptrdiff_t probes(const Said& said) {
  return std::count_if(said.questions.begin(), said.questions.end(), [](const auto& question) {
    return question.first.first_label() == "rdnsgate-wildcard-probe";
  });
}

}  // namespace

TEST_CASE("ptr-wildcard-match: a name that nobody has gets the same answer") {
  const auto said = run(good_estate(), wildcard_world("mx1.corp-mail.net"));
  CHECK(said.lines == Lines{"ptr-wildcard-match 185.9.2.10"});
  CHECK(said.sentence("ptr-wildcard-match 185.9.2.10") ==
        "any name under 2.9.185.in-addr.arpa has the PTR record of 185.9.2.10: mx1.corp-mail.net");
}

TEST_CASE("ptr-wildcard-match: a record of one's own beside a wildcard") {
  const auto said =
      run(good_estate(), good_world().wildcard_ptr("2.9.185.in-addr.arpa", "spare.corp-mail.net"));
  CHECK(said.lines.empty());
}

TEST_CASE("ptr-wildcard-match: where the wildcard's name is not the declared one, ptr-mismatch says enough") {
  auto world = wildcard_world("spare.corp-mail.net").a("spare.corp-mail.net", {"185.9.2.10"});
  CHECK(run(good_estate(), world).lines == Lines{"ptr-mismatch 185.9.2.10"});
}

TEST_CASE("ptr-wildcard-match: in a classless zone the probe goes where the PTR record stands") {
  auto world = good_world()
                   .erase_ptr("185.9.2.10")
                   .cname("10.2.9.185.in-addr.arpa", "10.0-63.2.9.185.in-addr.arpa")
                   .wildcard_ptr("0-63.2.9.185.in-addr.arpa", "mx1.corp-mail.net");
  const auto said = run(good_estate(), world);
  CHECK(said.says("ptr-wildcard-match 185.9.2.10"));
  CHECK(given(said.draft("ptr-wildcard-match 185.9.2.10"), "parent") == "0-63.2.9.185.in-addr.arpa");
}

TEST_CASE("ptr-wildcard-match: one question a network, none where there is no PTR record") {
  CHECK(probes(run(good_estate(), good_world())) == 2);  // one for each family
  auto world = good_world();
  for (const auto* ip : {"185.9.2.10", "185.9.2.11", "185.9.2.40", "185.9.2.41", "2a92::10", "2a92::11"})
    world.erase_ptr(ip);
  CHECK(probes(run(good_estate(), world)) == 0);
}
