// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/lab/lab_world.h"

#include <algorithm>

#include "run/drill/played.h"

namespace rdnsgate::run {
namespace {

using dns::RrType;

dns::Name named(const std::string& text) { return dns::Name::parse(text).value(); }

struct Staged : Drilled {
  PlayedWorld played{*this};
  Ground ground{played.kept->inventory, *played.below, played.before.facts, noon};

  explicit Staged(bool is_signed = false) : Drilled(is_signed) {}

  LabWorld before() const { return make_lab_world({ground, played.before.facts}).value(); }

  Result<LabWorld> with(const std::string& scenario) {
    const auto fault = choose_scenarios(scenario).value().front()->strike(ground, {});
    REQUIRE(fault.has_value());
    const auto during = played.judge(&*fault, *this);
    return make_lab_world({ground, played.before.facts, &during.facts, &*fault});
  }

  static const LabZone& zone(const LabWorld& world, const std::string& name) {
    const auto found = std::find_if(world.zones.begin(), world.zones.end(),
                                    [&](const LabZone& one) { return one.name == named(name); });
    REQUIRE(found != world.zones.end());
    return *found;
  }

  /// As text; empty where the zone has no such records.
  static std::string record(const LabWorld& world, const std::string& of, const std::string& owner,
                            RrType type) {
    for (const auto& set : zone(world, of).records) {
      if (set.owner == named(owner) && set.type == type) return dns::rdata_text(type, set.rdata.front());
    }
    return {};
  }

  static std::set<std::string> held_by(const LabWorld& world, const std::string& address) {
    std::set<std::string> names;
    for (const auto& host : world.hosts) {
      if (host.address.to_string() != address) continue;
      for (const auto one : host.zones) names.insert(world.zones[one].name.text());
    }
    return names;
  }
};

TEST_CASE("declared zones have their records, and the root delegates to them") {
  Staged estate;
  const auto world = estate.before();
  CHECK(world.notes.empty());
  REQUIRE(world.zones.size() == 3);
  CHECK(world.zones.back().name.is_root());
  CHECK(Staged::record(world, "2.0.192.in-addr.arpa", "10.2.0.192.in-addr.arpa", RrType::PTR) ==
        "mx1.mail.example.");
  CHECK(Staged::record(world, "mail.example", "mx1.mail.example", RrType::A) == "192.0.2.10");
  CHECK(Staged::record(world, "mail.example", "mail.example", RrType::SOA).starts_with("ns1.mail.example. "));
  CHECK(Staged::record(world, "mail.example", "mail.example", RrType::NS) == "ns1.mail.example.");
  // The name servers' addresses: of the zone that has them, and as glue.
  CHECK(Staged::record(world, "mail.example", "ns2.mail.example", RrType::A) == "198.51.100.53");
  CHECK(Staged::record(world, ".", "mail.example", RrType::NS) == "ns1.mail.example.");
  CHECK(Staged::record(world, ".", "2.0.192.in-addr.arpa", RrType::NS) == "ns1.mail.example.");
  CHECK(Staged::record(world, ".", "ns2.mail.example", RrType::A) == "198.51.100.53");
  CHECK(Staged::record(world, "2.0.192.in-addr.arpa", "ns2.mail.example", RrType::A).empty());
  const std::set<std::string> both{"2.0.192.in-addr.arpa", "mail.example"};
  CHECK(Staged::held_by(world, "192.0.2.53") == both);
  CHECK(Staged::held_by(world, "198.51.100.53") == both);
  CHECK(Staged::held_by(world, world.hosts.front().address.to_string()) == std::set<std::string>{"."});
  CHECK(Staged::zone(world, ".").is_signed);
  CHECK_FALSE(Staged::zone(world, "mail.example").is_signed);
}

TEST_CASE("a name that exists without such a record exists") {
  Staged estate;
  // It has a record that nobody asks for, and none of those that somebody asks for.
  estate.write("zones/mail.example.zone",
               Staged::zone_of("mx1 A 192.0.2.10\nout A 192.0.2.11\nout A 192.0.2.12\n_dmarc MX 10 mx1\n"
                               "ns1 A 192.0.2.53\nns2 A 198.51.100.53\n"));
  PlayedWorld played(estate);
  const Ground ground(played.kept->inventory, *played.below, played.before.facts, noon);
  const auto world = make_lab_world({ground, played.before.facts}).value();
  CHECK(Staged::record(world, "mail.example", "_dmarc.mail.example", RrType{65534}) == "\\# 1 00");
  CHECK(Staged::record(world, "mail.example", "mx1.mail.example", RrType{65534}).empty());
}

TEST_CASE("lost and leaked records are in no zone, or others") {
  Staged estate;
  const auto lost = estate.with("ptr-lost").value();
  CHECK(Staged::record(lost, "2.0.192.in-addr.arpa", "10.2.0.192.in-addr.arpa", RrType::PTR).empty());
  CHECK(Staged::record(lost, "2.0.192.in-addr.arpa", "11.2.0.192.in-addr.arpa", RrType::PTR) ==
        "out.mail.example.");
  CHECK(Staged::record(lost, "mail.example", "mx1.mail.example", RrType::A) == "192.0.2.10");
  const auto leaked = estate.with("name-leaked").value();
  CHECK(Staged::record(leaked, "2.0.192.in-addr.arpa", "10.2.0.192.in-addr.arpa", RrType::PTR) ==
        "mx1.dc1.corp.");
}

TEST_CASE("a lame server is there and holds the zone no more, and one behind a firewall holds it") {
  Staged estate;
  const auto lame = estate.with("lame-secondary").value();
  CHECK(Staged::held_by(lame, "198.51.100.53") == std::set<std::string>{"mail.example"});
  CHECK(Staged::held_by(lame, "192.0.2.53") == std::set<std::string>{"2.0.192.in-addr.arpa", "mail.example"});
  const auto blocked = estate.with("tcp-blocked").value();
  CHECK(Staged::held_by(blocked, "198.51.100.53").size() == 2);
  for (const auto& host : blocked.hosts)
    CHECK(host.drops_tcp == (host.address != blocked.hosts.front().address));
  for (const auto& host : lame.hosts) CHECK_FALSE(host.drops_tcp);
}

TEST_CASE("zones are signed that were, and one of them is out of date") {
  Staged estate(true);
  const auto before = estate.before();
  CHECK(Staged::zone(before, "mail.example").is_signed);
  CHECK_FALSE(Staged::zone(before, "mail.example").has_expired);
  CHECK_FALSE(Staged::zone(before, "2.0.192.in-addr.arpa").is_signed);
  // Keys and signatures of somebody else's are left out.
  CHECK(Staged::record(before, "mail.example", "mail.example", RrType::DNSKEY).empty());
  const auto expired = estate.with("signatures-expired").value();
  CHECK(Staged::zone(expired, "mail.example").has_expired);
  CHECK_FALSE(Staged::zone(expired, ".").has_expired);
  CHECK(Staged::record(expired, "mail.example", "mx1.mail.example", RrType::A) == "192.0.2.10");
}

TEST_CASE("what a resolver alone has is in no zone, and what no server shows is refused") {
  Staged estate;
  CHECK(Staged::record(estate.with("stale-cache").value(), "mail.example", "mx1.mail.example", RrType::A) ==
        "192.0.2.10");
  CHECK_FALSE(estate.with("helo-reset").has_value());
}

}  // namespace
}  // namespace rdnsgate::run
