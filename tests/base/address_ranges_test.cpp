// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/address_ranges.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace rdnsgate;

namespace {

std::string ranges(std::initializer_list<const char*> addresses) {
  std::vector<IpAddress> read;
  for (const auto* address : addresses) read.push_back(IpAddress::parse(address).value());
  std::string out;
  for (const auto& range : address_ranges(read)) out += (out.empty() ? "" : " ") + range.to_string();
  return out;
}

}  // namespace

TEST_CASE("ranges are numeric, not by text, and IPv4 comes before IPv6") {
  CHECK(ranges({"2001:db8::a", "192.0.2.100", "192.0.2.9", "2001:db8::9", "192.0.2.10"}) ==
        "192.0.2.9-192.0.2.10 192.0.2.100 2001:db8::9-2001:db8::a");
  CHECK(ranges({}).empty());
}

TEST_CASE("neighbours join, also where an octet or a group ends, and a gap of one parts") {
  CHECK(ranges({"192.0.2.255", "192.0.3.0"}) == "192.0.2.255-192.0.3.0");
  CHECK(ranges({"2001:db8::ffff", "2001:db8::1:0"}) == "2001:db8::ffff-2001:db8::1:0");
  CHECK(ranges({"192.0.2.1", "192.0.2.3"}) == "192.0.2.1 192.0.2.3");
  CHECK(ranges({"192.0.2.1", "192.0.2.1", "192.0.2.2"}) == "192.0.2.1-192.0.2.2");
}

TEST_CASE("the end of a family is no neighbour of its beginning, nor of the next family") {
  CHECK(ranges({"255.255.255.255", "0.0.0.0"}) == "0.0.0.0 255.255.255.255");
  CHECK(ranges({"255.255.255.255", "::"}) == "255.255.255.255 ::");
  CHECK(ranges({"ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::"}) ==
        ":: ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff");
}

TEST_CASE("the next address is of the same family, and behind the last one there is none") {
  const auto are = [](std::string_view a, std::string_view b) {
    return are_neighbours(IpAddress::parse(a).value(), IpAddress::parse(b).value());
  };
  CHECK(are("192.0.2.255", "192.0.3.0"));
  CHECK(are("2001:db8::ffff", "2001:db8::1:0"));
  CHECK_FALSE(are("192.0.2.1", "192.0.2.1"));
  CHECK_FALSE(are("192.0.2.2", "192.0.2.1"));
  CHECK_FALSE(are("192.0.2.1", "192.0.2.3"));
  CHECK_FALSE(are("255.255.255.255", "0.0.0.0"));
  CHECK_FALSE(are("255.255.255.255", "::"));
  CHECK_FALSE(are("ffff:ffff:ffff:ffff:ffff:ffff:ffff:ffff", "::"));
}

TEST_CASE("a text has few ranges: the first ones and the last") {
  std::vector<IpAddress> odd;
  for (std::uint32_t i = 1; i < 200; i += 2) odd.push_back(IpAddress::v4(0xC0000200u + i));
  CHECK(ranges_text(odd, 3) == "192.0.2.1, 192.0.2.3 .. 192.0.2.199");
  CHECK(ranges_text({odd[0], odd[1], odd[2]}, 3) == "192.0.2.1, 192.0.2.3, 192.0.2.5");
  CHECK(ranges_text({}, 3).empty());
}
