// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>
#include <fmt/format.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

std::vector<Estate::Entry> entries(int count, int from = 1) {
  std::vector<Estate::Entry> all;
  for (int i = from; i < from + count; ++i) all.emplace_back(fmt::format("185.9.2.{}", i), "", "");
  return all;
}

}  // namespace

TEST_CASE("helo-shared-many-ips: from the ninth address on, over all senders") {
  Estate estate;
  estate.sender("a", "mx.corp-mail.net", entries(5)).sender("b", "mx.corp-mail.net", entries(3, 101));
  CHECK(lint(estate).silent_about("helo-shared-many-ips"));
  estate.sender("c", "mx.corp-mail.net", entries(1, 201));
  const auto said = lint(estate);
  CHECK(said.sentence("helo-shared-many-ips a") ==
        "the HELO name mx.corp-mail.net is declared for 9 addresses");
  CHECK_FALSE(said.says("helo-shared-many-ips c"));
}

TEST_CASE("helo-shared-by-senders: said once for each sender after the first") {
  auto estate = good_estate();
  CHECK(lint(estate).silent_about("helo-shared-by-senders"));
  estate.sender("mx3", "MX1.corp-mail.net", {"185.9.2.60", "185.9.2.61"});
  const auto said = lint(estate);
  CHECK(said.sentence("helo-shared-by-senders mx3") ==
        "sender mx3 has the HELO name mx1.corp-mail.net, and so has mx1");
  CHECK_FALSE(said.says("helo-shared-by-senders mx1"));
}

TEST_CASE("helo-is-recipient-or-foreign: a relay's pattern") {
  auto estate = good_estate();
  estate.inventory.relays.push_back({.name = "newsletter", .helo_pattern = "*.relay-host.net"});
  estate.inventory.relays.push_back({.name = "without"});
  estate.inventory.relay_helos = GlobSet({"*.relay-host.net", ""});
  CHECK(lint(estate).silent_about("helo-is-recipient-or-foreign"));
  estate.sender("mx3", "out7.relay-host.net", {"185.9.2.60"});
  CHECK(lint(estate).sentence("helo-is-recipient-or-foreign mx3") ==
        "the HELO name out7.relay-host.net is not one's own: it is a name of the relay newsletter "
        "(*.relay-host.net)");
}

TEST_CASE("helo-generic: scored against every address that goes under the name") {
  Estate estate;
  estate.sender("mx1", "185-9-2-11.client.isp.net",
                {{"185.9.2.10", "mx1.corp-mail.net"}, {"185.9.2.11", "mx1.corp-mail.net"}});
  const auto said = lint(estate);
  CHECK(said.says("helo-generic mx1"));
  CHECK(!given(said.draft("helo-generic mx1"), "score").empty());
  CHECK(lint(good_estate()).silent_about("helo-generic"));
}

TEST_CASE("helo-generic: silent where the PTR record has the same name") {
  Estate estate;
  estate.sender("mx1", "185-9-2-11.client.isp.net", {"185.9.2.11"});
  CHECK(lint(estate).silent_about("helo-generic"));
}

TEST_CASE("helo-ptr-mismatch: one finding for a HELO name that is not the declared PTR name") {
  Estate estate;
  estate.sender("bulk", "bulk.corp-mail.net",
                {{"185.9.2.40", "out-a.corp-mail.net"}, {"185.9.2.41", "out-b.corp-mail.net"}});
  const auto said = lint(estate);
  CHECK(
      said.sentence("helo-ptr-mismatch bulk") ==
      "the HELO name bulk.corp-mail.net is not the PTR name of 185.9.2.40, 185.9.2.41: out-a.corp-mail.net, "
      "out-b.corp-mail.net");
  CHECK(said.draft("helo-ptr-mismatch bulk").at == estate.inventory.senders.front().helo_at);
  CHECK(lint(good_estate()).silent_about("helo-ptr-mismatch"));
}

TEST_CASE("helo-ptr-mismatch: what the live PTR record says is not its matter") {
  CHECK(run(good_estate(), good_world().ptr("185.9.2.10", {"old.corp-mail.net"}))
            .silent_about("helo-ptr-mismatch"));
  CHECK(run(good_estate(), good_world().erase_ptr("185.9.2.10")).silent_about("helo-ptr-mismatch"));
}
