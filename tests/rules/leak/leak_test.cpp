// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

constexpr auto internal = "leak-internal-name-in-ptr 185.9.2.50";
constexpr auto private_address = "leak-private-in-public 185.9.2.50";

/// A host whose HELO name is not its PTR name.
Estate apart(const char* ptr = "host.corp-mail.net") {
  Estate estate;
  estate.zone("2.9.185.in-addr.arpa").zone("corp-mail.net");
  estate.sender("mail", "mail.corp-mail.net", {{"185.9.2.50", ptr}});
  return estate;
}
World apart_world(const std::vector<std::string>& helo_addresses) {
  World world;
  world.zone("2.9.185.in-addr.arpa").zone("corp-mail.net");
  world.ptr("185.9.2.50", {"host.corp-mail.net"}).a("host.corp-mail.net", {"185.9.2.50"});
  return world.a("mail.corp-mail.net", helo_addresses);
}

}  // namespace

TEST_CASE("leak-internal-name-in-ptr: declared and live, each suffix by habit") {
  for (const std::string suffix :
       {"corp", "home", "intra", "intranet", "lan", "localdomain", "priv", "private"}) {
    CAPTURE(suffix);
    CHECK(lint(apart(("host." + suffix).c_str())).says(internal));
    auto world = apart_world({"185.9.2.50"});
    CHECK(run(apart(), world.ptr("185.9.2.50", {"host." + suffix})).says(internal));
  }
  CHECK(lint(apart("host.office.lan")).sentence(internal) ==
        "the PTR name host.office.lan of 185.9.2.50 is an internal one: the public DNS has no \"lan\"");
}

TEST_CASE(
    "leak-internal-name-in-ptr: silent of public names, of declared zones, and of what other rules say") {
  CHECK(lint(apart("lan.corp-mail.net")).silent_about("leak-"));
  CHECK(lint(apart("host.local")).silent_about("leak-"));
  CHECK(lint(apart("host.internal")).silent_about("leak-"));
  CHECK(lint(apart("lan")).silent_about("leak-"));
  CHECK(lint(apart("host.office.lan").zone("office.lan")).silent_about("leak-"));
  Estate same;
  same.sender("mail", "mail.office.lan", {"185.9.2.50"});
  CHECK(lint(same).silent_about("leak-"));
  CHECK(lint(same).says("helo-not-fqdn mail"));
}

TEST_CASE("leak-private-in-public: a private address beside the declared one at the HELO name") {
  const auto said = run(apart(), apart_world({"185.9.2.50", "10.0.0.10"}));
  CHECK(said.sentence(private_address) ==
        "the HELO name mail.corp-mail.net has 10.0.0.10: not an address of the public Internet");
  CHECK(said.silent_about("fcrdns-"));
  CHECK(said.silent_about("helo-ip-mismatch"));
}

TEST_CASE(
    "leak-private-in-public: silent where fcrdns-forward-private or helo-ip-mismatch says it, and of "
    "declared ones") {
  CHECK(run(apart(), apart_world({"185.9.2.50"})).silent_about("leak-"));
  const auto elsewhere = run(apart(), apart_world({"10.0.0.10"}));
  CHECK(elsewhere.silent_about("leak-"));
  CHECK(elsewhere.says("helo-ip-mismatch 185.9.2.50"));
  const auto in_ptr = run(good_estate(), good_world().a("mx1.corp-mail.net", {"185.9.2.10", "10.0.0.10"}));
  CHECK(in_ptr.silent_about("leak-"));
  CHECK(in_ptr.says("fcrdns-forward-private 185.9.2.10"));
  CHECK(run(apart().sender("inner", "inner.corp-mail.net", {"10.0.0.10"}),
            apart_world({"185.9.2.50", "10.0.0.10"}))
            .silent_about("leak-private-in-public 185"));
}
