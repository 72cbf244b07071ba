// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// What comes of a drill beside its findings: the part of the estate that is concerned, receivers, and recovery.
#include <algorithm>

#include "dns/delegation/delegation.h"
#include "run/drill/part_of_estate.h"
#include "run/drill/played.h"
#include "run/drill/receivers.h"
#include "run/files/snapshot.h"
#include "run/paths/receivers.h"

namespace rdnsgate::run {
namespace {

TEST_CASE("a part of an estate has its addresses, their senders and their paths") {
  Drilled estate;
  const PlayedWorld played(estate);
  const auto& whole = played.kept->inventory;
  REQUIRE(whole.addresses.size() == 3);
  const auto part = part_of(whole, {1, 2}, true);
  REQUIRE(part.addresses.size() == 2);
  CHECK(part.addresses[0].first_with_helo);
  CHECK_FALSE(part.addresses[1].first_with_helo);
  CHECK(part.find(whole.addresses[1].ip) == &part.addresses[0]);
  CHECK(part.find(whole.addresses[2].ip) == &part.addresses[1]);
  CHECK(part.find(whole.addresses[0].ip) == nullptr);
  REQUIRE(part.paths.size() == 1);
  CHECK(part.senders[*part.paths[0].sender].name == "out");
  CHECK(part.senders[*part.paths[0].sender].address_count == 2);
  CHECK(part.domains.size() == 1);
  const auto bare = part_of(whole, {0}, false);
  CHECK(bare.domains.empty());
  CHECK_FALSE(bare.senders[bare.addresses[0].sender].first_path.has_value());
}

report::PathRow row(const std::string& path, std::uint64_t count,
                    std::vector<const report::ReceiverRule*> broken) {
  report::PathRow made;
  made.path = path;
  made.count = count;
  made.broken = std::move(broken);
  return made;
}

TEST_CASE("receivers are told of for what is broken then and was not before") {
  const auto rules = receiver_rules();
  REQUIRE(rules.size() > 2);
  report::PathsDocument before, during;
  before.rows = {row("a via mx", 3, {rules[0]}), row("b via mx", 2, {rules[2]}), row("a via mx", 5, {})};
  during.rows = {row("a via mx", 3, {rules[0]}), row("b via mx", 2, {rules[1]}),
                 row("a via mx", 5, {rules[0], rules[1]})};
  const auto compared = compare_receivers(before, during);
  REQUIRE(compared.rules.size() == 2);
  CHECK(compared.rules[0].rule == rules[0]);
  CHECK(compared.rules[0].addresses == 5);
  CHECK(compared.rules[0].paths == std::vector<std::string>{"a via mx"});
  CHECK(compared.rules[1].rule == rules[1]);
  CHECK(compared.rules[1].addresses == 7);
  CHECK(compared.rules[1].paths == std::vector<std::string>{"a via mx", "b via mx"});
  CHECK(compare_receivers(during, during).rules.empty());
}

TEST_CASE("what was to be changed anyway is counted, and TTLs are no change") {
  Drilled estate;
  CHECK(estate.play("ptr-lost").recovery.changes_before == 0);
  // The forward record of one address was missing before.
  estate.write(
      "zones/mail.example.zone",
      Drilled::zone_of("mx1 A 192.0.2.10\nout A 192.0.2.12\nns1 A 192.0.2.53\nns2 A 198.51.100.53\n"));
  const auto drill = estate.play("ptr-lost", "192.0.2.11");
  CHECK(drill.recovery.by_plan);
  CHECK(drill.recovery.changes_before == 1);
  const auto leaked = estate.play("name-leaked", "192.0.2.12");
  CHECK(leaked.recovery.by_plan);
  CHECK(leaked.recovery.changes_before == 0);
}

TEST_CASE("who holds a zone is named once in a phase") {
  Drilled estate;
  const auto drill = estate.play("ptr-lost", "out");
  REQUIRE(drill.recovery.by_plan);
  for (const auto& phase : drill.recovery.phases) {
    auto who = phase.who;
    std::sort(who.begin(), who.end());
    CHECK(std::adjacent_find(who.begin(), who.end()) == who.end());
  }
}

TEST_CASE("where no plan can be made it is said why") {
  Drilled estate(true);
  estate.write(
      "inventory.yaml",
      "version: 1\n"
      "vantages: [{name: recursive, kind: recursive}]\n"
      "zones: [{name: 2.0.192.in-addr.arpa, managed_by: ticket}, {name: mail.example, managed_by: ticket}]\n"
      "senders: [{name: mx, helo: mx1.mail.example, addresses: [192.0.2.10]}]\n"
      "rules: {addr-documentation: off}\n");
  const auto drill = estate.play("signatures-expired");
  CHECK_FALSE(drill.recovery.by_plan);
  CHECK_FALSE(drill.recovery.why_no_plan.empty());
}

TEST_CASE("receivers have the answers of a resolver outside that sees it") {
  Drilled estate;
  CHECK(estate.play("ptr-lost").receivers.vantage == "recursive");
  CHECK(estate.play("stale-cache").receivers.vantage == "office");
  const auto stale = estate.play("stale-cache");
  // Its host name alone has another answer.
  CHECK(stale.receivers.during.refused + stale.receivers.during.accepted + stale.receivers.during.unknown ==
        1);
}

TEST_CASE("mail servers that are hit say the wrong name, whatever they said before") {
  Drilled estate;
  estate.write("banners.json", R"({"schema": "rdnsgate/smtp-banner/1", "hosts": [
    {"address": "192.0.2.10", "sender": "mx", "outcome": "answer", "asked_at": "2026-12-01T11:00:00Z",
     "banner_name": "mx1.mail.example", "ehlo_name": "mx1.mail.example"}]})");
  estate.request.banners = estate / "banners.json";
  const auto drill = estate.play("helo-reset", "192.0.2.10");
  CHECK(Drilled::rules_of(drill) == std::set<std::string>{"helo-live-banner-mismatch"});
}

TEST_CASE("a world of zone files is seen by outside vantages, each in its way") {
  Drilled estate(true);
  estate.write("inventory.yaml",
               "version: 1\n"
               "vantages:\n"
               "  - {name: office, kind: forward, address: 192.0.2.54}\n"
               "  - {name: inner, kind: forward, address: 10.0.0.54, view: internal}\n"
               "zones: [{name: mail.example, managed_by: ticket}]\n"
               "senders: [{name: mx, helo: mx1.mail.example, addresses: [192.0.2.10]}]\n");
  PlayedWorld played(estate);
  REQUIRE(played.below->vantages().size() == 1);
  CHECK(played.below->vantages()[0].name == "office");
  const Ground ground(played.kept->inventory, *played.below, played.before.facts, noon);
  const auto fact = ground.look(0, dns::Name::parse("mx1.mail.example").value(), dns::RrType::A);
  REQUIRE(fact.has_value());
  CHECK(fact->authenticated);
  CHECK(fact->security == dns::Security::unknown);
}

TEST_CASE(
    "an inventory that names no vantages is seen by a resolver and the name servers, whose signatures are "
    "theirs") {
  Drilled estate(true);
  estate.write("inventory.yaml",
               "version: 1\n"
               "zones: [{name: mail.example, managed_by: ticket}]\n"
               "senders: [{name: mx, helo: mx1.mail.example, addresses: [192.0.2.10]}]\n");
  PlayedWorld played(estate);
  REQUIRE(played.below->vantages().size() == 2);
  CHECK(played.below->vantages()[1].kind == dns::VantageKind::authoritative);
  const Ground ground(played.kept->inventory, *played.below, played.before.facts, noon);
  const auto fact = ground.look(1, dns::Name::parse("mail.example").value(), dns::RrType::SOA);
  REQUIRE(fact.has_value());
  REQUIRE(fact->delegation != nullptr);
  const auto& report = fact->delegation->cut.servers.front().addresses.front();
  CHECK(report.soa_udp.reply.signatures.size() == 1);
  CHECK(report.dnskey.reply.signatures.size() == 1);
  CHECK(report.ns.reply.signatures.empty());
}

TEST_CASE("a panel with one vantage asks that one, and counts what a fault changed") {
  Drilled estate;
  PlayedWorld played(estate);
  const Ground ground(played.kept->inventory, *played.below, played.before.facts, noon);
  const auto fault = choose_scenarios("stale-cache").value().front()->strike(ground, {});
  REQUIRE(fault.has_value());
  Changed changed;
  std::vector<dns::Fact> told;
  {
    const auto panel = alter_panel(*played.below, &*fault, &changed, dns::VantageIndex{2});
    REQUIRE(panel->vantages().size() == 1);
    CHECK(panel->vantages()[0].name == "office");
    panel->set_sink([&](dns::Fact&& fact) { told.push_back(std::move(fact)); });
    for (const auto* name : {"mx1.mail.example", "out.mail.example"})
      panel->ask({0, dns::Name::parse(name).value(), dns::RrType::A});
    panel->run_once(milliseconds(0));
  }
  REQUIRE(told.size() == 2);
  CHECK(told[0].question.vantage == 0);
  CHECK(told[0].addresses().front().to_string() == "192.0.2.13");
  CHECK(changed.names.size() == 1);
  CHECK(changed.answers == std::vector<std::size_t>{0, 0, 1});
  // What takes no time to count is no other answer.
  const auto slow = choose_scenarios("resolver-slow").value().front()->strike(ground, {});
  Changed nothing;
  {
    const auto panel = alter_panel(*played.below, &*slow, &nothing, dns::VantageIndex{2});
    panel->set_sink([&](dns::Fact&&) {});
    panel->ask({0, dns::Name::parse("mx1.mail.example").value(), dns::RrType::A});
    panel->run_once(milliseconds(0));
  }
  CHECK(nothing.names.empty());
  // Nobody hears of it any more.
  const auto heard = told.size();
  played.below->ask({0, dns::Name::parse("mx1.mail.example").value(), dns::RrType::A});
  played.below->run_once(milliseconds(0));
  CHECK(told.size() == heard);
}

TEST_CASE("a snapshot is played as of its time, unless another is named") {
  Drilled estate;
  estate.request.altered = estate / "facts";
  estate.play("helo-reset");
  estate.request.altered.clear();
  estate.request.zone_files.clear();
  estate.request.replay = estate / "facts";
  for (const bool is_named : {true, false}) {
    const auto later = noon + std::chrono::hours(24);
    estate.request.clock = clock_at(later, is_named);
    estate.request.altered = estate / "altered";
    estate.play("ptr-lost");
    CHECK(load_snapshot(estate / "altered")->head.taken_at == (is_named ? later : noon));
  }
}

TEST_CASE("receivers see nothing of the inside") {
  Drilled estate;
  estate.request.altered = estate / "facts";
  estate.play("helo-reset");
  estate.request.altered.clear();
  auto snapshot = load_snapshot(estate / "facts").value();
  for (auto& vantage : snapshot.head.vantages) vantage.internal = true;
  REQUIRE(save_snapshot(estate / "inside", snapshot.head, snapshot.facts).has_value());
  estate.request.zone_files.clear();
  estate.request.replay = estate / "inside";
  const auto drill = estate.play("ptr-lost");
  CHECK(drill.fits);
  CHECK(drill.receivers.vantage.empty());
}

}  // namespace
}  // namespace rdnsgate::run
