// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/faults/scenario.h"

#include <map>

#include "run/drill/played.h"

namespace rdnsgate::run {
namespace {

using std::chrono::minutes;

TEST_CASE("a lost PTR record is seen, refused by Gmail, and put back by a plan") {
  Drilled estate;
  const auto drill = estate.play("ptr-lost");
  REQUIRE(drill.fits);
  CHECK(drill.subject == "192.0.2.10");
  CHECK(drill.happens == "10.2.0.192.in-addr.arpa PTR does not exist any more (NXDOMAIN)");
  const auto rules = Drilled::rules_of(drill);
  CHECK(rules.contains("ptr-missing"));
  CHECK_FALSE(rules.contains("ptr-mismatch"));
  CHECK_FALSE(rules.contains("deleg-lame"));
  for (const auto& one : drill.findings) CHECK(one.target.id.find("192.0.2.11") == std::string::npos);
  CHECK(drill.detection.noticed);
  CHECK(Drilled::receivers_of(drill).contains("gmail-ptr"));
  CHECK_FALSE(Drilled::receivers_of(drill).contains("gmail-bulk-spf"));
  CHECK(drill.receivers.during.refused >= 1);
  REQUIRE(drill.recovery.by_plan);
  std::set<std::string> asked;
  for (const auto& phase : drill.recovery.phases) asked.insert(phase.who.begin(), phase.who.end());
  CHECK(asked == std::set<std::string>{"noc@hoster.example, for 2.0.192.in-addr.arpa (ticket)"});
  CHECK(drill.recovery.total() == drill.recovery.plan_time);
}

TEST_CASE("a zone or a sender that is aimed at loses all its PTR records") {
  Drilled estate;
  const auto drill = estate.play("ptr-lost", "out");
  CHECK(drill.subject == "192.0.2.11 and 1 more");
  std::set<std::string> hit;
  for (const auto& one : drill.findings) {
    if (one.rule == "ptr-missing") hit.insert(one.target.id);
  }
  CHECK(hit == std::set<std::string>{"192.0.2.11", "192.0.2.12"});
  CHECK(estate.play("ptr-lost", "2.0.192.in-addr.arpa").subject == "192.0.2.10 and 2 more");
  CHECK(estate.play("ptr-lost", "mx1.mail.example").subject == "192.0.2.10");
}

TEST_CASE("a lame secondary is a matter of the zone, and of no address") {
  Drilled estate;
  const auto drill = estate.play("lame-secondary", "mail.example");
  REQUIRE(drill.fits);
  CHECK(drill.happens == "ns2.mail.example (198.51.100.53) answers REFUSED for mail.example");
  CHECK(Drilled::rules_of(drill).contains("deleg-lame"));
  CHECK_FALSE(Drilled::rules_of(drill).contains("ptr-missing"));
  CHECK_FALSE(Drilled::rules_of(drill).contains("deleg-tcp-unreachable"));
  for (const auto& one : drill.findings) CHECK(one.target.kind == audit::TargetKind::zone);
  CHECK(drill.receivers.vantage.empty());
  CHECK_FALSE(drill.recovery.by_plan);
  CHECK(drill.recovery.steps.size() == 2);
}

TEST_CASE("expired signatures fit signed zones alone") {
  Drilled unsigned_estate;
  const auto none = unsigned_estate.play("signatures-expired");
  CHECK_FALSE(none.fits);
  CHECK(none.why_not == "no declared zone is signed, as far as the snapshot knows");
  Drilled estate(true);
  const auto drill = estate.play("signatures-expired");
  REQUIRE(drill.fits);
  CHECK(drill.subject == "mail.example");
  CHECK(Drilled::rules_of(drill).contains("dnssec-rrsig-expired"));
  CHECK_FALSE(Drilled::rules_of(drill).contains("ptr-missing"));
  CHECK(drill.receivers.vantage == "recursive");
  CHECK_FALSE(drill.recovery.by_plan);
  CHECK(drill.recovery.total() == minutes(5));
}

TEST_CASE("without TCP, the name servers are told apart from lame ones") {
  Drilled estate;
  const auto drill = estate.play("tcp-blocked", "mail.example");
  REQUIRE(drill.fits);
  CHECK(Drilled::rules_of(drill).contains("deleg-tcp-unreachable"));
  CHECK_FALSE(Drilled::rules_of(drill).contains("deleg-lame"));
  CHECK_FALSE(Drilled::rules_of(drill).contains("deleg-udp-unreachable"));
}

TEST_CASE("a stale cache is transient where the name servers are right, and clears by itself") {
  Drilled estate;
  const auto drill = estate.play("stale-cache");
  REQUIRE(drill.fits);
  CHECK(drill.happens == "office still has 192.0.2.13 for mx1.mail.example, for another 1d");
  REQUIRE_FALSE(drill.findings.empty());
  const auto& first = drill.findings.front();
  CHECK(first.certainty == audit::Certainty::transient);
  REQUIRE(first.clears_at.has_value());
  CHECK(*first.clears_at == noon + std::chrono::hours(24));
  CHECK(Drilled::receivers_of(drill).contains("gmail-ptr"));
  CHECK_FALSE(drill.recovery.by_plan);
  CHECK(drill.recovery.total() == std::chrono::hours(24));
}

TEST_CASE("a wrong HELO name shows in no DNS, and in what mail servers say") {
  Drilled estate;
  const auto blind = estate.play("helo-reset");
  REQUIRE(blind.fits);
  CHECK(blind.findings.empty());
  CHECK_FALSE(blind.detection.noticed);
  CHECK(blind.advice.find("helo-live-banner-mismatch") != std::string::npos);
  CHECK(Drilled::receivers_of(blind).contains("postfix-helo-hostname"));
  estate.write("banners.json", "{\"schema\": \"rdnsgate/smtp-banner/1\", \"hosts\": []}");
  estate.request.banners = estate / "banners.json";
  const auto seen = estate.play("helo-reset");
  CHECK(Drilled::rules_of(seen) == std::set<std::string>{"helo-live-banner-mismatch"});
  CHECK_FALSE(seen.detection.noticed);  // it is no warning
  estate.request.watch.level = Severity::info;
  CHECK(estate.play("helo-reset").detection.noticed);
}

TEST_CASE("a name of the inside is seen as that, and a plan puts the right one back") {
  Drilled estate;
  const auto drill = estate.play("name-leaked", "192.0.2.11");
  REQUIRE(drill.fits);
  CHECK(drill.happens.find("out.dc1.corp") != std::string::npos);
  CHECK(Drilled::rules_of(drill).contains("leak-internal-name-in-ptr"));
  CHECK_FALSE(Drilled::rules_of(drill).contains("ptr-missing"));
  CHECK(Drilled::receivers_of(drill).contains("gmail-ptr"));
  CHECK(drill.recovery.by_plan);
}

TEST_CASE("a slow resolver is seen where the inventory says what is slow") {
  Drilled estate;
  const auto drill = estate.play("resolver-slow");
  REQUIRE(drill.fits);
  CHECK(drill.subject == "office");
  CHECK(Drilled::rules_of(drill) == std::set<std::string>{"resolver-latency", "watch-slow"});
  CHECK(drill.detection.noticed);
  CHECK(drill.receivers.vantage.empty());
  auto text = Drilled::text("mx1");
  estate.write("inventory.yaml", text);
  const auto blind = estate.play("resolver-slow");
  CHECK_FALSE(blind.detection.noticed);
  CHECK(blind.advice.find("standards") != std::string::npos);
  CHECK_FALSE(estate.play("resolver-slow", "authority").fits);
}

/// Questions whose answers differ, whoever was asked; those that the first world was not asked are none.
std::set<std::string> differing(const World& before, const World& during) {
  std::set<std::string> names;
  for (const auto& [question, line] : during) {
    const auto was = before.find(question);
    if (was != before.end() && was->second != line) names.insert(question.first + " at " + question.second);
  }
  return names;
}

TEST_CASE("an altered world differs by what the scenario says, and by nothing else") {
  const std::set<std::string> everywhere{"10.2.0.192.in-addr.arpa PTR at authority",
                                         "10.2.0.192.in-addr.arpa PTR at office",
                                         "10.2.0.192.in-addr.arpa PTR at recursive"};
  const std::map<std::string, std::set<std::string>> expected{
      {"ptr-lost", everywhere},
      {"name-leaked", everywhere},
      {"lame-secondary", {"2.0.192.in-addr.arpa SOA at authority"}},
      // Both zones have the same servers.
      {"tcp-blocked", {"2.0.192.in-addr.arpa SOA at authority", "mail.example SOA at authority"}},
      {"stale-cache", {"mx1.mail.example A at office"}},
      {"helo-reset", {}},
  };
  Drilled estate(true);
  PlayedWorld played(estate);
  const auto before = PlayedWorld::world_of(played.before);
  const Ground ground(played.kept->inventory, *played.below, played.before.facts, noon);
  for (const auto& scenario : scenarios()) {
    CAPTURE(scenario.name);
    const auto fault = scenario.strike(ground, {});
    REQUIRE(fault.has_value());
    const auto during = PlayedWorld::world_of(played.judge(&*fault, estate));
    const auto changed = differing(before, during);
    if (scenario.name == "resolver-slow") {
      CHECK_FALSE(changed.empty());
      for (const auto& one : changed) CHECK(one.ends_with(" at office"));
    } else if (scenario.name == "signatures-expired") {
      CHECK(changed.contains("mail.example SOA at authority"));
      for (const auto& one : changed) CHECK(one.find("mail.example ") != std::string::npos);
    } else {
      CHECK(changed == expected.at(std::string(scenario.name)));
    }
    // The first world is what it was.
    CHECK(PlayedWorld::world_of(played.judge(nullptr, estate)) == before);
  }
}

TEST_CASE("what does not fit, and what there is not, says so") {
  Drilled estate;
  estate.write("inventory.yaml",
               "version: 1\n"
               "zones: [{name: mail.example, managed_by: nsupdate}, {name: 2.0.192.in-addr.arpa, managed_by: "
               "nsupdate}]\n"
               "senders: [{name: none, helo: none.mail.example, addresses: [192.0.2.99]}]\n"
               "rules: {addr-documentation: off}\n");
  for (const auto& scenario : scenarios()) {
    CAPTURE(scenario.name);
    const bool fits = scenario.name == "helo-reset" || scenario.name == "lame-secondary" ||
                      scenario.name == "tcp-blocked" || scenario.name == "resolver-slow";
    const auto drill = estate.play(std::string(scenario.name));
    CHECK(drill.fits == fits);
    CHECK(drill.why_not.empty() == fits);
  }
  estate.request.target = "nothing.example";
  const auto wrong = drill_run(estate.request, estate.heard);
  REQUIRE_FALSE(wrong.has_value());
  CHECK(wrong.error().error.message == "--target: there is no \"nothing.example\" in the inventory");
  estate.request.target.clear();
  estate.request.scenario = "ptr-lots";
  const auto typo = drill_run(estate.request, estate.heard);
  REQUIRE_FALSE(typo.has_value());
  CHECK(typo.error().error.hint == "did you mean \"ptr-lost\"?");
  estate.request.zone_files.clear();
  estate.request.scenario = "ptr-lost";
  const auto blind = drill_run(estate.request, estate.heard);
  REQUIRE_FALSE(blind.has_value());
  CHECK(blind.error().error.hint.find("--replay FILE") != std::string::npos);
}

}  // namespace
}  // namespace rdnsgate::run
