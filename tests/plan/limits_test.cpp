// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "plan/lab.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

/// `count` hosts, of which the first `renamed` have another name than in the DNS.
std::vector<std::string> beyond(std::size_t count, std::size_t renamed, Limits limits) {
  Builder builder;
  builder.zone("2.0.192.in-addr.arpa").zone("mail.example");
  Dns dns;
  dns.zone("2.0.192.in-addr.arpa").zone("mail.example");
  for (std::size_t i = 0; i < count; ++i) {
    const auto address = "192.0.2." + std::to_string(i + 1);
    const auto host = "mx" + std::to_string(i) + ".mail.example";
    const auto now = i < renamed ? "new" + std::to_string(i) + ".mail.example" : host;
    builder.address("s" + std::to_string(i), address, now, now);
    if (now != host) builder.raw().retired_names.push_back({name(host), {}});
    dns.ptr(address, 86400, {host}).a(host, 86400, {address});
  }
  PlanOptions options;
  options.limits = limits;
  return plan_for(dns, builder.build(), nullptr, options).value().beyond_limits;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE("a limit on the number of changes, zone by zone") {
  CHECK(beyond(12, 3, {}).empty());
  CHECK(beyond(12, 3, {.changes = 6}).empty());
  // Of the forward zone three names come and three go; of the reverse zone three records change.
  CHECK(beyond(12, 3, {.changes = 5}) ==
        Texts{"mail.example: 6 record sets would change of 12 that are there, which is more than 5"});
  CHECK(beyond(12, 3, {.changes = 2}).size() == 2);
  CHECK(beyond(12, 0, {.changes = 0}).empty());
}

TEST_CASE("a limit on the share, of zones with ten record sets or more") {
  CHECK(beyond(20, 6, {.percent = 60}).empty());
  const auto over = beyond(20, 6, {.percent = 30});
  CHECK(over ==
        Texts{"mail.example: 12 record sets would change of 20 that are there, which is more than 30%"});
  CHECK(beyond(20, 7, {.percent = 30}).size() == 2);
  CHECK(beyond(9, 9, {.percent = 30}).empty());
  CHECK(beyond(10, 10, {.percent = 30}).size() == 2);
}
