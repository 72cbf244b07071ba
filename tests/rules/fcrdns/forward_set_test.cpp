// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

TEST_CASE("fcrdns-forward-extra-ips: an undeclared address beside the confirmed one") {
  const auto said = run(good_estate(), good_world().a("mx1.corp-mail.net", {"185.9.2.10", "185.9.2.99"}));
  CHECK(said.lines == std::vector<std::string>{"fcrdns-forward-extra-ips 185.9.2.10"});
  CHECK(said.sentence("fcrdns-forward-extra-ips 185.9.2.10") ==
        "mx1.corp-mail.net has 185.9.2.99 too, which the inventory does not declare");
}

TEST_CASE(
    "fcrdns-forward-extra-ips: silent of declared addresses, of a relay's, and where nothing is confirmed") {
  auto estate = good_estate();
  estate.inventory.relays.push_back(
      {.name = "newsletter", .addresses = {Prefix::parse("193.0.0.0/24").value()}});
  auto said = run(estate, good_world().a("mx1.corp-mail.net", {"185.9.2.10", "185.9.2.11", "193.0.0.7"}));
  CHECK(said.silent_about("fcrdns-"));
  said = run(estate, good_world().a("mx1.corp-mail.net", {"185.9.2.99"}));
  CHECK(said.silent_about("fcrdns-forward-extra-ips"));
}

TEST_CASE("fcrdns-forward-extra-ips: said once of a name that several declared addresses share") {
  Estate estate;
  estate.sender("mx", "mx.corp-mail.net", {"185.9.2.20", "185.9.2.21"});
  World world;
  world.ptr("185.9.2.20", {"mx.corp-mail.net"}).ptr("185.9.2.21", {"mx.corp-mail.net"});
  world.a("mx.corp-mail.net", {"185.9.2.19", "185.9.2.20", "185.9.2.21"});
  CHECK(run(estate, world).lines == std::vector<std::string>{"fcrdns-forward-extra-ips 185.9.2.20"});
}

TEST_CASE("fcrdns-forward-private: private, shared and loopback addresses, not documentation ones") {
  for (const auto* address : {"10.0.0.1", "100.64.0.1", "127.0.0.1", "192.168.1.1"}) {
    CAPTURE(address);
    const auto said = run(good_estate(), good_world().a("mx1.corp-mail.net", {"185.9.2.10", address}));
    CHECK(said.lines == std::vector<std::string>{"fcrdns-forward-private 185.9.2.10"});
  }
  auto said = run(good_estate(), good_world().aaaa("mx1.corp-mail.net", {"2a92::10", "fd00::1"}));
  CHECK(said.lines == std::vector<std::string>{"fcrdns-forward-private 2a92::10"});
  said = run(good_estate(), good_world().a("mx1.corp-mail.net", {"185.9.2.10", "192.0.2.1"}));
  CHECK(said.lines == std::vector<std::string>{"fcrdns-forward-extra-ips 185.9.2.10"});
}

TEST_CASE("fcrdns-forward-private: silent where the sending address is private itself") {
  Estate estate;
  estate.sender("inside", "inside.corp-mail.net", {"10.0.0.10"});
  World world;
  world.ptr("10.0.0.10", {"inside.corp-mail.net"}).a("inside.corp-mail.net", {"10.0.0.10", "10.0.0.11"});
  CHECK(run(estate, world).silent_about("fcrdns-forward-private"));
}
