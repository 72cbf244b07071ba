// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

/// What lint says of a host at `ip` when `zone` is declared beside good_estate()'s.
Said lint_of(const char* zone, const char* ip) {
  return lint(good_estate().zone(zone).sender("edge", "edge.corp-mail.net", {ip}));
}

}  // namespace

TEST_CASE("addr-network-or-broadcast: the ends of a /24 and of RFC 2317 blocks in each style") {
  struct Row {
    const char *zone, *network, *broadcast;
  };
  for (const auto& row : {Row{"7.9.185.in-addr.arpa", "185.9.7.0", "185.9.7.255"},
                          Row{"64/26.7.9.185.in-addr.arpa", "185.9.7.64", "185.9.7.127"},
                          Row{"64-127.7.9.185.in-addr.arpa", "185.9.7.64", "185.9.7.127"},
                          Row{"64-26.7.9.185.in-addr.arpa", "185.9.7.64", "185.9.7.127"},
                          Row{"8-11.7.9.185.in-addr.arpa", "185.9.7.8", "185.9.7.11"}}) {
    CAPTURE(row.zone);
    const auto& [zone, network, broadcast] = row;
    CHECK(lint_of(zone, network).sentence(std::string("addr-network-or-broadcast ") + network) ==
          std::string(network) + " is the network address of the subnet that " + zone + " stands for");
    CHECK(lint_of(zone, broadcast).sentence(std::string("addr-network-or-broadcast ") + broadcast) ==
          std::string(broadcast) + " is the broadcast address of the subnet that " + zone + " stands for");
  }
}

TEST_CASE("addr-network-or-broadcast: silent inside the block, and where no subnet is known") {
  struct Row {
    const char *zone, *ip;
  };
  for (const auto& row :
       {Row{"7.9.185.in-addr.arpa", "185.9.7.1"}, Row{"7.9.185.in-addr.arpa", "185.9.7.254"},
        Row{"64/26.7.9.185.in-addr.arpa", "185.9.7.0"}, Row{"9.185.in-addr.arpa", "185.9.7.0"},
        Row{"8/31.7.9.185.in-addr.arpa", "185.9.7.8"},   // RFC 3021
        Row{"8-9.7.9.185.in-addr.arpa", "185.9.7.9"},    // the same, by first and last
        Row{"5-20.7.9.185.in-addr.arpa", "185.9.7.20"},  // a range that is no block
        Row{"customer.7.9.185.in-addr.arpa", "185.9.7.0"},
        Row{"300-400.7.9.185.in-addr.arpa", "185.9.7.44"}}) {
    CAPTURE(row.zone);
    CAPTURE(row.ip);
    CHECK(lint_of(row.zone, row.ip).silent_about("addr-network-or-broadcast"));
  }
}

TEST_CASE("addr-network-or-broadcast: an address at the end of two declared zones is said once") {
  const auto said = lint(good_estate()
                             .zone("7.9.185.in-addr.arpa")
                             .zone("0-63.7.9.185.in-addr.arpa")
                             .sender("edge", "edge.corp-mail.net", {"185.9.7.0"}));
  std::size_t count = 0;
  for (const auto& draft : said.drafts) count += draft.target.id == "185.9.7.0" ? 1 : 0;
  CHECK(said.says("addr-network-or-broadcast 185.9.7.0"));
  CHECK(count == 1);
}
