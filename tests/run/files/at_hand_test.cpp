// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/at_hand.h"

#include <doctest/doctest.h>

#include <algorithm>

#include "run/estate.h"
#include "run/files/load.h"

namespace rdnsgate::run {
namespace {

inventory::Inventory read(const std::string& path) {
  Sources sources;
  auto loaded = load_inventory(sources, InventoryPaths{{path}, path});
  REQUIRE(loaded.inventory.has_value());
  return std::move(*loaded.inventory);
}

std::string with_zone(const std::string& zone) {
  auto text = Estate::text("mx1");
  return text.insert(text.find("senders:"), "  - " + zone + "\n");
}

std::vector<std::string> origins(const plan::AtHand& at_hand) {
  std::vector<std::string> all;
  for (const auto& zone : at_hand.zones()) all.push_back(zone.origin.text());
  std::sort(all.begin(), all.end());
  return all;
}

using Texts = std::vector<std::string>;

}  // namespace

TEST_CASE(
    "where the DNS is asked, the zones at hand are the files that the inventories name, octoDNS's too") {
  const Estate estate;
  estate.write("zones/shop.example.yaml", "www:\n  type: CNAME\n  value: mx1.mail.example.\n");
  estate.write("now.yaml",
               with_zone("{name: shop.example, managed_by: octodns, file: zones/shop.example.yaml}"));
  estate.write("zones/old.example.zone", Estate::zone("www CNAME mx1.mail.example.\n"));
  estate.write("base.yaml",
               with_zone("{name: old.example, managed_by: zonefile, file: zones/old.example.zone}"));
  const auto now = read(estate / "now.yaml"), base = read(estate / "base.yaml");
  CHECK(origins(zones_at_hand(now, nullptr, {}, false)) ==
        Texts{"2.0.192.in-addr.arpa", "mail.example", "shop.example"});
  const auto both = zones_at_hand(now, &base, {}, false);
  CHECK(origins(both) == Texts{"2.0.192.in-addr.arpa", "mail.example", "old.example", "shop.example"});
  CHECK_FALSE(both.closed());
  // What points to a name of ours from there is found.
  for (const auto* origin : {"shop.example", "old.example"}) {
    const auto www = dns::Name::parse(std::string("www.") + origin).value();
    const auto* zone = both.zone_of(www);
    REQUIRE(zone != nullptr);
    CHECK(std::any_of(zone->sets.begin(), zone->sets.end(), [&](const dns::RRset& set) {
      return set.owner == www && set.type == dns::RrType::CNAME;
    }));
  }
}

TEST_CASE("a file that cannot be read, or is of another zone, is none at hand; and what is proposed is all") {
  const Estate estate;
  estate.write("now.yaml",
               with_zone("{name: shop.example, managed_by: octodns, file: zones/shop.example.yaml}"));
  estate.write("zones/mail.example.zone", "$ORIGIN other.example.\n" + Estate::zone("mx1 A 192.0.2.10\n"));
  const auto now = read(estate / "now.yaml");
  CHECK(origins(zones_at_hand(now, nullptr, {}, false)) == Texts{"2.0.192.in-addr.arpa"});
  std::vector<resolve::ZoneSource> proposed(1);
  proposed.front().zone.origin = dns::Name::parse("mail.example").value();
  const auto only = zones_at_hand(now, nullptr, proposed, true);
  CHECK(origins(only) == Texts{"mail.example"});
  CHECK(only.closed());
  // Laid over the DNS they are beside the files of other zones, and what is not among them is asked.
  const auto over = zones_at_hand(now, nullptr, proposed, false);
  CHECK(origins(over) == Texts{"2.0.192.in-addr.arpa", "mail.example"});
  CHECK_FALSE(over.closed());
}

}  // namespace rdnsgate::run
