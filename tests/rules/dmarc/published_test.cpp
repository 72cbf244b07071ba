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

constexpr auto own = "_dmarc.corp-mail.net";
constexpr auto above = "_dmarc.net";

constexpr std::array failures{Outcome::servfail, Outcome::refused,   Outcome::timeout,   Outcome::unreachable,
                              Outcome::bogus,    Outcome::malformed, Outcome::unanswered};

World without_record() { return mail_world().erase(own, RrType::TXT); }

/// The good estate with mail of a domain two labels below the organisation's.
Estate below() {
  auto estate = mail_estate();
  estate.domain("a.b.corp-mail.org", false);
  return add_path(estate, "mx1");
}

Estate parked() {
  auto estate = mail_estate();
  estate.domain("corp-mail.org", false);
  estate.inventory.domains.back().spf_all = "fail";
  return estate;
}

}  // namespace

TEST_CASE("dmarc: a record of its own is enough, and nothing above it is asked") {
  const auto said = run(mail_estate(), mail_world());
  CHECK_MESSAGE(said.silent_about("dmarc-"), text_of(said));
  CHECK(said.questions.contains({name(own), RrType::TXT}));
  CHECK_FALSE(said.questions.contains({name(above), RrType::TXT}));
}

TEST_CASE("dmarc-missing: no record at the domain, nor at its organisational domain") {
  auto said = run(mail_estate(), without_record());
  CHECK(said.sentence("dmarc-missing corp-mail.net") ==
        "no DMARC record holds for corp-mail.net: there is none at _dmarc.corp-mail.net");
  said = run(below(), mail_world());
  CHECK(said.sentence("dmarc-missing a.b.corp-mail.org") ==
        "no DMARC record holds for a.b.corp-mail.org: there is none at _dmarc.a.b.corp-mail.org, "
        "_dmarc.b.corp-mail.org, _dmarc.corp-mail.org");
  CHECK(run(below(),
            mail_world().txt("_dmarc.corp-mail.org", {"v=DMARC1; p=reject; rua=mailto:dmarc@corp-mail.net"}))
            .silent_about("dmarc-missing"));
}

TEST_CASE("dmarc-missing: what registries publish may stay unknown, and what could not be asked decides") {
  for (const auto outcome : failures) {
    CAPTURE(dns::to_string(outcome));
    auto said = run(mail_estate(), without_record().fail(above, RrType::TXT, outcome));
    CHECK(said.says("dmarc-missing corp-mail.net"));
    CHECK(said.silent_about("dmarc-lookup-failed"));
    CHECK(run(mail_estate(), mail_world().fail(above, RrType::TXT, outcome)).silent_about("dmarc-"));
    for (const auto* deciding :
         {"_dmarc.a.b.corp-mail.org", "_dmarc.b.corp-mail.org", "_dmarc.corp-mail.org"}) {
      CAPTURE(deciding);
      said = run(below(), mail_world().fail(deciding, RrType::TXT, outcome));
      CHECK(said.silent_about("dmarc-missing"));
      CHECK(said.says("dmarc-lookup-failed a.b.corp-mail.org (inconclusive)"));
    }
  }
  CHECK(run(mail_estate(), without_record().without_soa()).silent_about("dmarc-missing"));
}

TEST_CASE("dmarc-missing: by RFC 7489 alone, where RFC 9989 finds one on its way") {
  auto said = run(below(), mail_world().txt("_dmarc.b.corp-mail.org", {good_policy}));
  CHECK(said.sentence("dmarc-missing a.b.corp-mail.org") ==
        "receivers by RFC 7489 find no DMARC record for a.b.corp-mail.org; those by RFC 9989 take that at "
        "_dmarc.b.corp-mail.org");
  CHECK(said.draft("dmarc-missing a.b.corp-mail.org").args.severity == Severity::warning);
  said = run(mail_estate(), without_record().txt(above, {"v=DMARC1; p=reject; psd=y"}));
  CHECK(said.draft("dmarc-missing corp-mail.net").args.wording == "tree-only");
}

TEST_CASE("dmarc-lookup-failed: each failing outcome is inconclusive, and nothing is found") {
  for (const auto outcome : failures) {
    CAPTURE(dns::to_string(outcome));
    const auto said = run(mail_estate(), mail_world().fail(own, RrType::TXT, outcome));
    for (const auto& line : said.lines) {
      if (line.starts_with("dmarc-")) CHECK(line == "dmarc-lookup-failed corp-mail.net (inconclusive)");
    }
    CHECK(said.says("dmarc-lookup-failed corp-mail.net (inconclusive)"));
  }
}

TEST_CASE("dmarc-multiple: receivers apply none, and nothing else is said of them") {
  const auto world = mail_world().txt(own, {"v=DMARC1; p=none; pct=5", "v=DMARC1; p=rejct"});
  const auto said = run(mail_estate(), world);
  CHECK(said.sentence("dmarc-multiple corp-mail.net") ==
        "_dmarc.corp-mail.net has 2 DMARC records: receivers apply none of them");
  for (const auto* other : {"dmarc-missing", "dmarc-syntax", "dmarc-p-", "dmarc-rua", "dmarc-removed"})
    CHECK(said.silent_about(other));
  CHECK(run(mail_estate(), mail_world().txt(own, {good_policy, "a note"})).silent_about("dmarc-multiple"));
  // What a domain inherits from is judged there, where it is declared.
  auto estate = mail_estate();
  estate.domain("news.corp-mail.net", false);
  add_path(estate, "mx1");
  CHECK_FALSE(run(estate, world).says("dmarc-multiple news.corp-mail.net"));
  CHECK_FALSE(run(estate, world).says("dmarc-missing news.corp-mail.net"));
  CHECK(run(below(), mail_world().txt("_dmarc.corp-mail.org", {good_policy, good_policy + ";"}))
            .says("dmarc-multiple a.b.corp-mail.org"));
}

TEST_CASE("dmarc-wrong-location: a DMARC record at the domain, and another at its _dmarc name") {
  auto said = run(mail_estate(), without_record().txt("corp-mail.net", {"v=spf1 -all", good_policy}));
  CHECK(said.sentence("dmarc-wrong-location corp-mail.net") ==
        "a DMARC record stands at corp-mail.net itself, where no receiver looks for it");
  CHECK(said.silent_about("dmarc-missing"));
  said = run(mail_estate(), mail_world().txt("corp-mail.net", {good_policy}));
  CHECK(said.draft("dmarc-wrong-location corp-mail.net").args.severity == Severity::warning);
  said = run(mail_estate(), mail_world().txt(own, {"v=spf1 -all"}));
  CHECK(said.sentence("dmarc-wrong-location corp-mail.net") ==
        "at _dmarc.corp-mail.net there is an SPF record, which belongs at the domain itself");
  CHECK(said.silent_about("dmarc-missing"));
  CHECK(said.silent_about("dmarc-syntax"));
  for (const auto outcome : failures) {
    said = run(mail_estate(), without_record().fail("corp-mail.net", RrType::TXT, outcome));
    CHECK(said.silent_about("dmarc-wrong-location"));
    CHECK(said.says("dmarc-missing corp-mail.net"));
  }
}

TEST_CASE("dmarc-parked-not-reject: a domain that sends no mail") {
  auto said = run(parked(), mail_world());
  CHECK(said.sentence("dmarc-parked-not-reject corp-mail.org") ==
        "corp-mail.org is declared to send no mail, and has no DMARC record");
  CHECK(said.silent_about("dmarc-missing"));
  said = run(parked(), mail_world().txt("_dmarc.corp-mail.org",
                                        {"v=DMARC1; p=quarantine; rua=mailto:dmarc@corp-mail.net"}));
  CHECK(said.sentence("dmarc-parked-not-reject corp-mail.org") ==
        "corp-mail.org is declared to send no mail, and its DMARC policy is quarantine");
  CHECK(run(parked(), mail_world().txt("_dmarc.corp-mail.org", {"v=DMARC1; p=reject"}))
            .silent_about("dmarc-parked"));
  for (const auto outcome : failures)
    CHECK(run(parked(), mail_world().fail("_dmarc.corp-mail.org", RrType::TXT, outcome))
              .silent_about("dmarc-parked"));
  // The weaker of what the two generations apply.
  auto estate = parked();
  estate.inventory.domains.back().name = name("a.b.corp-mail.org");
  said = run(estate, mail_world()
                         .txt("_dmarc.corp-mail.org", {"v=DMARC1; p=reject"})
                         .txt("_dmarc.b.corp-mail.org", {"v=DMARC1; p=none; psd=n"}));
  CHECK(given(said.draft("dmarc-parked-not-reject a.b.corp-mail.org"), "policy") == "none");
  // A domain that sends mail is no such one.
  CHECK(run(mail_estate(), without_record()).silent_about("dmarc-parked"));
}

TEST_CASE("dmarc-standards-differ: the two generations take different records or policies") {
  auto said =
      run(below(), mail_world()
                       .txt("_dmarc.corp-mail.org", {"v=DMARC1; p=reject; rua=mailto:dmarc@corp-mail.net"})
                       .txt("_dmarc.b.corp-mail.org", {"v=DMARC1; p=none; psd=n"}));
  CHECK(said.sentence("dmarc-standards-differ a.b.corp-mail.org") ==
        "receivers by RFC 9989 apply none to mail of a.b.corp-mail.org, from _dmarc.b.corp-mail.org, and "
        "those by "
        "RFC 7489 reject, from _dmarc.corp-mail.org");
  const auto np = mail_world().txt("_dmarc.corp-mail.org",
                                   {"v=DMARC1; p=none; np=reject; rua=mailto:dmarc@corp-mail.net"});
  CHECK(run(below(), np).says("dmarc-standards-differ a.b.corp-mail.org"));
  CHECK(
      run(below(), World(np).a("a.b.corp-mail.org", {"185.9.2.10"})).silent_about("dmarc-standards-differ"));
  CHECK(run(below(), World(np).fail("a.b.corp-mail.org", RrType::A, Outcome::timeout))
            .silent_about("dmarc-standards-differ"));
  CHECK(run(mail_estate(), mail_world()).silent_about("dmarc-standards-differ"));
}

TEST_CASE("dmarc-policy-differs: the inventory says another policy, or other addresses") {
  auto estate = mail_estate();
  auto& wanted = estate.inventory.domains.back().dmarc;
  wanted = {.policy = "reject", .rua = {"mailto:DMARC@corp-mail.net"}};
  CHECK(run(estate, mail_world()).silent_about("dmarc-"));
  auto said = run(estate, mail_world().txt(own, {"v=DMARC1; p=none; rua=mailto:dmarc@corp-mail.net"}));
  CHECK(said.sentence("dmarc-policy-differs corp-mail.net") ==
        "the DMARC policy of corp-mail.net is none, and the inventory says reject");
  CHECK(said.silent_about("dmarc-p-none"));
  said = run(estate, mail_world().txt(own, {"v=DMARC1; p=reject; rua=mailto:other@corp-mail.net"}));
  CHECK(said.sentence("dmarc-policy-differs corp-mail.net") ==
        "the DMARC record at _dmarc.corp-mail.net sends reports to mailto:other@corp-mail.net, and the "
        "inventory says "
        "mailto:dmarc@corp-mail.net");
  said = run(estate, mail_world().txt(own, {"v=DMARC1; p=reject"}));
  CHECK(said.draft("dmarc-policy-differs corp-mail.net").args.wording == "no-rua");
  CHECK(said.silent_about("dmarc-rua-missing"));
  // One cause, one finding.
  CHECK(run(estate, without_record()).silent_about("dmarc-policy-differs"));
  CHECK(run(estate, mail_world().txt(own, {"v=DMARC1; p=rejct; rua=mailto:dmarc@corp-mail.net"}))
            .silent_about("dmarc-policy-differs"));
  wanted->rua.clear();
  CHECK(run(estate, mail_world()).silent_about("dmarc-"));
}

TEST_CASE("dmarc-policy-differs: what is inherited counts as it is applied") {
  auto estate = below();
  estate.inventory.domains.back().dmarc = {.policy = "reject", .rua = {}};
  const auto said =
      run(estate, mail_world().txt("_dmarc.corp-mail.org",
                                   {"v=DMARC1; p=reject; sp=none; rua=mailto:dmarc@corp-mail.net"}));
  CHECK(said.sentence("dmarc-policy-differs a.b.corp-mail.org") ==
        "the DMARC policy of a.b.corp-mail.org is none, and the inventory says reject");
  CHECK(run(estate,
            mail_world().txt("_dmarc.corp-mail.org", {"v=DMARC1; p=reject; rua=mailto:dmarc@corp-mail.net"}))
            .silent_about("dmarc-policy-differs"));
}
