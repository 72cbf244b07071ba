// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <memory>
#include <utility>

#include "rules/hygiene/rules.h"
#include "rules/registry.h"
#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;

namespace {

std::vector<audit::Draft> expired_at(std::string_view moment) {
  Estate estate;
  estate.inventory.waivers.push_back({.rule = "ptr-generic",
                                      .target = "185.9.2.40",
                                      .reason = "decommissioned in May",
                                      .expires = parse_date("2027-06-01").value(),
                                      .expires_at = {0, 7, 9}});
  estate.inventory.waivers.push_back({.rule = "ptr-generic", .target = "185.9.2.41", .reason = "for ever"});
  audit::RunContext context;
  context.inventory = &estate.inventory;
  context.now = parse_time(moment).value();
  audit::Findings findings;
  findings.begin_rule(0, rules::find_rule("hygiene-waiver-expired")->info);
  rules::judge_hygiene_waiver_expired({context, estate.inventory}, findings);
  return findings.take();
}

}  // namespace

TEST_CASE("hygiene-waiver-expired: from the day after the last one, and never without a date") {
  CHECK(expired_at("2027-05-31T23:59:59Z").empty());
  const auto drafts = expired_at("2027-06-01T00:00:00Z");
  REQUIRE(drafts.size() == 1);
  CHECK(drafts.front().observed == "2027-05-31");
  CHECK(drafts.front().target == audit::Target{audit::TargetKind::inventory, "ptr-generic 185.9.2.40"});
  CHECK(drafts.front().at == Span{0, 7, 9});
}

TEST_CASE("hygiene-owner-missing: a ticket needs a contact") {
  auto estate = good_estate();
  CHECK(lint(estate).silent_about("hygiene-owner-missing"));
  estate.inventory.zones.front().contact.clear();
  CHECK(lint(estate).sentence("hygiene-owner-missing 2.9.185.in-addr.arpa") ==
        "2.9.185.in-addr.arpa has no contact: a zone managed by ticket without `contact`");
  estate.inventory.zones.front().managed_by = inventory::ManagedBy::nsupdate;
  CHECK(lint(estate).silent_about("hygiene-owner-missing"));
}

TEST_CASE("hygiene-owner-missing: who names an owner once wants one everywhere") {
  auto estate = good_estate();
  estate.inventory.zones.front().contact.clear();
  estate.inventory.zones.front().managed_by = inventory::ManagedBy::nsupdate;
  estate.inventory.senders.front().owner = "mail team";
  const auto said = lint(estate);
  CHECK(said.says("hygiene-owner-missing 2.9.185.in-addr.arpa"));
  CHECK(said.says("hygiene-owner-missing mx2"));
  CHECK_FALSE(said.says("hygiene-owner-missing mx1"));
  CHECK_FALSE(said.says("hygiene-owner-missing corp-mail.net"));
}

TEST_CASE("hygiene-path-unused: where there are domains, each sender and relay is in one") {
  auto estate = good_estate();
  CHECK(lint(estate).silent_about("hygiene-path-unused"));  // an inventory of hosts
  const auto& senders = estate.inventory.senders;
  REQUIRE(senders.size() >= 2);
  inventory::Domain domain;
  domain.name = name("corp-mail.net");
  for (std::size_t i = 0; i + 1 < senders.size(); ++i) domain.via.push_back({senders[i].name, {}});
  estate.inventory.domains.push_back(domain);
  estate.inventory.relays.push_back({.name = "news"});
  const auto said = lint(estate);
  CHECK(said.says("hygiene-path-unused " + senders.back().name));
  CHECK_FALSE(said.says("hygiene-path-unused " + senders.front().name));
  CHECK(said.sentence("hygiene-path-unused news") == "no domain sends through the relay news");
  estate.inventory.domains.push_back(
      {.name = name("corp-mail.org"), .via = {{"news", {}}, {senders.back().name, {}}}});
  CHECK(lint(estate).silent_about("hygiene-path-unused"));
}

TEST_CASE("hygiene-domain-without-path: unless it says that it sends no mail") {
  auto estate = good_estate();
  estate.inventory.domains.push_back({.name = name("corp-mail.net")});
  CHECK(lint(estate).says("hygiene-domain-without-path corp-mail.net"));
  estate.inventory.domains.back().spf_all = "fail";
  CHECK(lint(estate).silent_about("hygiene-domain-without-path"));
  estate.inventory.domains.back().dkim = {"s2026"};
  CHECK(lint(estate).says("hygiene-domain-without-path corp-mail.net"));
  estate.inventory.domains.back().via.push_back({estate.inventory.senders.front().name, {}});
  CHECK(lint(estate).silent_about("hygiene-domain-without-path"));
}

namespace {

/// The estate of a change: as good_estate() was, and what became of it.
Estate after(void (*change)(Estate&)) {
  Estate estate;
  auto before = std::make_shared<inventory::Inventory>(good_estate().inventory);
  estate = good_estate();
  change(estate);
  estate.earlier = std::move(before);
  return estate;
}

/// Takes the last sender out, and its addresses.
void drop_last_sender(Estate& estate) {
  auto& inventory = estate.inventory;
  const auto count = inventory.senders.back().address_count;
  inventory.addresses.resize(inventory.addresses.size() - count);
  inventory.senders.pop_back();
  std::erase_if(inventory.by_ip, [&](auto index) { return index >= inventory.addresses.size(); });
}

}  // namespace

TEST_CASE("hygiene-retired-undeclared: what was not there before cannot have gone, and what stays has not") {
  CHECK(lint(good_estate()).silent_about("hygiene-retired-undeclared"));
  CHECK(lint(after([](Estate&) {})).silent_about("hygiene-retired-undeclared"));
  auto more = after([](Estate&) {});
  Estate fewer = good_estate();
  drop_last_sender(fewer);
  more.earlier = std::make_shared<inventory::Inventory>(fewer.inventory);
  CHECK(lint(more).silent_about("hygiene-retired-undeclared"));
}

TEST_CASE("hygiene-retired-undeclared: an address that went is to be retired, or be there again") {
  const auto last = good_estate().inventory.senders.back();
  const auto ip_of = [](std::size_t index) { return good_estate().inventory.addresses[index].ip; };
  auto estate = after(drop_last_sender);
  const auto first = ip_of(last.first_address).to_string();
  CHECK(lint(estate).says("hygiene-retired-undeclared " + first));
  for (std::size_t i = 0; i < last.address_count; ++i)
    estate.inventory.retired_addresses.push_back({ip_of(last.first_address + i), {}});
  CHECK(lint(estate).silent_about("hygiene-retired-undeclared"));
}

TEST_CASE("hygiene-retired-undeclared: the addresses of one range are said once") {
  auto estate = after(drop_last_sender);
  inventory::Inventory before = *estate.earlier;
  const auto& last = before.senders.back();
  REQUIRE(last.address_count >= 2);
  for (std::size_t i = 0; i < last.address_count; ++i)
    before.addresses[last.first_address + i].at = {0, 5, 9};
  estate.earlier = std::make_shared<inventory::Inventory>(before);
  const auto said = lint(estate);
  const auto first = before.addresses[last.first_address].ip.to_string();
  CHECK(said.sentence("hygiene-retired-undeclared " + first) ==
        first + " and " + std::to_string(last.address_count - 1) + " more of its range belonged to sender " +
            last.name + ": neither declared nor retired now");
  const auto second = before.addresses[last.first_address + 1].ip.to_string();
  CHECK_FALSE(said.says("hygiene-retired-undeclared " + second));
}

TEST_CASE("hygiene-retired-undeclared: a name that was replaced is to be retired, one that moved is not") {
  auto estate = after([](Estate& changed) {
    for (auto& address : changed.inventory.addresses) {
      if (address.ptr == name("mx1.corp-mail.net")) address.ptr = address.helo = name("mta1.corp-mail.net");
    }
  });
  CHECK(lint(estate).sentence("hygiene-retired-undeclared 185.9.2.10") ==
        "mx1.corp-mail.net was the PTR name of 185.9.2.10: neither declared nor retired now");
  CHECK_FALSE(lint(estate).says("hygiene-retired-undeclared 2a92::10"));  // one name is said once
  auto moved = estate;
  moved.inventory.addresses.back().ptr = name("mx1.corp-mail.net");
  CHECK_FALSE(lint(moved).says("hygiene-retired-undeclared 185.9.2.10"));
  estate.inventory.retired_names.push_back({name("mx1.corp-mail.net"), {}});
  CHECK(lint(estate).silent_about("hygiene-retired-undeclared"));
}

TEST_CASE("hygiene-waiver-unreachable: what no finding can be about, and what nobody looks for") {
  auto estate = good_estate();
  const auto address = estate.inventory.addresses.front().ip.to_string();
  const auto waive = [&](std::string_view rule, const std::string& target) {
    estate.inventory.waivers = {{.rule = std::string(rule), .target = target, .reason = "so"}};
    return lint(estate);
  };
  const auto reachable = [&](const std::string& target) {
    return waive("ptr-generic", target).silent_about("hygiene-waiver-unreachable");
  };
  CHECK(reachable(address));
  CHECK(reachable(estate.inventory.senders.front().name));
  CHECK(reachable("*"));
  CHECK(reachable(address.substr(0, address.size() - 1) + "?"));
  CHECK(reachable(estate.inventory.zones.front().name.text()));
  CHECK(reachable("recursive"));
  CHECK_FALSE(reachable("185.9.2.250"));
  CHECK_FALSE(reachable("10.*"));
  CHECK_FALSE(reachable("mx99"));
  CHECK(reachable("MX1"));  // compared without case
  CHECK(reachable("mx?"));
  CHECK_FALSE(reachable("mx"));
  CHECK(waive("resolver-latency", "9.9.9.9").silent_about("hygiene-waiver-unreachable"));
  CHECK(waive("ptr-generic", "mx99").sentence("hygiene-waiver-unreachable ptr-generic mx99") ==
        "the waiver \"ptr-generic mx99\" can never match: nothing in the inventory is called mx99");
  estate.inventory.rules.push_back({"ptr-generic", Severity::off, {}});
  CHECK(waive("ptr-generic", address).draft("hygiene-waiver-unreachable ptr-generic " + address).observed ==
        "the rule is off");
}

TEST_CASE("hygiene-waiver-unreachable: an address in another spelling than reports have it") {
  auto estate = good_estate();
  for (const auto* text : {"2a92::0010", "2A92:0::10"}) {
    estate.inventory.waivers = {{.rule = "ptr-generic", .target = text, .reason = "so"}};
    CHECK(lint(estate).draft(std::string("hygiene-waiver-unreachable ptr-generic ") + text).observed ==
          "that address is written 2a92::10");
  }
  estate.inventory.waivers.front().target = "2A92::10";  // case does not matter
  CHECK(lint(estate).silent_about("hygiene-waiver-unreachable"));
}

TEST_CASE("hygiene-waiver-unreachable: a block is reachable where an address is in it") {
  auto estate = good_estate();
  const auto unreachable = [&](const std::string& target) {
    estate.inventory.waivers = {{.rule = "ptr-generic", .target = target, .reason = "r"}};
    return lint(estate).says("hygiene-waiver-unreachable ptr-generic " + target);
  };
  CHECK_FALSE(unreachable("185.9.2.0/24"));
  CHECK_FALSE(unreachable("185.9.0.0-185.9.255.255"));
  CHECK(unreachable("185.9.3.0/24"));
  CHECK(unreachable("185.9.2.1/24"));  // host bits: no block
  CHECK_FALSE(unreachable(estate.inventory.zones.front().name.text() + "."));
}

TEST_CASE("hygiene-waiver-expiring: two weeks before the end, and not behind it") {
  auto estate = good_estate();
  estate.inventory.waivers = {{.rule = "ptr-generic",
                               .target = "185.9.2.10",
                               .reason = "r",
                               .expires = parse_date("2027-06-01").value()}};
  const auto said_at = [&](std::string_view moment, std::chrono::seconds until_next = {}) {
    audit::RunContext context;
    context.inventory = &estate.inventory;
    context.now = parse_time(moment).value();
    context.until_next = until_next;
    audit::Findings findings;
    rules::judge_hygiene_waiver_expiring({context, estate.inventory}, findings);
    return findings.take().size();
  };
  CHECK(said_at("2027-05-17T23:59:59Z") == 0);
  CHECK(said_at("2027-05-18T00:00:00Z") == 1);
  CHECK(said_at("2027-05-31T23:59:59Z") == 1);
  CHECK(said_at("2027-06-01T00:00:00Z") == 0);
  // A run that is not made again for a month has to say it earlier; one that is made every day need not say it later.
  CHECK(said_at("2027-05-02T00:00:00Z", std::chrono::days(30)) == 1);
  CHECK(said_at("2027-05-01T23:59:59Z", std::chrono::days(30)) == 0);
  CHECK(said_at("2027-05-18T00:00:00Z", std::chrono::days(1)) == 1);
}

TEST_CASE("hygiene-zone-misnamed: what cannot be right, with the right name") {
  const auto right = [](const std::string& zone) {
    auto estate = good_estate();
    estate.inventory.zones.push_back({.name = dns::Name::parse(zone).value()});
    const auto said = lint(estate);
    const auto line = "hygiene-zone-misnamed " + zone;
    return said.says(line) ? said.draft(line).expected : std::string();
  };
  CHECK(right("185.9.2.0/24") == "2.9.185.in-addr.arpa");
  CHECK(right("185.9.0.0/16") == "9.185.in-addr.arpa");
  CHECK(right("185.9.2") == "2.9.185.in-addr.arpa");
  CHECK(right("185.9.2.in-addr.arpa") == "2.9.185.in-addr.arpa");
  CHECK(right("2.9.185.in-addr.arp") == "2.9.185.in-addr.arpa");
  CHECK(right("2.9.185.arpa") == "2.9.185.in-addr.arpa");
  CHECK(right("8.b.d.0.1.0.0.2.ip6.int") == "8.b.d.0.1.0.0.2.ip6.arpa");
  for (const auto* fine : {"3.9.185.in-addr.arpa", "0/26.2.9.185.in-addr.arpa", "1.2.e164.arpa",
                           "example.com", "1.0.8.b.d.0.1.0.0.2.ip6.arpa", "in-addr.arpa", "3.2.1.example"})
    CHECK(right(fine) == "");
}
