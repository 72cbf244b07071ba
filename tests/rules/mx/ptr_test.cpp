// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto corp = "corp-mail.net";
constexpr auto host = "in.corp-mail.net";

Estate estate() { return good_estate().domain(corp); }
World world() { return good_world().mx(corp, {{10, host}}).a(host, {"185.9.2.20"}); }

}  // namespace

TEST_CASE("mx-ptr: an address of a mail host without a PTR name that leads back") {
  auto said = run(estate(), world());
  CHECK(said.sentence("mx-ptr corp-mail.net") ==
        "185.9.2.20 of the mail host in.corp-mail.net of corp-mail.net has no PTR record");
  said =
      run(estate(), world().ptr("185.9.2.20", {"old.corp-mail.net"}).a("old.corp-mail.net", {"185.9.2.99"}));
  CHECK(said.sentence("mx-ptr corp-mail.net") ==
        "185.9.2.20 of the mail host in.corp-mail.net of corp-mail.net has the PTR record old.corp-mail.net, "
        "which "
        "does not lead back to it");
  said = run(estate(), world().aaaa(host, {"2a92::20"}).ptr("185.9.2.20", {host}));
  CHECK(said.sentence("mx-ptr corp-mail.net") ==
        "2a92::20 of the mail host in.corp-mail.net of corp-mail.net has no PTR record");
}

TEST_CASE(
    "mx-ptr: one name that leads back is enough; declared and private addresses and others' hosts are left "
    "out") {
  auto said = run(estate(), world().ptr("185.9.2.20", {"old.corp-mail.net", host}));
  CHECK(said.silent_about("mx-ptr"));
  said = run(estate(), good_world().mx(corp, {{10, host}}).a(host, {"185.9.2.10", "10.0.0.1"}));
  CHECK(said.silent_about("mx-ptr"));
  said = run(estate(), good_world().mx(corp, {{10, "mx.other.net"}}).a("mx.other.net", {"185.77.2.20"}));
  CHECK(said.silent_about("mx-ptr"));
}

TEST_CASE("mx-ptr: asked in passing, what failed is no finding") {
  for (const auto outcome : {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::bogus}) {
    CHECK(run(estate(), world().fail_ptr("185.9.2.20", outcome)).silent_about("mx-"));
    const auto said =
        run(estate(),
            world().ptr("185.9.2.20", {"old.corp-mail.net"}).fail("old.corp-mail.net", RrType::A, outcome));
    CHECK(said.silent_about("mx-"));
  }
  CHECK(run(estate(), world().without_soa()).silent_about("mx-ptr"));
}

TEST_CASE(
    "mx-ptr: own hosts are those of the domain and those of a declared zone; a sender's address is its own "
    "matter") {
  const auto shop = [](const std::string& name) {
    return run(good_estate().domain("shop.net"),
               good_world().zone("shop.net").mx("shop.net", {{10, name}}).a(name, {"185.9.2.20"}));
  };
  CHECK(shop("in.shop.net").says("mx-ptr shop.net"));
  CHECK(shop(host).says("mx-ptr shop.net"));
  const auto said = run(
      estate(),
      good_world().mx(corp, {{10, host}}).a(host, {"185.9.2.10"}).ptr("185.9.2.10", {"old.corp-mail.net"}));
  CHECK(said.silent_about("mx-ptr"));
}
