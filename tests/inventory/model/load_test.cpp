// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/hash.h"

#include "inventory/helpers.h"

using namespace rdnsgate;
using namespace rdnsgate::inventory;
using namespace std::chrono_literals;

namespace {

// One of everything.
const std::string full = R"yaml(version: 1
defaults:
  ttl: 12h
  rollout: {ttl: 10m, propagation: 2m, skew: 30, bake: 2h, soak: 20m, wave: 25%, max_wave: 7, window: ["Mon 08:00-16:00 UTC", "Sat 22:00-04:00 Europe/Zurich"]}
vantages:
  - {name: recursive, kind: recursive, root_hints: lab/root.hints, trust_anchor: lab/root.key}
  - {name: authority, kind: authoritative}
  - {name: cloudflare, kind: forward, address: 1.1.1.1, tls_name: Cloudflare-DNS.com., tls_ca: ca.pem, operator: Cloudflare}
  - {name: office, kind: forward, address: "2001:db8::53", port: 5353, view: internal, questions_per_second: 0, mix_case: true}
zones:
  - {name: 2.0.192.in-addr.arpa, managed_by: ticket, contact: noc@hoster.example, min_ttl: 1h, max_ttl: 1w, publish_delay: 15m, checks_forward: false,
     name_servers: [NS2.hoster.example., ns1.hoster.example]}
  - {name: Mail.Example., managed_by: nsupdate, file: zones/mail.example.zone, owner: dns-team}
senders:
  - name: mx1
    helo: MX1.mail.example
    owner: mail-team
    addresses: [192.0.2.10, "2001:DB8::10"]
  - name: mx2
    helo: mx2.mail.example
    addresses:
      - {ip: 192.0.2.11, ttl: 1h}
      - {ip: 192.0.2.12, ptr: mx2-b.mail.example}
  - name: bulk
    helo: "{ptr}"
    addresses:
      - {range: 192.0.2.32/30, ptr: "out-{4}.mail.example"}
relays:
  - {name: newsletter, spf: "include:spf.relay.example", helo: "*.relay.example", addresses: [198.51.100.0/28], dkim: [k1, k2]}
domains:
  - {name: example.com, via: [mx1, newsletter], spf: {all: fail}, dkim: [s2026], dmarc: {policy: quarantine, rua: ["mailto:d@example.com"]}}
standards:
  names: ['^(mx|out)[0-9-]+\.mail\.example$']
  latency: {warn: 500ms, fail: 2s}
rules: {ttl-too-low-steady: off, spf-lookup-limit: warning, ptr-missing: false}
waivers:
  - {rule: ptr-generic, target: 192.0.2.40, reason: "decommissioned in May", expires: 2027-05-31}
)yaml";

}  // namespace

TEST_CASE("an inventory with one of everything is read into the model") {
  const Loaded loaded(full);
  INFO(loaded.said());
  REQUIRE(loaded.inventory);
  const auto& inventory = *loaded.inventory;
  CHECK(inventory.path == "inventory.yaml");
  CHECK(inventory.sha256 == sha256_hex(full));

  SUBCASE("defaults") {
    CHECK(inventory.defaults.ttl == 12h);
    CHECK(inventory.defaults.rollout.ttl == 10min);
    CHECK(inventory.defaults.rollout.propagation == 2min);
    CHECK(inventory.defaults.rollout.skew == 30s);
    CHECK(inventory.defaults.rollout.bake == 2h);
    CHECK(inventory.defaults.rollout.soak == seconds(1200));
    CHECK(inventory.defaults.rollout.wave_percent == 25);
    CHECK(inventory.defaults.rollout.max_wave == 7);
    REQUIRE(inventory.defaults.rollout.windows.size() == 2);
    CHECK(inventory.defaults.rollout.windows[1].text() == "Sat 22:00-04:00 Europe/Zurich");
  }
  SUBCASE("vantages") {
    REQUIRE(inventory.vantages.size() == 4);
    CHECK(inventory.vantages[0].root_hints == "lab/root.hints");
    CHECK(inventory.vantages[0].trust_anchor == "lab/root.key");
    CHECK(inventory.vantages[1].kind == dns::VantageKind::authoritative);
    CHECK(inventory.vantages[2].kind == dns::VantageKind::forward);
    CHECK(inventory.vantages[2].address->to_string() == "1.1.1.1");
    CHECK(inventory.vantages[2].port == 853);
    CHECK(inventory.vantages[2].tls_name == "cloudflare-dns.com");
    CHECK(inventory.vantages[2].tls_ca == "ca.pem");
    CHECK(inventory.vantages[2].operator_name == "Cloudflare");
    CHECK(inventory.vantages[3].port == 5353);
    CHECK(inventory.vantages[3].view == "internal");
    CHECK(inventory.vantages[3].questions_per_second == 0u);
    CHECK(inventory.vantages[3].mix_case);
    CHECK_FALSE(inventory.vantages[2].questions_per_second);
    CHECK_FALSE(inventory.vantages[2].mix_case);
    CHECK(inventory.vantages[3].operator_name == "office");
  }
  SUBCASE("zones") {
    REQUIRE(inventory.zones.size() == 2);
    CHECK(inventory.zones[0].min_ttl == 1h);
    CHECK(inventory.zones[0].max_ttl == 7 * 24h);
    CHECK(inventory.zones[0].publish_delay == 15min);
    CHECK(inventory.zones[0].checks_forward == false);
    CHECK_FALSE(inventory.zones[0].looks_up_forward());
    CHECK_FALSE(inventory.zones[1].checks_forward);
    CHECK(inventory.zones[0].contact == "noc@hoster.example");
    CHECK(inventory.zones[1].name.text() == "mail.example");
    const auto& name_servers = inventory.zones[0].name_servers;
    REQUIRE(name_servers.size() == 2);
    CHECK(name_servers[0].text() == "ns1.hoster.example");
    CHECK(name_servers[1].text() == "ns2.hoster.example");
    CHECK(inventory.zones[1].name_servers.empty());
    CHECK(inventory.zones[1].managed_by == ManagedBy::nsupdate);
    CHECK(inventory.zones[1].file == "zones/mail.example.zone");
    CHECK(inventory.zones[1].owner == "dns-team");
    CHECK(inventory.zone_of(dns::Name::parse("a.b.MAIL.example").value()) == &inventory.zones[1]);
    CHECK(inventory.zone_of(dns::Name::parse("example").value()) == nullptr);
  }
  SUBCASE("senders") {
    REQUIRE(inventory.senders.size() == 3);
    CHECK(inventory.senders[0].helo_text == "MX1.mail.example");
    CHECK(inventory.senders[0].helo_name->text() == "mx1.mail.example");
    CHECK(inventory.senders[0].owner == "mail-team");
    CHECK(inventory.senders[1].first_address == 2);
    CHECK(inventory.senders[1].address_count == 2);
    CHECK_FALSE(inventory.senders[2].helo_name);
    REQUIRE(inventory.senders[2].ranges.size() == 1);
    CHECK(inventory.senders[2].ranges[0].to_string() == "192.0.2.32/30");
  }
  SUBCASE("addresses") {
    REQUIRE(inventory.addresses.size() == 8);
    CHECK(inventory.addresses[0].ptr.text() == "mx1.mail.example");
    CHECK(inventory.addresses[0].ttl == 43200);
    CHECK(inventory.addresses[0].first_with_helo);
    CHECK(inventory.addresses[1].ip.to_string() == "2001:db8::10");
    CHECK_FALSE(inventory.addresses[1].first_with_helo);
    CHECK(inventory.addresses[2].ttl == 3600);
    CHECK(inventory.addresses[3].ptr.text() == "mx2-b.mail.example");
    CHECK(inventory.addresses[3].helo.text() == "mx2.mail.example");
    CHECK(loaded.sources.text(inventory.addresses[3].ptr_at) == "mx2-b.mail.example");
    CHECK(loaded.sources.text(inventory.addresses[3].at) == "192.0.2.12");
    CHECK(inventory.addresses[7].ptr.text() == "out-35.mail.example");
    CHECK(inventory.addresses[7].helo.text() == "out-35.mail.example");
    CHECK(inventory.addresses[7].first_with_helo);
    CHECK(inventory.sender_of(inventory.addresses[7]).name == "bulk");
    const auto* found = inventory.find(IpAddress::parse("2001:db8::10").value());
    CHECK(found == &inventory.addresses[1]);
    CHECK(inventory.find(IpAddress::parse("192.0.2.200").value()) == nullptr);
  }
  SUBCASE("relays and domains") {
    CHECK(inventory.relays.at(0).addresses.at(0).to_string() == "198.51.100.0/28");
    CHECK(inventory.relays[0].helo_pattern == "*.relay.example");
    CHECK(inventory.relays[0].dkim == std::vector<std::string>{"k1", "k2"});
    CHECK(inventory.domains.at(0).name.text() == "example.com");
    CHECK(inventory.domains[0].via.at(1).name == "newsletter");
    CHECK(inventory.domains[0].spf_all == "fail");
    CHECK(inventory.domains[0].dmarc->policy == "quarantine");
    CHECK(inventory.domains[0].dmarc->rua == std::vector<std::string>{"mailto:d@example.com"});
  }
  SUBCASE("standards, rules and waivers") {
    CHECK(inventory.standards.names.at(0).regex == "^(mx|out)[0-9-]+\\.mail\\.example$");
    CHECK(inventory.standards.latency_warn == 500ms);
    CHECK(inventory.standards.latency_fail == 2s);
    REQUIRE(inventory.rules.size() == 3);
    CHECK(inventory.rules[0].severity == Severity::off);
    CHECK(inventory.rules[1].severity == Severity::warning);
    CHECK(inventory.rules[2].severity == Severity::off);
    CHECK(inventory.waivers.at(0).target == "192.0.2.40");
    CHECK(format_time(inventory.waivers[0].expires.value()) == "2027-06-01T00:00:00Z");
  }
}

TEST_CASE("a sender with a name and addresses is complete, and one recursive vantage is there by itself") {
  const Loaded loaded(small_inventory);
  REQUIRE(loaded.inventory);
  REQUIRE(loaded.inventory->vantages.size() == 1);
  CHECK(loaded.inventory->vantages[0].name == "recursive");
  CHECK(loaded.inventory->vantages[0].kind == dns::VantageKind::recursive);
  CHECK(loaded.inventory->addresses.at(0).ttl == 86400);
}

TEST_CASE("a sender without a HELO loads where its addresses have PTR names of their own") {
  const Loaded loaded(
      "version: 1\nsenders:\n  - {name: a, addresses: [{ip: 192.0.2.1, ptr: a.mail.example}]}\n");
  REQUIRE(loaded.inventory);
  CHECK(loaded.inventory->addresses[0].helo.is_root());
  CHECK_FALSE(loaded.inventory->addresses[0].first_with_helo);
  CHECK(loaded.inventory->senders[0].helo_text.empty());
  CHECK(loaded.sources.text(loaded.inventory->senders[0].helo_at) == "a");
}

TEST_CASE("a HELO that is an address is kept for the rules") {
  for (const std::string helo : {"[192.0.2.1]", "192.0.2.1", "[IPv6:2001:db8::1]"}) {
    const Loaded loaded("version: 1\nsenders:\n  - {name: a, helo: '" + helo +
                        "', addresses: [{ip: 192.0.2.1, ptr: a.mail.example}]}\n");
    INFO(loaded.said());
    REQUIRE(loaded.inventory);
    CHECK(loaded.inventory->senders[0].helo_text == helo);
    CHECK_FALSE(loaded.inventory->senders[0].helo_name);
    CHECK(loaded.inventory->addresses[0].helo.is_root());
  }
}

TEST_CASE("what an internal view has: the entry's word, else the sender's, else as outside; by family") {
  const Loaded loaded(R"(version: 1
senders:
  - name: mx
    helo: mx.mail.example
    internal: {ptr: "in-{4}.corp.example", addresses: ["10.0.0.{4}", "10.9.9.9", "fd00::10"]}
    addresses:
      - 192.0.2.10
      - {ip: "2001:db8::10", internal: {ptr: none}}
      - {ip: 192.0.2.11, internal: {addresses: [10.0.0.1]}}
  - name: plain
    helo: mx.mail.example
    addresses: [192.0.2.12, {ip: 192.0.2.13, internal: {ptr: mx.mail.example}}]
)");
  REQUIRE(loaded.inventory);
  const auto& inventory = *loaded.inventory;
  const auto view = [&](std::size_t i) { return inventory.internal_view_of(inventory.addresses[i]); };
  const auto texts = [](const std::vector<IpAddress>& addresses) {
    std::string text;
    for (const auto& ip : addresses) text += ip.to_string() + " ";
    return text;
  };
  REQUIRE(view(0));
  CHECK(view(0)->ptr.text() == "in-10.corp.example");
  CHECK(texts(view(0)->addresses) == "10.0.0.10 10.9.9.9 ");
  CHECK(inventory.addresses[0].first_with_helo_inside);
  REQUIRE(view(1));
  CHECK(view(1)->no_ptr);
  CHECK(view(1)->ptr.is_root());
  CHECK(texts(view(1)->addresses) == "fd00::10 ");
  CHECK(view(2)->ptr.text() == "in-11.corp.example");
  CHECK(texts(view(2)->addresses) == "10.0.0.1 ");
  CHECK(view(3) == nullptr);
  CHECK_FALSE(inventory.addresses[3].first_with_helo_inside);
  CHECK(view(4)->ptr.text() == "mx.mail.example");
  CHECK(texts(view(4)->addresses) == "192.0.2.13 ");
  CHECK(inventory.addresses[4].first_with_helo_inside);

  const auto* shared = inventory.name_inside(dns::Name::parse("mx.mail.example").value(), false);
  REQUIRE(shared);
  CHECK(texts(shared->inside) == "10.0.0.1 10.0.0.10 10.9.9.9 192.0.2.12 192.0.2.13 ");
  CHECK(texts(shared->outside) == "192.0.2.10 192.0.2.11 192.0.2.12 192.0.2.13 ");
  CHECK(inventory.name_inside(dns::Name::parse("mail.example").value(), false) == nullptr);
}

TEST_CASE("names with other letters become A-labels") {
  const Loaded loaded("version: 1\nsenders:\n  - {name: a, helo: bücher.example, addresses: [192.0.2.1]}\n");
  REQUIRE(loaded.inventory);
  CHECK(loaded.inventory->addresses[0].ptr.text() == "xn--bcher-kva.example");
}

TEST_CASE("retired addresses are expanded, and names read") {
  const Loaded loaded(
      small_inventory +
      "retired: [192.0.2.64/30, \"2001:db8::9\", OLD-mx.mail.example., 192.0.2.8-192.0.2.9]\n");
  CAPTURE(loaded.said());
  REQUIRE(loaded.inventory);
  CHECK(loaded.inventory->retired_addresses.size() == 7);
  CHECK(loaded.inventory->retired_addresses[3].ip.to_string() == "192.0.2.67");
  REQUIRE(loaded.inventory->retired_names.size() == 1);
  CHECK(loaded.inventory->retired_names[0].name == dns::Name::from_host("old-mx.mail.example").value());
  LoadOptions options;
  options.limits.addresses = 7;
  CHECK(Loaded(small_inventory + "retired: [192.0.2.64/30, 192.0.2.0-192.0.2.2]\n", options).inventory);
  CHECK(Loaded(small_inventory + "retired: [192.0.2.64/30, 192.0.2.0-192.0.2.3]\n", options)
            .says("with this more than 7 addresses are retired [inventory-limit]"));
  CHECK(Loaded(small_inventory + "retired: [\"2001:db8::/32\"]\n").says("[inventory-limit]"));
}

TEST_CASE("numbers keep to the limits of the schema, at both ends") {
  const auto vantage = [](std::string_view more) {
    return fmt::format("{}vantages: [{{name: a, kind: forward, address: 192.0.2.53, {}}}]\n", small_inventory, more);
  };
  for (const auto* more : {"port: 1", "port: 65535", "questions_per_second: 0", "questions_per_second: 1000000"}) {
    CAPTURE(more);
    CHECK(Loaded(vantage(more)).inventory);
  }
  for (const auto* more :
       {"port: 0", "port: -1", "port: 65536", "questions_per_second: -1", "questions_per_second: 1000001"}) {
    CAPTURE(more);
    CHECK_FALSE(Loaded(vantage(more)).said().empty());
  }
}

TEST_CASE("waivers' patterns may be many, but not many that nothing tells apart") {
  const auto waivers = [](std::size_t count, const auto& target) {
    std::string text = "waivers:\n";
    for (std::size_t i = 0; i < count; ++i)
      text += fmt::format("  - {{rule: ptr-missing, target: '{}', reason: r, expires: 2027-06-01}}\n", target(i));
    return small_inventory + text;
  };
  const auto told_apart = [](std::size_t i) { return fmt::format("*x{}z*", i); };
  const auto alike = [](std::size_t i) { return fmt::format("*mail{}", std::string(i + 1, '?')); };
  CHECK(Loaded(waivers(3000, told_apart)).inventory);
  CHECK(Loaded(waivers(500, alike)).inventory);
  CHECK(Loaded(waivers(501, alike)).says("more than 500 waivers have patterns for their targets that are alike"));
}

TEST_CASE("a preset gives the severities of the rules that have none of their own in the inventory") {
  constexpr std::array severities{Severity::error, Severity::warning, Severity::info, Severity::error,
                                  Severity::warning};
  LoadOptions options;
  options.rule_names = test_rules;
  options.severities = severities;
  const auto rules = [&](const std::string& text) {
    const Loaded loaded(small_inventory + text, options);
    CAPTURE(loaded.said());
    REQUIRE(loaded.inventory);
    std::string all;
    for (const auto& setting : loaded.inventory->rules)
      all += setting.rule + " " + std::string(to_string(setting.severity)) + "; ";
    return all;
  };
  CHECK(rules("rules: {preset: recommended}\n") == "");
  CHECK(rules("rules: {preset: strict}\n") == "ptr-generic error; ttl-too-low-steady error; ");
  CHECK(rules("rules: {preset: all}\n") ==
        "ptr-generic error; ptr-missing warning; ttl-too-low-steady error; ");
  CHECK(rules("rules: {ptr-generic: off, preset: strict}\n") ==
        "ptr-generic off; ttl-too-low-steady error; ");
  CHECK(Loaded(small_inventory + "rules: {preset: strickt}\n", options).says("did you mean \"strict\"?"));
  CHECK(Loaded(small_inventory + "rules: {preset: warning}\n", options)
            .says("\"warning\" is not a preset: it has to be recommended, strict or all"));
}
