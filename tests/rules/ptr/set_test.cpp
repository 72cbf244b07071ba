// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "rules/several.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

/// So many names that all lead back to 185.9.2.10, so that only their number is wrong.
std::vector<std::string> names(World& world, int count) {
  std::vector<std::string> all;
  for (int i = 1; i <= count; ++i) {
    all.push_back(fmt::format("alt-{}.corp-mail.net", i));
    world.a(all.back(), {"185.9.2.10"});
  }
  return all;
}

Estate without_declared_ptr() {
  Estate estate;
  estate.zone("2.9.185.in-addr.arpa").zone("corp-mail.net");
  estate.sender("legacy", "[185.9.2.10]", {"185.9.2.10"});
  return estate;
}

}  // namespace

TEST_CASE("ptr-mismatch: a PTR record that was never changed after a rename") {
  auto world = good_world();
  world.ptr("185.9.2.10", {"mail-old.corp-mail.net"}).a("mail-old.corp-mail.net", {"185.9.2.10"});
  const auto said = run(good_estate(), world);
  CHECK(said.lines == std::vector<std::string>{"ptr-mismatch 185.9.2.10"});
  CHECK(said.sentence("ptr-mismatch 185.9.2.10") ==
        "the PTR record of 185.9.2.10 names mail-old.corp-mail.net, not mx1.corp-mail.net");
  CHECK(said.draft("ptr-mismatch 185.9.2.10").expected == "mx1.corp-mail.net");
}

TEST_CASE("ptr-mismatch: names are compared without case, and a name below is another name") {
  auto said = run(good_estate(), good_world().ptr("185.9.2.10", {"MX1.Corp-Mail.NET"}));
  CHECK(said.lines.empty());
  said = run(good_estate(), good_world().ptr("185.9.2.10", {"a.mx1.corp-mail.net"}));
  CHECK(said.says("ptr-mismatch 185.9.2.10"));
}

TEST_CASE("ptr-mismatch: without a PTR record, or without a declared name, there is nothing to compare") {
  auto said = run(good_estate(), good_world().erase_ptr("185.9.2.10"));
  CHECK(said.says("ptr-missing 185.9.2.10"));
  CHECK(said.silent_about("ptr-mismatch"));
  said = run(without_declared_ptr(), good_world());
  CHECK(said.silent_about("ptr-mismatch"));
}

TEST_CASE("ptr-extra: the declared name among others, and no other rule about the set") {
  auto world = good_world();
  auto live = names(world, 2);
  live.push_back("mx1.corp-mail.net");
  const auto said = run(good_estate(), world.ptr("185.9.2.10", live));
  CHECK(said.lines == std::vector<std::string>{"ptr-extra 185.9.2.10"});
  CHECK(said.sentence("ptr-extra 185.9.2.10") ==
        "185.9.2.10 has PTR records beside the one for mx1.corp-mail.net: alt-1.corp-mail.net, "
        "alt-2.corp-mail.net");
}

TEST_CASE("what the inventory says is not so is an error: PTR names beside the declared one, however many") {
  for (const int others : {1, 9, 10, 11}) {
    auto world = good_world();
    auto live = names(world, others);
    live.push_back("mx1.corp-mail.net");
    const auto said = report(good_estate(), {walk(world.ptr("185.9.2.10", live))});
    CAPTURE(text_of(said));
    const auto rule = others < 10 ? "ptr-extra" : "ptr-too-many";
    CHECK(said.finding(rule, "185.9.2.10").severity == Severity::error);
  }
  auto world = good_world();
  const auto undeclared = report(without_declared_ptr(), {walk(world.ptr("185.9.2.10", names(world, 11)))});
  CHECK(undeclared.finding("ptr-too-many", "185.9.2.10").severity == Severity::warning);
}

TEST_CASE("ptr-multiple: several names, none of them declared") {
  auto world = good_world();
  world.ptr("185.9.2.10", names(world, 2));
  auto said = run(good_estate(), world);
  CHECK(said.lines == std::vector<std::string>{"ptr-mismatch 185.9.2.10", "ptr-multiple 185.9.2.10"});
  CHECK(said.sentence("ptr-multiple 185.9.2.10") ==
        "185.9.2.10 has 2 PTR records: alt-1.corp-mail.net, alt-2.corp-mail.net");

  said = run(without_declared_ptr(), world);
  CHECK(said.says("ptr-multiple 185.9.2.10"));
  CHECK(said.silent_about("ptr-mismatch"));
  CHECK(said.silent_about("ptr-extra"));
}

TEST_CASE("ptr-too-many: from the eleventh name on, in place of ptr-extra and ptr-multiple") {
  auto world = good_world();
  auto said = run(good_estate(), world.ptr("185.9.2.10", names(world, 10)));
  CHECK(said.says("ptr-multiple 185.9.2.10"));
  CHECK(said.silent_about("ptr-too-many"));

  said = run(good_estate(), world.ptr("185.9.2.10", names(world, 11)));
  CHECK(said.says("ptr-too-many 185.9.2.10"));
  CHECK(said.says("ptr-mismatch 185.9.2.10"));
  CHECK(said.silent_about("ptr-multiple"));
  CHECK(said.sentence("ptr-too-many 185.9.2.10")
            .starts_with("185.9.2.10 has 11 PTR records, and a receiver may look at ten of them: "));

  auto live = names(world, 10);
  live.push_back("mx1.corp-mail.net");
  said = run(good_estate(), world.ptr("185.9.2.10", live));
  CHECK(said.lines == std::vector<std::string>{"ptr-too-many 185.9.2.10"});
}
