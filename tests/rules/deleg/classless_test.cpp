// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/classless.h"

#include "rules/deleg/walked.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

/// 185.9.2.10 in a block of the /24, whose zone is declared under this label.
Estate block_estate(const std::string& label) {
  Estate estate;
  estate.zone(label + ".2.9.185.in-addr.arpa").zone("corp-mail.net");
  estate.sender("mx1", "mx1.corp-mail.net", {"185.9.2.10"});
  return estate;
}

World block_world() { return World().zone("2.9.185.in-addr.arpa").zone("corp-mail.net"); }

World with_alias(const std::string& target) {
  return block_world()
      .cname("10.2.9.185.in-addr.arpa", target)
      .zone("0-63.2.9.185.in-addr.arpa")
      .rrset({name(target), RrType::PTR, 3600, {name("mx1.corp-mail.net").wire()}})
      .a("mx1.corp-mail.net", {"185.9.2.10"});
}

constexpr auto missing = "deleg-2317-missing-cname 185.9.2.10",
               style = "deleg-2317-style-mismatch 185.9.2.10",
               owner = "deleg-2317-owner-not-subzone 185.9.2.10";

}  // namespace

TEST_CASE("labels of a block, in three ways of writing") {
  const auto block = [](std::string_view label) {
    const auto read = inventory::classless_block(label);
    return read ? std::to_string(read->first) + ".." + std::to_string(read->last) : "none";
  };
  CHECK(block("0/26") == "0..63");
  CHECK(block("64-26") == "64..127");
  CHECK(block("0-63") == "0..63");
  CHECK(block("24-31") == "24..31");
  for (const auto* label : {"0", "a-b", "0/24", "1/26", "0-62", "0/31", "256-3", "0/26x", "00-63", "0/026",
                            "+0-63", "0-0063", "-", ""})
    CHECK(block(label) == "none");
}

TEST_CASE("deleg-2317-missing-cname: the parent denies, and leads nowhere") {
  const auto estate = block_estate("0-63");
  auto said = run(estate, block_world());
  CHECK(said.sentence(missing) ==
        "10.2.9.185.in-addr.arpa is no alias of 10.0-63.2.9.185.in-addr.arpa, so that nobody looks into the "
        "zone 0-63.2.9.185.in-addr.arpa");
  CHECK(run(block_estate("0/26"), block_world()).says(missing));
  CHECK(run(block_estate("64-127"), block_world()).silent_about("deleg-2317"));
  CHECK(run(estate, block_world().without_soa()).silent_about("deleg-2317"));
  for (const auto outcome : {dns::Outcome::timeout, dns::Outcome::servfail, dns::Outcome::refused})
    CHECK(run(estate, block_world().fail_ptr("185.9.2.10", outcome)).silent_about("deleg-2317"));
  CHECK(run(estate, with_alias("10.0-63.2.9.185.in-addr.arpa")).silent_about("deleg-2317"));
  // A record in the /24 itself works as well.
  CHECK(run(estate, block_world().ptr("185.9.2.10", {"mx1.corp-mail.net"})).silent_about("deleg-2317"));
}

TEST_CASE("deleg-2317-style-mismatch: one block under two names") {
  const auto said = run(block_estate("0-63"), with_alias("10.0/26.2.9.185.in-addr.arpa"));
  CHECK(said.sentence(style) ==
        "10.2.9.185.in-addr.arpa points into 0/26.2.9.185.in-addr.arpa, and the inventory declares "
        "0-63.2.9.185.in-addr.arpa");
  CHECK(said.silent_about("deleg-2317-owner"));
  CHECK(run(block_estate("0/26"), with_alias("10.0/26.2.9.185.in-addr.arpa")).silent_about("deleg-2317"));
}

TEST_CASE("deleg-2317-owner-not-subzone: an alias into a zone that nobody declares") {
  const auto said = run(block_estate("0-63"), with_alias("10.rev.other.net"));
  CHECK(said.sentence(owner) ==
        "10.2.9.185.in-addr.arpa is an alias of 10.rev.other.net, which is in no zone that the inventory "
        "declares");
  CHECK(run(block_estate("0-63"), with_alias("10.rev.corp-mail.net")).silent_about("deleg-2317"));
  CHECK(run(block_estate("64-127"), with_alias("10.0/26.2.9.185.in-addr.arpa")).says(owner));
  // Who declares no reverse zones leaves them to others.
  Estate estate;
  estate.zone("corp-mail.net").sender("mx1", "mx1.corp-mail.net", {"185.9.2.10"});
  CHECK(run(estate, with_alias("10.rev.other.net")).silent_about("deleg-2317"));
}

TEST_CASE("deleg-ip6-boundary: labels of an IPv6 reverse zone are single digits") {
  const auto said = [](std::string_view zone) { return lint(Estate().zone(zone)); };
  CHECK(said("8.b.d.0.1.0.0.2.ip6.arpa").silent_about("deleg-"));
  CHECK(said("ip6.arpa").silent_about("deleg-"));
  CHECK(said("0-3.8.b.d.0.1.0.0.2.ip6.arpa").sentence("deleg-ip6-boundary 0-3.8.b.d.0.1.0.0.2.ip6.arpa") ==
        "0-3.8.b.d.0.1.0.0.2.ip6.arpa is no reverse zone: \"0-3\" is not one hexadecimal digit");
  CHECK(said("db8.2001.ip6.arpa").says("deleg-ip6-boundary db8.2001.ip6.arpa"));
  CHECK(said("g.ip6.arpa").says("deleg-ip6-boundary g.ip6.arpa"));
  CHECK(said("db8.2001.in-addr.arpa").silent_about("deleg-"));
}
