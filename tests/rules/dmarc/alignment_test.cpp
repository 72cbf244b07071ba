// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <array>

#include "rules/mail_estate.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto by_relay = "corp-mail.net via newsletter";
constexpr auto spf_rule = "dmarc-alignment-spf corp-mail.net via newsletter";
constexpr auto dkim_rule = "dmarc-alignment-dkim corp-mail.net via newsletter";
constexpr std::array failures{Outcome::servfail, Outcome::refused,   Outcome::timeout,   Outcome::unreachable,
                              Outcome::bogus,    Outcome::malformed, Outcome::unanswered};

Estate with(const std::string& mail_from, const std::string& signer) {
  auto estate = mail_estate();
  estate.inventory.relays.back().mail_from = mail_from;
  estate.inventory.relays.back().dkim_domain = signer;
  return estate;
}

/// With the key of a relay that signs as somebody else, and policies all the way up.
World world(const std::string& policy = good_policy) {
  return mail_world()
      .txt("_dmarc.corp-mail.net", {policy})
      .txt("n1._domainkey.relay.net", {good_key})
      .txt("n1._domainkey.mail.corp-mail.net", {good_key});
}

}  // namespace

TEST_CASE("dmarc-alignment: without a MAIL FROM or a d= of its own, all is the domain in From") {
  CHECK(run(mail_estate(), world()).silent_about("dmarc-alignment"));
  CHECK(run(with("{domain}", "{domain}"), world()).silent_about("dmarc-alignment"));
  CHECK(run(with("corp-mail.net", "corp-mail.net"), world()).silent_about("dmarc-alignment"));
}

TEST_CASE("dmarc-alignment: a domain below the one in From is aligned, unless the record is strict") {
  CHECK(run(with("bounce.{domain}", "mail.{domain}"), world()).silent_about("dmarc-alignment"));
  auto said = run(with("bounce.{domain}", ""), world("v=DMARC1; p=reject; aspf=s; rua=mailto:a@corp-mail.net"));
  CHECK(said.sentence(spf_rule) ==
        "DMARC for mail of corp-mail.net by newsletter rests on DKIM alone: MAIL FROM has "
        "bounce.corp-mail.net, which is not the same domain, and alignment is strict");
  CHECK(said.draft(spf_rule).args.severity == Severity::info);
  CHECK(said.silent_about("dmarc-alignment-dkim"));
  said = run(with("", "mail.{domain}"), world("v=DMARC1; p=reject; adkim=s; rua=mailto:a@corp-mail.net"));
  CHECK(said.sentence(dkim_rule) ==
        "DMARC for mail of corp-mail.net by newsletter rests on SPF alone, and fails once mail is forwarded: "
        "it is signed as mail.corp-mail.net, which is not the same domain, and alignment is strict");
  CHECK(said.draft(dkim_rule).args.severity == Severity::warning);
  CHECK(said.silent_about("dmarc-alignment-spf"));
  // Each mode is for one identifier.
  CHECK(run(with("bounce.{domain}", "mail.{domain}"), world("v=DMARC1; p=reject; adkim=s; rua=mailto:a@corp-mail.net"))
            .silent_about("dmarc-alignment-spf"));
  CHECK(run(with("bounce.{domain}", "mail.{domain}"), world("v=DMARC1; p=reject; aspf=s; rua=mailto:a@corp-mail.net"))
            .silent_about("dmarc-alignment-dkim"));
}

TEST_CASE("dmarc-alignment: where neither is aligned, both say that the mail fails") {
  const auto said = run(with("bounces.relay.net", "relay.net"), world());
  CHECK(said.sentence(spf_rule) ==
        "mail of corp-mail.net by newsletter cannot pass DMARC: MAIL FROM has bounces.relay.net, which is "
        "another organisational domain, and it is signed as relay.net, which is not aligned either");
  CHECK(said.sentence(dkim_rule) ==
        "mail of corp-mail.net by newsletter cannot pass DMARC: it is signed as relay.net, which is another "
        "organisational domain, and MAIL FROM has bounces.relay.net, which is not aligned either");
  CHECK_FALSE(said.draft(spf_rule).args.severity);
  CHECK_FALSE(said.draft(dkim_rule).args.severity);
}

TEST_CASE("dmarc-alignment: a relay's MAIL FROM is noted where the signature is aligned, and else a warning") {
  auto said = run(with("bounces.relay.net", ""), world());
  CHECK(said.draft(spf_rule).args.severity == Severity::info);
  CHECK(said.silent_about("dmarc-alignment-dkim"));
  auto estate = with("bounces.relay.net", "");
  estate.inventory.relays.back().dkim.clear();
  said = run(estate, world());
  CHECK(said.draft(spf_rule).args.wording == "unsigned");
  CHECK(said.draft(spf_rule).args.severity == Severity::warning);
}

TEST_CASE("dmarc-alignment: own senders that sign as the domain above") {
  auto estate = mail_estate();
  estate.domain("news.corp-mail.net", false);
  estate.inventory.domains.back().dkim = {"s1"};
  estate.inventory.domains.back().dkim_domain = name("corp-mail.net");
  add_path(estate, "mx1");
  auto said = run(estate, world());
  CHECK(said.silent_about("dmarc-alignment"));
  CHECK(said.silent_about("dkim-key-missing"));
  CHECK_FALSE(said.questions.contains({name("s1._domainkey.news.corp-mail.net"), RrType::TXT}));
  said = run(estate,
             world().txt("_dmarc.news.corp-mail.net", {"v=DMARC1; p=reject; adkim=s; rua=mailto:a@corp-mail.net"}));
  CHECK(said.says("dmarc-alignment-dkim news.corp-mail.net via mx1"));
}

TEST_CASE("dmarc-alignment: organisational domains by the tree walk and by the list may differ") {
  // RFC 9989: psd=n says where the organisation ends; RFC 7489 knows the Public Suffix List alone.
  auto estate = mail_estate();
  estate.domain("a.corp-mail.net", false);
  estate.inventory.relays.back().mail_from = "b.corp-mail.net";
  add_path(estate, "newsletter");
  const auto apart = world().txt("_dmarc.a.corp-mail.net",
                                 {"v=DMARC1; p=reject; psd=n; rua=mailto:dmarc@corp-mail.net"})
                         .txt("n1._domainkey.a.corp-mail.net", {good_key});
  const auto said = run(estate, apart);
  const auto line = "dmarc-alignment-spf a.corp-mail.net via newsletter";
  CHECK(said.draft(line).args.wording == "list-only");
  CHECK(said.draft(line).args.severity == Severity::info);  // the signature is aligned
}

TEST_CASE("dmarc-alignment: a lookup that failed and decides it is inconclusive, and nothing is found") {
  for (const auto outcome : failures) {
    CAPTURE(dns::to_string(outcome));
    auto failing = world().fail("_dmarc.bounce.corp-mail.net", RrType::TXT, outcome);
    const auto said = run(with("bounce.{domain}", ""), failing);
    CHECK(said.says(std::string(spf_rule) + " (inconclusive)"));
    for (const auto& text : said.lines) {
      if (text.starts_with("dmarc-alignment")) CHECK(text == std::string(spf_rule) + " (inconclusive)");
    }
    // Of another top-level domain nothing has to be asked.
    CHECK(run(with("bounces.relay.org", ""), world().fail("_dmarc.relay.org", RrType::TXT, outcome))
              .says(spf_rule));
  }
}

TEST_CASE("spf of a relay with a MAIL FROM of its own is that domain's") {
  auto estate = with("bounces.relay.net", "");
  estate.inventory.relays.back().addresses = {Prefix::parse("9.9.0.0/28").value()};
  estate.inventory.relays.back().addresses_at.resize(1);
  auto mail = world().txt("corp-mail.net", {"v=spf1 -all"});
  auto said = run(estate, World(mail).txt("bounces.relay.net", {"v=spf1 ip4:9.9.0.0/24 -all"}));
  CHECK(said.silent_about("spf-relay-missing-include"));
  CHECK_FALSE(said.says(std::string("spf-ip-not-covered ") + by_relay));
  said = run(estate, World(mail).txt("bounces.relay.net", {"v=spf1 ip4:9.9.0.0/29 -all"}));
  CHECK(given(said.draft(std::string("spf-ip-not-covered ") + by_relay), "domain") == "bounces.relay.net");
  said = run(estate, World(mail).nxdomain("bounces.relay.net"));
  CHECK(said.says(std::string("spf-ip-not-covered ") + by_relay));
  for (const auto outcome : failures) {
    said = run(estate, World(mail).fail("bounces.relay.net", RrType::TXT, outcome));
    CHECK(said.says(std::string("spf-ip-not-covered ") + by_relay + " (inconclusive)"));
  }
}
