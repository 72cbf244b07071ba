// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/write.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include <random>

#include "draft/senders.h"
#include "inventory/model/load.h"

using namespace rdnsgate;
using namespace rdnsgate::draft;

namespace {

dns::Name name(std::string_view text) { return dns::Name::parse(text).value(); }
IpAddress ip(std::string_view text) { return IpAddress::parse(text).value(); }

Host host(std::string_view ptr) {
  Host made;
  made.ptr = {name(ptr)};
  return made;
}

struct Loaded {
  std::optional<inventory::Inventory> inventory;
  std::string problems;
};

Loaded load(const std::string& text) {
  Sources sources;
  Diagnostics problems;
  const std::string_view names[] = {"addr-documentation", "addr-not-global"};
  inventory::LoadOptions options;
  options.rule_names = names;
  Loaded loaded{inventory::load(sources, "inventory.yaml", text, options, problems), ""};
  for (const auto& problem : problems) loaded.problems += render(problem, sources);
  return loaded;
}

}  // namespace

TEST_CASE("draft: the whole of a small estate") {
  Estate estate;
  estate.hosts[ip("192.0.2.10")] = host("mx1.mail.example");
  estate.hosts[ip("2001:db8::10")] = host("mx1.mail.example");
  for (int i = 32; i < 40; ++i)
    estate.hosts[ip(fmt::format("192.0.2.{}", i))] = host(fmt::format("out-{}.mail.example", i));
  estate.hosts[ip("192.0.2.50")].left_out = estate.hosts[ip("192.0.2.51")].left_out = "it has no PTR record";
  estate.hosts[ip("192.0.2.60")].left_out = "its name \"\x1b[31m\nred\" is no host name";
  auto with_helo = host("out.mail.example");
  with_helo.helo = name("helo.mail.example");
  with_helo.owner = "yes";
  estate.hosts[ip("192.0.2.70")] = with_helo;
  estate.add_zone({name("mail.example"), "zonefile", "zones/mail.example.zone"});
  estate.add_zone({name("2.0.192.in-addr.arpa"), "", ""});
  Domain domain;
  domain.name = name("example.com");
  domain.addresses = {ip("192.0.2.10"), ip("192.0.2.33")};
  domain.relays = {{"spf.relay.example", "include:spf.relay.example"}};
  domain.spf_all = "fail";
  domain.notes = {"its SPF record also has ptr"};
  estate.domains.push_back(domain);
  estate.notes = {"A note\nthat is hostile."};
  CHECK(inventory_text(estate) ==
        R"(# A first inventory, by "rdnsgate init". Read it through: comments say what could not be known.
# A note\x0athat is hostile.
version: 1

zones:
  # managed_by is not known: zonefile, nsupdate, octodns, dnscontrol or ticket, with a contact
  - {name: 2.0.192.in-addr.arpa}
  - {name: mail.example, managed_by: zonefile, file: "zones/mail.example.zone"}

senders:
  # helo is taken to be the PTR name, unless a source gave it: compare with what the hosts say
  - name: mx1
    helo: mx1.mail.example
    addresses: [192.0.2.10, "2001:db8::10"]
  - name: out
    helo: "{ptr}"
    addresses:
      - {range: 192.0.2.32-192.0.2.39, ptr: "out-{4}.mail.example"}
  - name: helo
    helo: helo.mail.example
    owner: "yes"
    addresses:
      - {ip: 192.0.2.70, ptr: out.mail.example}

# Left out:
# - 192.0.2.50-192.0.2.51: it has no PTR record
# - 192.0.2.60: its name "\x1b[31m\x0ared" is no host name

relays:
  # from which addresses and as whom they send is not known
  - {name: spf.relay.example, spf: "include:spf.relay.example"}

domains:
  # its SPF record also has ptr
  - {name: example.com, via: [mx1, out, spf.relay.example], spf: {all: fail}}

rules:
  # some of the addresses are not those of the public Internet
  addr-documentation: off
)");
  CHECK(load(inventory_text(estate)).problems == "");
}

TEST_CASE("draft: zones that are missing beside those that are known are guessed, by branch") {
  Estate estate;
  estate.hosts[ip("192.0.2.10")] = host("mx1.mail.example");
  estate.hosts[ip("198.51.100.10")] = host("mx1.other.example");
  add_missing_zones(estate);
  CHECK(estate.zones.empty());
  estate.add_zone({name("2.0.192.in-addr.arpa"), "", ""});
  add_missing_zones(estate);
  CHECK(estate.zones.size() == 2);
  CHECK(estate.zone_of(dns::reverse_name(ip("198.51.100.10")))->name == name("100.51.198.in-addr.arpa"));
  CHECK(estate.notes == std::vector<std::string>{"Zones that were guessed: 100.51.198.in-addr.arpa."});
  CHECK(load(inventory_text(estate)).problems == "");
}

TEST_CASE("draft: any estate is an inventory that loads, and says of each address what was known") {
  std::mt19937 dice(11);
  const std::vector<std::string> owners{"",
                                        "Team A",
                                        "yes",
                                        "1.10",
                                        "a\n# b: c",
                                        "\"'{",
                                        "\xff",
                                        "null",
                                        "- x",
                                        "\xF0\x9F\x98\x80 team",
                                        std::string(2000, 'x'),
                                        "a\u2028b",
                                        "\x7f",
                                        "\u202e",
                                        "\u0085",
                                        "\uFFFE",
                                        "\uFEFF"};
  for (int round = 0; round < 300; ++round) {
    Estate estate;
    const auto base = ip(dice() % 2 == 0 ? "192.0.2.0" : "2001:db8::fff0");
    for (std::uint64_t i = 0; i < 40; ++i) {
      if (dice() % 4 == 0) continue;
      auto made =
          host(dice() % 3 != 0 ? fmt::format("out-{}.mail.example", i)
                               : fmt::format("{}.mail.example",
                                             dice() % 2 == 0 ? "no" : "x" + std::to_string(dice() % 9)));
      if (dice() % 5 == 0) made.helo = name(fmt::format("h{}.mail.example", dice() % 3));
      if (dice() % 3 == 0) made.owner = owners[dice() % owners.size()];
      if (dice() % 5 == 0) made.sender = owners[dice() % owners.size()];
      if (dice() % 7 == 0) made.left_out = owners[dice() % owners.size()];
      estate.hosts[base.plus(i)] = std::move(made);
    }
    estate.hosts[base.plus(99)] = host("last.mail.example");
    const auto text = inventory_text(estate);
    const auto loaded = load(text);
    CAPTURE(text);
    REQUIRE(loaded.problems == "");
    std::size_t declared = 0;
    for (const auto& [address, known] : estate.hosts) {
      const auto* found = loaded.inventory->find(address);
      CHECK((found != nullptr) == known.left_out.empty());
      if (found == nullptr) continue;
      ++declared;
      CHECK(found->ptr == known.ptr.front());
      CHECK(found->helo == known.helo.value_or(known.ptr.front()));
    }
    CHECK(loaded.inventory->addresses.size() == declared);
  }
}

TEST_CASE("draft: an owner stands as it is in UTF-8, and what cannot stand there in a comment") {
  Estate estate;
  estate.hosts[ip("192.0.2.1")] = host("a.mail.example");
  estate.hosts[ip("192.0.2.1")].owner = "\xF0\x9F\x98\x80 \xC3\xBC";
  estate.hosts[ip("192.0.2.9")] = host("b.mail.example");
  estate.hosts[ip("192.0.2.9")].owner = std::string(2000, 'x');
  const auto text = inventory_text(estate);
  CHECK(text.find("owner: \"\xF0\x9F\x98\x80 \xC3\xBC\"\n") != std::string::npos);
  CHECK(text.find("# owner: left out, 2000 octets: xxx") != std::string::npos);
  CHECK(load(text).problems == "");
}
