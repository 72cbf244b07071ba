// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/pools.h"

#include <doctest/doctest.h>

using namespace rdnsgate;
using draft::NamedAddress;
using draft::pool_at_front;

namespace {

/// Addresses in a row from this one, with these names.
std::vector<NamedAddress> row(std::string_view first, const std::vector<std::string>& names) {
  const auto ip = IpAddress::parse(first).value();
  std::vector<NamedAddress> made;
  for (const auto& name : names) made.push_back({ip.plus(made.size()), dns::Name::parse(name).value()});
  return made;
}

/// `count template`, or nothing.
std::string pool(const std::vector<NamedAddress>& addresses) {
  const auto found = pool_at_front(addresses);
  if (!found) return "";
  const auto start = found->start == 1 ? std::string() : " from " + std::to_string(found->start);
  return std::to_string(found->count) + " " + found->name_template + start;
}

}  // namespace

TEST_CASE("pools: what changes from address to address is found, and how it is written") {
  CHECK(pool(row("192.0.2.32", {"out-32.a.example", "out-33.a.example", "out-34.a.example",
                                "out-35.a.example"})) == "4 out-{4}.a.example");
  CHECK(pool(row("192.0.2.8", {"out-008.a.example", "out-009.a.example", "out-010.a.example",
                               "out-011.a.example"})) == "4 out-{4:03}.a.example");
  CHECK(pool(row("192.0.2.32", {"out1.a.example", "out2.a.example", "out3.a.example", "out4.a.example",
                                "out5.a.example", "mx.a.example"})) == "5 out{n}.a.example");
  CHECK(pool(row("192.0.2.32", {"192-0-2-32.a.example", "192-0-2-33.a.example", "192-0-2-34.a.example",
                                "192-0-2-35.a.example"})) == "4 {-}.a.example");
  CHECK(pool(row("2001:db8::fffe", {"h1.a.example", "h2.a.example", "h3.a.example", "h4.a.example"})) ==
        "4 h{n}.a.example");
  CHECK(pool(row("192.0.2.254", {"h-2-254.a.example", "h-2-255.a.example", "h-3-0.a.example",
                                 "h-3-1.a.example"})) == "4 h-{3}-{4}.a.example");
  CHECK(pool(row("192.0.2.32", {"c0000220.a.example", "c0000221.a.example", "c0000222.a.example",
                                "c0000223.a.example"})) == "4 {hex}.a.example");
}

TEST_CASE("pools: numbered from where they are numbered; by the address where that fits as well") {
  CHECK(pool(row("192.0.2.32", {"mta000.a.example", "mta001.a.example", "mta002.a.example",
                                "mta003.a.example"})) == "4 mta{n:03}.a.example from 0");
  CHECK(pool(row("192.0.2.32", {"mx17.a.example", "mx18.a.example", "mx19.a.example", "mx20.a.example"})) ==
        "4 mx{n}.a.example from 17");
  CHECK(pool(row("192.0.2.1", {"out1.a.example", "out2.a.example", "out3.a.example", "out4.a.example"})) ==
        "4 out{4}.a.example");
}

TEST_CASE("pools: of two templates the one that reaches further") {
  CHECK(pool(row("192.0.2.1", {"out-1.a.example", "out-2.a.example", "out-3.a.example", "out-4.a.example",
                               "out-5.a.example"})) == "5 out-{4}.a.example");
}

TEST_CASE("pools: names that follow nothing, too few of them, and a gap are none") {
  CHECK(pool(row("192.0.2.32", {"out-32.a.example", "out-33.a.example", "out-34.a.example"})) == "");
  CHECK(pool(row("192.0.2.32", {"a.example", "b.example", "c.example", "d.example"})) == "");
  CHECK(pool(row("192.0.2.32",
                 {"out-32.a.example", "out-33.a.example", "out-34.a.example", "mx.a.example"})) == "");
  CHECK(pool(row("192.0.2.32", {"mx.a.example", "mx.a.example", "mx.a.example", "mx.a.example"})) == "");
  auto gap =
      row("192.0.2.32", {"out-32.a.example", "out-33.a.example", "out-34.a.example", "out-36.a.example"});
  gap[3].ip = gap[3].ip.plus(1);
  CHECK(pool(gap) == "");
  CHECK(pool({}) == "");
}
