// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What the inventory says under `internal:`, at vantages that see an internal view.
#include <doctest/doctest.h>

#include "inventory/model/load.h"
#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using audit::Certainty;
using dns::RrType;

namespace {

constexpr auto mx1 = "185.9.2.10";

Estate estate_of(const std::string& addresses, const std::string& of_sender = "") {
  Sources sources;
  Diagnostics problems;
  auto loaded = inventory::load(sources, "inventory.yaml",
                                "version: 1\nzones:\n  - {name: 2.9.185.in-addr.arpa, contact: a@b.example}\n"
                                "  - {name: corp-mail.net, contact: a@b.example}\nsenders:\n  - name: mx1\n"
                                "    helo: mx1.corp-mail.net\n    owner: mail\n" +
                                    of_sender + "    addresses: " + addresses + "\n",
                                {}, problems);
  REQUIRE_MESSAGE(loaded.has_value(), problems.front().message);
  Estate estate;
  estate.inventory = std::move(*loaded);
  return estate;
}

/// The PTR name differs inside, and has an address of the private network.
Estate declared() {
  return estate_of("[{ip: 185.9.2.10, internal: {ptr: mx1.corp, addresses: [10.0.0.10]}}]");
}

World outside() {
  World world;
  world.zone("2.9.185.in-addr.arpa").zone("corp-mail.net").zone("corp");
  world.ptr(mx1, {"mx1.corp-mail.net"}).a("mx1.corp-mail.net", {mx1});
  return world;
}

World inside() { return outside().ptr(mx1, {"mx1.corp"}).a("mx1.corp", {"10.0.0.10"}); }

View office(World world, std::string name = "office") {
  auto view = resolver(std::move(name), std::move(world));
  view.info.internal = true;
  return view;
}

using Lines = std::vector<std::string>;

}  // namespace

TEST_CASE("internal: what is declared is right inside, and the outside is judged as ever") {
  auto said = report(declared(), {walk(outside()), office(inside())});
  CHECK_MESSAGE(said.lines().empty(), text_of(said));
  // The HELO name, which is another one inside, may have either.
  said = report(declared(), {walk(outside()), office(inside().a("mx1.corp-mail.net", {"10.0.0.10"}))});
  CHECK_MESSAGE(said.lines().empty(), text_of(said));
  // Only outside is it wrong that the PTR record is as inside.
  said = report(declared(), {walk(inside()), office(inside())});
  CHECK_MESSAGE(said.says("ptr-mismatch 185.9.2.10 confirmed"), text_of(said));
  CHECK(said.silent_about("internal-"));
}

TEST_CASE("internal-ptr-mismatch: another name, several, or none") {
  for (const auto& names : {Lines{"mx1.corp-mail.net"}, Lines{"mx1.corp", "old.corp"}, Lines{}}) {
    auto world = inside();
    if (names.empty())
      world.erase_ptr(mx1);
    else
      world.ptr(mx1, names);
    const auto said = report(declared(), {walk(outside()), office(world)});
    CHECK_MESSAGE(said.lines() == Lines{"internal-ptr-mismatch 185.9.2.10 confirmed"}, text_of(said));
    const auto& finding = said.finding("internal-ptr-mismatch", mx1);
    CHECK(finding.severity == Severity::error);
    CHECK(finding.scope == audit::Scope::isolated);
    CHECK(finding.vantages == Lines{"office"});
  }
  CHECK(report(declared(), {walk(outside()), office(inside().erase_ptr(mx1))})
            .finding("internal-ptr-mismatch", mx1)
            .message() == "inside, the PTR record of 185.9.2.10 should be mx1.corp, but is no such record");
}

TEST_CASE("internal-ptr-mismatch: none is to be there") {
  const auto none = estate_of("[{ip: 185.9.2.10, internal: {ptr: none}}]");
  auto said = report(none, {walk(outside()), office(outside().erase_ptr(mx1))});
  CHECK_MESSAGE(said.lines().empty(), text_of(said));
  said = report(none, {walk(outside()), office(outside())});
  CHECK_MESSAGE(said.lines() == Lines{"internal-ptr-mismatch 185.9.2.10 confirmed"}, text_of(said));
  said = report(none, {walk(outside()), office(outside().erase_ptr(mx1).without_soa())});
  CHECK_MESSAGE(said.lines() == Lines{"internal-lookup-failed 185.9.2.10 inconclusive"}, text_of(said));
}

TEST_CASE("internal-address-mismatch: the PTR name has other addresses inside, more, or none") {
  for (const auto& ips : {Lines{mx1}, Lines{"10.0.0.99"}, Lines{"10.0.0.10", mx1}, Lines{}}) {
    auto world = inside();
    if (ips.empty())
      world.erase("mx1.corp", RrType::A);
    else
      world.a("mx1.corp", ips);
    const auto said = report(declared(), {walk(outside()), office(world)});
    CHECK_MESSAGE(said.lines() == Lines{"internal-address-mismatch 185.9.2.10 confirmed"}, text_of(said));
  }
  CHECK(report(declared(), {walk(outside()), office(inside().a("mx1.corp", {"10.0.0.99"}))})
            .finding("internal-address-mismatch", mx1)
            .message() == "inside, A at mx1.corp of 185.9.2.10 should have 10.0.0.10, but has 10.0.0.99");
}

TEST_CASE("internal-address-mismatch: one name inside and outside is to have the internal address inside") {
  const auto one_name = estate_of("[185.9.2.10]", "    internal: {addresses: [10.0.0.10]}\n");
  const auto right = outside().a("mx1.corp-mail.net", {"10.0.0.10"});
  auto said = report(one_name, {walk(outside()), office(right)});
  CHECK_MESSAGE(said.lines().empty(), text_of(said));
  said = report(one_name, {walk(outside()), office(outside())});
  CHECK_MESSAGE(said.lines() == Lines{"internal-address-mismatch 185.9.2.10 confirmed"}, text_of(said));
}

TEST_CASE("internal-address-mismatch: the HELO name has neither what is declared nor what it has outside") {
  const auto world = inside().a("mx1.corp-mail.net", {"10.0.0.99"});
  const auto said = report(declared(), {walk(outside()), office(world)});
  CHECK_MESSAGE(said.lines() == Lines{"internal-address-mismatch 185.9.2.10 confirmed"}, text_of(said));
}

TEST_CASE("internal-address-mismatch: a name that several addresses share has what is declared for all") {
  const auto pool = estate_of("[{ip: 185.9.2.10, internal: {addresses: [10.0.0.10]}}, 185.9.2.11]");
  auto world = outside().ptr("185.9.2.11", {"mx1.corp-mail.net"});
  world.a("mx1.corp-mail.net", {mx1, "185.9.2.11"});
  const auto right = World(world).a("mx1.corp-mail.net", {"10.0.0.10", "185.9.2.11"});
  auto said = report(pool, {walk(world), office(right)});
  // Of the second address nothing is declared: that its name differs inside is said of it as ever.
  CHECK_MESSAGE(said.silent_about("internal-"), text_of(said));
  const auto wrong = World(world).a("mx1.corp-mail.net", {"10.0.0.10"});
  said = report(pool, {walk(world), office(wrong)});
  CHECK_MESSAGE(said.says("internal-address-mismatch 185.9.2.10 confirmed"), text_of(said));
}

TEST_CASE("internal: templates and families") {
  const auto both =
      estate_of("[185.9.2.10, \"2a92::10\"]",
                "    internal: {ptr: \"in-{-}.corp\", addresses: [\"10.0.0.{4}\", \"fd00::10\"]}\n");
  auto out = outside().aaaa("mx1.corp-mail.net", {"2a92::10"});
  out.ptr("2a92::10", {"mx1.corp-mail.net"});
  const std::string v6_name = "in-2a92-0000-0000-0000-0000-0000-0000-0010.corp";
  auto in = World(out).ptr(mx1, {"in-185-9-2-10.corp"}).ptr("2a92::10", {v6_name});
  in.a("in-185-9-2-10.corp", {"10.0.0.10"}).aaaa(v6_name, {"fd00::10"});
  auto said = report(both, {walk(out), office(in)});
  CHECK_MESSAGE(said.lines().empty(), text_of(said));
  said = report(both, {walk(out), office(in.aaaa(v6_name, {"fd00::11"}))});
  CHECK_MESSAGE(said.lines() == Lines{"internal-address-mismatch 2a92::10 confirmed"}, text_of(said));
}

TEST_CASE("internal-lookup-failed: what failed is unknown and no mismatch") {
  for (const auto outcome :
       {dns::Outcome::servfail, dns::Outcome::refused, dns::Outcome::timeout, dns::Outcome::unreachable,
        dns::Outcome::bogus, dns::Outcome::malformed, dns::Outcome::unanswered}) {
    CAPTURE(dns::to_string(outcome));
    for (auto world : {inside().fail_ptr(mx1, outcome), inside().fail("mx1.corp", RrType::A, outcome),
                       inside().fail("mx1.corp-mail.net", RrType::A, outcome)}) {
      const auto said = report(declared(), {walk(outside()), office(std::move(world))});
      CHECK_MESSAGE(said.lines() == Lines{"internal-lookup-failed 185.9.2.10 inconclusive"}, text_of(said));
      CHECK(said.result.verdict == audit::Verdict::inconclusive);
    }
  }
}

TEST_CASE("internal: one of two internal resolvers that answers is enough") {
  const auto silent = inside().fail_all(dns::Outcome::timeout);
  auto said = report(declared(), {walk(outside()), office(silent, "branch"), office(inside())});
  CHECK(said.result.verdict == audit::Verdict::pass);
  said = report(declared(), {walk(outside()), office(inside().erase_ptr(mx1), "branch"), office(inside())});
  CHECK(said.finding("internal-ptr-mismatch", mx1).vantages == Lines{"branch"});
  CHECK(said.says("internal-ptr-mismatch 185.9.2.10 confirmed"));
}

TEST_CASE("internal: a run from inside alone is held to what is declared for the inside") {
  auto said = report(declared(), {office(inside())});
  CHECK_MESSAGE(said.lines().empty(), text_of(said));
  said = report(declared(), {office(outside())});
  CHECK_MESSAGE(said.lines() == Lines{"internal-ptr-mismatch 185.9.2.10 confirmed"}, text_of(said));
}

TEST_CASE("internal: where nothing is declared, what differs stays resolver-split-view") {
  const auto said = report(estate_of("[185.9.2.10]"), {walk(outside()), office(inside())});
  CHECK_MESSAGE(said.lines() == Lines{"resolver-split-view 185.9.2.10 confirmed"}, text_of(said));
}
