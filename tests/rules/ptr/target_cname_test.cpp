// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

Estate estate_with_ptr(const std::string& ptr) {
  Estate estate;
  estate.zone("2.9.185.in-addr.arpa").zone("corp-mail.net");
  estate.sender("mx1", "mx1.corp-mail.net", {{"185.9.2.10", ptr}});
  return estate;
}

/// www is an alias of mx1, which has the address.
World world_with(const std::vector<std::string>& live) {
  return good_world().ptr("185.9.2.10", live).cname("www.corp-mail.net", "mx1.corp-mail.net");
}

}  // namespace

TEST_CASE("ptr-target-cname: the declared PTR name is an alias") {
  const auto said = run(estate_with_ptr("www.corp-mail.net"), world_with({"www.corp-mail.net"}));
  CHECK(said.says("ptr-target-cname 185.9.2.10"));
  CHECK(said.sentence("ptr-target-cname 185.9.2.10") ==
        "the PTR record of 185.9.2.10 names www.corp-mail.net, which is an alias of mx1.corp-mail.net");
  CHECK(said.silent_about("fcrdns-"));
  CHECK(said.silent_about("helo-cname"));
}

TEST_CASE("ptr-target-cname: an alias that is to go anyway is not judged") {
  auto said = run(estate_with_ptr(""), world_with({"www.corp-mail.net"}));
  CHECK(said.says("ptr-mismatch 185.9.2.10"));
  CHECK(said.silent_about("ptr-target-cname"));
  said = run(estate_with_ptr(""), world_with({"mx1.corp-mail.net", "www.corp-mail.net"}));
  CHECK(said.says("ptr-extra 185.9.2.10"));
  CHECK(said.silent_about("ptr-target-cname"));
}

TEST_CASE("ptr-target-cname: the HELO name is helo-cname's") {
  auto world =
      good_world().erase("mx1.corp-mail.net", dns::RrType::A).erase("mx1.corp-mail.net", dns::RrType::AAAA);
  world.cname("mx1.corp-mail.net", "host1.corp-mail.net").a("host1.corp-mail.net", {"185.9.2.10"});
  const auto said = run(estate_with_ptr(""), world);
  CHECK(said.says("helo-cname mx1"));
  CHECK(said.silent_about("ptr-target-cname"));
}

TEST_CASE("ptr-target-cname: an alias without an address is fcrdns-no-forward's") {
  const auto said = run(estate_with_ptr("www.corp-mail.net"),
                        world_with({"www.corp-mail.net"}).cname("www.corp-mail.net", "gone.corp-mail.net"));
  CHECK(said.says("fcrdns-no-forward 185.9.2.10"));
  CHECK(said.silent_about("ptr-target-cname"));
}
