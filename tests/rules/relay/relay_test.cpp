// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "dns/rdata_reader.h"
#include "rules/relay/published.h"
#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto term = "include:spf.relay-mail.net";

Estate with_relay(const std::vector<std::string>& blocks) {
  auto estate = good_estate();
  inventory::Relay relay{.name = "news", .spf = term};
  for (const auto& block : blocks) relay.addresses.push_back(Prefix::parse(block).value());
  relay.addresses_at.resize(blocks.size());
  estate.inventory.relays.push_back(relay);
  return estate;
}

World publishing(const std::string& record) {
  auto world = good_world();
  world.zone("relay-mail.net");
  if (!record.empty()) world.rrset({name("spf.relay-mail.net"), RrType::TXT, 3600, {dns::txt_rdata(record)}});
  return world;
}

std::string blocks(const std::vector<Prefix>& all) {
  std::string text;
  for (const auto& one : all) text += (text.empty() ? "" : " ") + one.to_string();
  return text;
}

std::vector<AddressRange> ranges(const std::vector<std::string>& all) {
  std::vector<Prefix> prefixes;
  for (const auto& one : all) prefixes.push_back(Prefix::parse(one).value());
  return mailauth::spf_ranges(prefixes);
}

}  // namespace

TEST_CASE("blocks of one set that are not in another") {
  using rules::blocks_without;
  CHECK(blocks(blocks_without(ranges({"9.9.0.0/24"}), {})) == "9.9.0.0/24");
  CHECK(blocks(blocks_without(ranges({"9.9.0.0/24"}), ranges({"9.9.0.0/24"}))) == "");
  CHECK(blocks(blocks_without(ranges({"9.9.0.0/24"}), ranges({"9.9.0.64/26", "9.9.0.255"}))) ==
        "9.9.0.0/26 9.9.0.128/26 9.9.0.192/27 9.9.0.224/28 9.9.0.240/29 9.9.0.248/30 9.9.0.252/31 "
        "9.9.0.254/32");
  CHECK(blocks(blocks_without(ranges({"9.9.0.0/24", "9.9.2.0/24"}), ranges({"9.9.0.0/22"}))) == "");
  CHECK(blocks(blocks_without(ranges({"0.0.0.0/0", "::/0"}), ranges({"128.0.0.0/1", "8000::/1"}))) ==
        "0.0.0.0/1 ::/1");
  // A hole may end where the range begins, and a range where a hole does.
  CHECK(blocks(blocks_without(ranges({"9.9.0.0/31"}), ranges({"9.9.0.0"}))) == "9.9.0.1/32");
  CHECK(blocks(blocks_without(ranges({"9.9.0.0/31"}), ranges({"9.9.0.1"}))) == "9.9.0.0/32");
}

TEST_CASE("relay-addresses-differ: what is published is what is declared, however it is cut") {
  const auto said = run(with_relay({"9.9.0.0/25", "9.9.0.128/25", "2a99::/32"}),
                        publishing("v=spf1 ip4:9.9.0.0/24 ip6:2a99::/32 -all"));
  CHECK(said.silent_about("relay-"));
}

TEST_CASE("relay-addresses-differ: it grew, shrank or moved, with both as sets") {
  auto said = run(with_relay({"9.9.0.0/24"}), publishing("v=spf1 ip4:9.9.0.0/23 -all"));
  CHECK(said.sentence("relay-addresses-differ news") ==
        "news publishes more than is declared by include:spf.relay-mail.net: also 9.9.1.0/24");
  said = run(with_relay({"9.9.0.0/24"}), publishing("v=spf1 ip4:9.9.0.0/25 -all"));
  CHECK(said.sentence("relay-addresses-differ news") ==
        "news publishes less than is declared by include:spf.relay-mail.net: no longer 9.9.0.128/25");
  said = run(with_relay({"9.9.0.0/24"}), publishing("v=spf1 ip4:9.9.4.0/24 -all"));
  CHECK(said.sentence("relay-addresses-differ news") ==
        "news publishes other addresses than are declared by include:spf.relay-mail.net: also 9.9.4.0/24, no "
        "longer 9.9.0.0/24");
  CHECK(run(with_relay({"9.9.0.0/24"}), publishing("v=spf1 ip4:9.9.0.0/24 ip4:9.9.1.7 -all"))
            .sentence("relay-addresses-differ news") ==
        "news publishes more than is declared by include:spf.relay-mail.net: also 9.9.1.7");
  const auto& draft = said.draft("relay-addresses-differ news");
  CHECK(draft.expected == "9.9.0.0/24");
  CHECK(draft.observed == "9.9.4.0/24");
  // Without addresses there is nothing to hold it against.
  CHECK(run(with_relay({}), publishing("v=spf1 ip4:9.9.4.0/24 -all")).silent_about("relay-"));
}

TEST_CASE("relay-addresses-differ: nothing follows from a part of what is published") {
  CHECK(run(with_relay({"9.9.0.0/24"}), publishing("v=spf1 ip4:9.9.4.0/24 exists:%{l}.relay-mail.net -all"))
            .silent_about("relay-"));
}

TEST_CASE("relay-spf-unusable: no record, a broken one, and one that lets nobody through") {
  auto said = run(with_relay({"9.9.0.0/24"}), publishing(""));
  CHECK(said.says("relay-spf-unusable news"));
  CHECK(said.silent_about("relay-addresses-differ"));
  said = run(with_relay({}), publishing("v=spf1 ip5:x -all"));
  CHECK(said.draft("relay-spf-unusable news").args.wording.empty());
  said = run(with_relay({}), publishing("v=spf1 -all"));
  CHECK(said.sentence("relay-spf-unusable news") ==
        "include:spf.relay-mail.net of relay news lets nobody through");
  // What lets nobody through is not told a second time as what it lacks.
  CHECK(run(with_relay({"9.9.0.0/24"}), publishing("v=spf1 -all")).silent_about("relay-addresses-differ"));
  // Without a term there is nothing to be used.
  auto without = with_relay({"9.9.0.0/24"});
  without.inventory.relays.back().spf.clear();
  CHECK(run(without, good_world()).silent_about("relay-"));
}

TEST_CASE("relay rules: a lookup that failed is said, and nothing else") {
  for (const auto outcome : {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::unreachable,
                             Outcome::bogus, Outcome::malformed, Outcome::unanswered}) {
    auto world = publishing("v=spf1 ip4:9.9.4.0/24 -all");
    world.fail("spf.relay-mail.net", RrType::TXT, outcome);
    const auto said = run(with_relay({"9.9.0.0/24"}), world);
    CHECK(said.says("relay-lookup-failed news (inconclusive)"));
    CHECK(said.silent_about("relay-addresses-differ"));
    CHECK(said.silent_about("relay-spf-unusable"));
  }
}

TEST_CASE("relay-lookup-failed: of several lookups that failed the first is named") {
  auto estate = with_relay({"9.9.0.0/24"});
  estate.inventory.relays.back().spf = "a:out.relay-mail.net";
  auto world = publishing("");
  for (const auto type : {RrType::A, RrType::AAAA}) world.fail("out.relay-mail.net", type, Outcome::servfail);
  const auto said = run(estate, world).sentence("relay-lookup-failed news");
  CHECK(said.find(": A out.relay-mail.net") != std::string::npos);
}
