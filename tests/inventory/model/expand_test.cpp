// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/expand.h"

#include <array>
#include <map>
#include <random>

#include "inventory/helpers.h"

using namespace rdnsgate;
using namespace rdnsgate::inventory;

namespace {

IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }

std::string expanded(std::string_view text, std::string_view address, std::uint64_t index = 0,
                     std::string_view ptr = {}) {
  return NameTemplate::parse(text).value().expand(ip(address), index, ptr);
}

std::string blocks(std::string_view range) {
  const AddressRange parsed = parse_range(range).value();
  std::string all;
  for (const auto& prefix : parsed.prefixes) all += (all.empty() ? "" : " ") + prefix.to_string();
  return all;
}

}  // namespace

TEST_CASE("placeholders stand for octets, the address, its number and its PTR") {
  CHECK(expanded("mx.mail.example", "192.0.2.33") == "mx.mail.example");
  CHECK(expanded("out-{4}.mail.example", "192.0.2.33") == "out-33.mail.example");
  CHECK(expanded("{1}.{2}.{3}.{4}", "192.0.2.33") == "192.0.2.33");
  CHECK(expanded("ip-{-}.mail.example", "192.0.2.33") == "ip-192-0-2-33.mail.example");
  CHECK(expanded("ip-{-}.mail.example", "2001:db8::1") ==
        "ip-2001-0db8-0000-0000-0000-0000-0000-0001.mail.example");
  CHECK(expanded("{-}", "::1").front() != '-');
  CHECK(expanded("out{n}", "192.0.2.33", 0) == "out1");
  CHECK(expanded("out{n}", "192.0.2.33", 15) == "out16");
  CHECK(expanded("{ptr}", "192.0.2.33", 0, "a.b") == "a.b");
}

TEST_CASE("numbers are filled with zeros, and digits are hexadecimal, where the template says so") {
  CHECK(expanded("out-{4:03}.a", "192.0.2.7") == "out-007.a");
  CHECK(expanded("out-{4:02}.a", "192.0.2.250") == "out-250.a");
  CHECK(expanded("{1:x}{2:x}{3:x}{4:x}", "192.0.2.33") == "c0000221");
  CHECK(expanded("{-:03}", "192.0.2.33") == "192-000-002-033");
  CHECK(expanded("mx{n:04}", "192.0.2.33", 8) == "mx0009");
  CHECK(expanded("h{hex}", "192.0.2.33") == "hc0000221");
  CHECK(expanded("h{hex}", "2001:db8::c1") == "h20010db80000000000000000000000c1");
  CHECK(expanded("out-{g8}.{g2}", "2001:db8::c1") == "out-00c1.0db8");
  CHECK(expanded("{nibbles}.a", "2001:db8::c1") ==
        "1.c.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.0.8.b.d.0.1.0.0.2.a");
  CHECK(NameTemplate::parse("{4:03}")->uses_octets());
  CHECK(NameTemplate::parse("{g1}")->unfit_for(ip("192.0.2.1")));
  CHECK(NameTemplate::parse("{nibbles}")->unfit_for(ip("192.0.2.1")));
  CHECK(NameTemplate::parse("{1}")->unfit_for(ip("2001:db8::1")));
  CHECK_FALSE(NameTemplate::parse("{hex}-{-}-{n}")->unfit_for(ip("192.0.2.1")));
  CHECK_FALSE(NameTemplate::parse("{g8}{nibbles}")->unfit_for(ip("2001:db8::1")));
  for (const auto* text : {"{4:}", "{4:3}", "{4:01}", "{4:0x}", "{4:010}", "{g8:03}", "{hex:x}", "{ptr:03}",
                           "{g0}", "{g9}", "{g}", "{:03}", "{4:x3}"}) {
    INFO(text);
    CHECK_FALSE(NameTemplate::parse(text));
  }
  CHECK(NameTemplate::parse("{hexx}").error().hint == "did you mean {hex}?");
}

TEST_CASE("{-}, {hex} and {nibbles} give every address a name of its own, and so do all octets together") {
  std::mt19937_64 random(7);
  std::map<std::string, IpAddress> seen;
  for (int round = 0; round < 2000; ++round) {
    std::array<std::uint8_t, 16> octets{};
    for (auto& octet : octets) octet = static_cast<std::uint8_t>(random() % 3 == 0 ? 0 : random());
    const auto v6 = IpAddress::v6(octets);
    const auto v4 = IpAddress::v4(static_cast<std::uint32_t>(random()));
    for (const auto* text : {"{-}", "{hex}", "{nibbles}", "{g1}{g2}{g3}{g4}{g5}{g6}{g7}{g8}.g"}) {
      const auto [known, fresh] = seen.emplace(expanded(text, v6.to_string()), v6);
      CHECK((fresh || known->second == v6));
    }
    for (const auto* text :
         {"{-}", "{-:03}", "{hex}", "{1:03}{2:03}{3:03}{4:03}", "{1:x}{2:x}{3:x}{4:x}.x"}) {
      const auto [known, fresh] = seen.emplace(expanded(text, v4.to_string()), v4);
      CHECK((fresh || known->second == v4));
    }
  }
}

TEST_CASE("a pool leaves out its exceptions, and counts them") {
  const Loaded loaded(
      "version: 1\nsenders:\n  - name: pool\n    addresses:\n"
      "      - {range: 192.0.2.0/29, ptr: \"out{n}.mail.example\", except: [192.0.2.1, "
      "192.0.2.4-192.0.2.6]}\n"
      "      - {ip: 192.0.2.1, ptr: other.mail.example}\n");
  CAPTURE(loaded.said());
  REQUIRE(loaded.inventory);
  std::string all;
  for (const auto& address : loaded.inventory->addresses)
    all += address.ip.to_string() + " " + address.ptr.text() + "; ";
  CHECK(all ==
        "192.0.2.0 out1.mail.example; 192.0.2.2 out3.mail.example; 192.0.2.3 out4.mail.example; "
        "192.0.2.7 out8.mail.example; 192.0.2.1 other.mail.example; ");
}

TEST_CASE("what is no placeholder is an error with a hint") {
  CHECK(NameTemplate::parse("{5}").error().message == "{5} is not a placeholder");
  CHECK(NameTemplate::parse("{PTR}").error().hint == "did you mean {ptr}?");
  for (const auto* text : {"{", "}", "a{", "a}b", "{4", "{}", "{1 }", "{0}"})
    CHECK_FALSE(NameTemplate::parse(text));
}

TEST_CASE("a range is a block, or first to last, and knows the blocks that it is made of") {
  CHECK(parse_range("192.0.2.32/28")->count == 16);
  CHECK(parse_range("192.0.2.1-192.0.2.1")->count == 1);
  CHECK(parse_range("192.0.2.1 - 192.0.2.6")->count == 6);
  CHECK(parse_range("2001:db8::/126")->count == 4);
  CHECK(parse_range("2001:db8::ffff-2001:db8::1:1")->count == 3);
  CHECK(parse_range("::/0")->count == ~std::uint64_t{0});
  CHECK(parse_range("0.0.0.0-255.255.255.255")->count == std::uint64_t{1} << 32);
  CHECK(parse_range("2001:db8::-2001:db9::")->count == ~std::uint64_t{0});
  CHECK(blocks("192.0.2.32/28") == "192.0.2.32/28");
  CHECK(blocks("192.0.2.1-192.0.2.6") == "192.0.2.1/32 192.0.2.2/31 192.0.2.4/31 192.0.2.6/32");
  CHECK(blocks("192.0.2.0-192.0.2.255") == "192.0.2.0/24");
  CHECK(blocks("0.0.0.0-255.255.255.255") == "0.0.0.0/0");
  CHECK(blocks("255.255.255.254-255.255.255.255") == "255.255.255.254/31");
  CHECK(blocks("2001:db8::-2001:db8::2") == "2001:db8::/127 2001:db8::2/128");
  for (const auto* text : {"", "-", "192.0.2.1-", "192.0.2.9-192.0.2.1", "192.0.2.1-2001:db8::1",
                           "192.0.2.1/33", "192.0.2.1/28", "a-b"}) {
    INFO(text);
    CHECK_FALSE(parse_range(text));
  }
}

TEST_CASE("the limit of addresses is checked before they are made") {
  LoadOptions options;
  options.limits.addresses = 16;
  const std::string head = "version: 1\nsenders:\n  - name: pool\n    addresses:\n";
  CHECK(Loaded(head + "      - {range: 192.0.2.0/28, ptr: \"a{n}.mail.example\"}\n", options).inventory);
  const Loaded more(head +
                        "      - {range: 192.0.2.0/28, ptr: \"a{n}.mail.example\"}\n      - {ip: 192.0.2.99, "
                        "ptr: b.mail.example}\n",
                    options);
  CHECK_FALSE(more.inventory);
  CHECK(
      more.says("inventory.yaml:6:9: error: with this the senders come to 17 addresses; the limit is 16 "
                "[inventory-limit]"));
}

TEST_CASE("an address counts against the limit once for each of its HELO names, before they are made") {
  LoadOptions options;
  options.limits.addresses = 32;
  const auto load = [&](const std::string& sender, const std::string& item) {
    return Loaded("version: 1\nsenders:\n  - name: pool\n" + sender +
                      "    addresses:\n      - {range: 192.0.2.0/28, ptr: \"a{n}.mail.example\"" + item + "}\n",
                  options);
  };
  const std::string two = "helo: [\"a{n}.mail.example\", \"b{n}.mail.example\"]";
  const std::string three = "helo: [\"a{n}.mail.example\", \"b{n}.mail.example\", \"c{n}.mail.example\"]";
  CHECK(load("    " + two + "\n", "").inventory);
  CHECK(load("    " + three + "\n", ", helo: a.mail.example").inventory);
  for (const auto& more : {load("    " + three + "\n", ""), load("", ", " + three)}) {
    CAPTURE(more.said());
    CHECK_FALSE(more.inventory);
    CHECK(more.says("error: with this the senders come to 48 addresses, one for each HELO name of an address; "
                    "the limit is 32 [inventory-limit]"));
  }
}
