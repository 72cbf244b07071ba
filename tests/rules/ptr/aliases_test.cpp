// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;

namespace {

using Lines = std::vector<std::string>;

const std::string reverse = "40.2.9.185.in-addr.arpa", delegated = "40.0-63.2.9.185.in-addr.arpa";

dns::RRset ptr_at(const std::string& owner) {
  return {name(owner), dns::RrType::PTR, 3600, {name("out-a.corp-mail.net").wire()}};
}

/// 185.9.2.40 behind so many aliases.
World world_with_chain(int hops) {
  World world = good_world().erase_ptr("185.9.2.40");
  std::string at = reverse;
  for (int i = 1; i <= hops; ++i) {
    const auto next = fmt::format("40.hop-{}.2.9.185.in-addr.arpa", i);
    world.cname(at, next);
    at = next;
  }
  return world.rrset(ptr_at(at));
}

World world_with_loop() {
  return good_world().erase_ptr("185.9.2.40").cname(reverse, delegated).cname(delegated, reverse);
}

}  // namespace

TEST_CASE("ptr-via-cname: a classless delegation is fine, and is told") {
  const auto world = good_world().erase_ptr("185.9.2.40").cname(reverse, delegated).rrset(ptr_at(delegated));
  const auto said = run(good_estate(), world);
  CHECK(said.lines == Lines{"ptr-via-cname 185.9.2.40"});
  CHECK(said.sentence("ptr-via-cname 185.9.2.40") ==
        "the PTR record of 185.9.2.40 stands at 40.0-63.2.9.185.in-addr.arpa, to which "
        "40.2.9.185.in-addr.arpa is an "
        "alias");
}

TEST_CASE("ptr-cname-chain-too-long: two aliases are a warning, nine an error") {
  auto said = run(good_estate(), world_with_chain(2));
  CHECK(said.lines == Lines{"ptr-cname-chain-too-long 185.9.2.40"});
  CHECK(said.sentence("ptr-cname-chain-too-long 185.9.2.40") ==
        "the PTR record of 185.9.2.40 stands behind 2 aliases: 40.2.9.185.in-addr.arpa -> "
        "40.hop-1.2.9.185.in-addr.arpa -> 40.hop-2.2.9.185.in-addr.arpa");
  CHECK_FALSE(said.draft("ptr-cname-chain-too-long 185.9.2.40").args.severity);

  said = run(good_estate(), world_with_chain(8));
  CHECK_FALSE(said.draft("ptr-cname-chain-too-long 185.9.2.40").args.severity);
  said = run(good_estate(), world_with_chain(9));
  CHECK(said.draft("ptr-cname-chain-too-long 185.9.2.40").args.severity == Severity::error);
  CHECK(said.draft("ptr-cname-chain-too-long 185.9.2.40").observed ==
        "40.2.9.185.in-addr.arpa -> 40.hop-1.2.9.185.in-addr.arpa -> 40.hop-2.2.9.185.in-addr.arpa -> "
        "40.hop-3.2.9.185.in-addr.arpa -> 40.hop-4.2.9.185.in-addr.arpa -> ... -> "
        "40.hop-9.2.9.185.in-addr.arpa");
}

TEST_CASE("ptr-cname-chain-too-long: a resolver that gave up says only that it failed") {
  for (const auto outcome : {Outcome::servfail, Outcome::unanswered, Outcome::malformed}) {
    auto said = run(good_estate(), world_with_chain(12).fail_ptr("185.9.2.40", outcome));
    CHECK(said.lines == Lines{"ptr-cname-chain-too-long 185.9.2.40"});
    said = run(good_estate(), world_with_chain(8).fail_ptr("185.9.2.40", outcome));
    CHECK(said.lines == Lines{"ptr-lookup-failed 185.9.2.40 (inconclusive)"});
  }
  // Without end, and with an end to the questions.
  const auto said = run(good_estate(), world_with_chain(100).fail_ptr("185.9.2.40", Outcome::servfail));
  CHECK(said.sentence("ptr-cname-chain-too-long 185.9.2.40").find("16 or more aliases") != std::string::npos);
}

TEST_CASE("ptr-cname-loop: proven alias by alias, whatever the resolver calls it") {
  for (const auto outcome : {Outcome::servfail, Outcome::unanswered, Outcome::malformed}) {
    const auto said = run(good_estate(), world_with_loop().fail_ptr("185.9.2.40", outcome));
    CHECK(said.lines == Lines{"ptr-cname-loop 185.9.2.40"});
  }
  const auto said = run(good_estate(), world_with_loop());
  CHECK(said.sentence("ptr-cname-loop 185.9.2.40") ==
        "no PTR record of 185.9.2.40 can be reached: its aliases go round in a circle, "
        "40.2.9.185.in-addr.arpa -> "
        "40.0-63.2.9.185.in-addr.arpa -> 40.2.9.185.in-addr.arpa");
}

TEST_CASE("ptr-cname-loop: a name that is its own alias, and a circle that does not hold the reverse name") {
  auto world = good_world().erase_ptr("185.9.2.40").cname(reverse, reverse);
  CHECK(run(good_estate(), world).lines == Lines{"ptr-cname-loop 185.9.2.40"});
  world.cname(reverse, "a.corp-mail.net")
      .cname("a.corp-mail.net", "b.corp-mail.net")
      .cname("b.corp-mail.net", "a.corp-mail.net");
  CHECK(run(good_estate(), world).lines == Lines{"ptr-cname-loop 185.9.2.40"});
}

TEST_CASE("ptr-cname-loop: a silent server is asked no more, and half a circle proves nothing") {
  for (const auto outcome : {Outcome::timeout, Outcome::unreachable, Outcome::refused, Outcome::bogus}) {
    const auto said = run(good_estate(), world_with_loop().fail_ptr("185.9.2.40", outcome));
    CHECK(said.lines == Lines{"ptr-lookup-failed 185.9.2.40 (inconclusive)"});
    CHECK_FALSE(said.questions.contains({name(reverse), dns::RrType::CNAME}));
  }
  const auto said = run(good_estate(), world_with_loop()
                                           .fail_ptr("185.9.2.40", Outcome::servfail)
                                           .fail(delegated, dns::RrType::CNAME, Outcome::servfail));
  CHECK(said.lines == Lines{"ptr-lookup-failed 185.9.2.40 (inconclusive)"});
}

TEST_CASE("ptr-cname-dangling: the alias leads to a name that does not exist") {
  auto world = good_world().erase_ptr("185.9.2.40").cname(reverse, delegated).nxdomain(delegated);
  const auto said = run(good_estate(), world);
  CHECK(said.lines == Lines{"ptr-cname-dangling 185.9.2.40"});
  CHECK(said.sentence("ptr-cname-dangling 185.9.2.40") ==
        "the reverse name of 185.9.2.40 is an alias of 40.0-63.2.9.185.in-addr.arpa, which does not exist: "
        "40.2.9.185.in-addr.arpa -> 40.0-63.2.9.185.in-addr.arpa");
  CHECK(run(good_estate(), world.without_soa()).lines ==
        Lines{"ptr-lookup-failed 185.9.2.40 (inconclusive)"});
}

TEST_CASE("ptr-cname-dangling: a name that exists without a PTR record, or no alias, is ptr-missing") {
  auto said = run(good_estate(), good_world().erase_ptr("185.9.2.40").cname(reverse, delegated));
  CHECK(said.lines == Lines{"ptr-missing 185.9.2.40"});
  said = run(good_estate(), good_world().nxdomain(reverse));
  CHECK(said.lines == Lines{"ptr-missing 185.9.2.40"});
}
