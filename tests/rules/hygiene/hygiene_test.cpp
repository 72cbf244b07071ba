// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/hygiene/rules.h"
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
  rules::judge_hygiene_waiver_expired({context, estate.inventory}, findings);
  return findings.take();
}

}  // namespace

TEST_CASE("hygiene-waiver-expired: from the day after the last one, and never without a date") {
  CHECK(expired_at("2027-05-31T23:59:59Z").empty());
  const auto drafts = expired_at("2027-06-01T00:00:00Z");
  REQUIRE(drafts.size() == 1);
  CHECK(drafts.front().args.observed == "2027-05-31");
  CHECK(drafts.front().target == audit::Target{audit::TargetKind::inventory, "ptr-generic 185.9.2.40"});
  CHECK(drafts.front().at == Span{0, 7, 9});
}

TEST_CASE("hygiene-owner-missing: a ticket needs a contact") {
  auto estate = good_estate();
  CHECK(lint(estate).silent_about("hygiene-owner-missing"));
  estate.inventory.zones.front().contact.clear();
  CHECK(lint(estate).sentence("hygiene-owner-missing 2.9.185.in-addr.arpa") ==
        "2.9.185.in-addr.arpa names nobody to turn to: a zone managed by ticket without `contact`");
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
