// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>
#include <array>

#include "rules/mail_estate.h"
#include "rules/registry.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto own = "_dmarc.corp-mail.net";

constexpr std::array failures{Outcome::servfail, Outcome::refused,   Outcome::timeout,   Outcome::unreachable,
                              Outcome::bogus,    Outcome::malformed, Outcome::unanswered};

World world_of(const std::string& record) { return mail_world().txt(own, {record}); }

/// Of the record: one finding of this rule, and no other about DMARC.
audit::Draft only(const std::string& record, std::string_view rule) {
  const auto said = run(mail_estate(), world_of(record));
  CAPTURE(record);
  CAPTURE(text_of(said));
  std::size_t about_dmarc = 0;
  for (const auto& draft : said.drafts)
    about_dmarc += rules::registry()[draft.rule].info.id.starts_with("dmarc-") ? 1 : 0;
  CHECK(about_dmarc == 1);
  return said.draft(std::string(rule) + " corp-mail.net");
}

const std::string rua = "; rua=mailto:dmarc@corp-mail.net";

}  // namespace

TEST_CASE("dmarc-syntax: what receivers leave aside or read otherwise") {
  CHECK(only("v=DMARC1; p=rejct" + rua, "dmarc-syntax").observed.find("rejct") != std::string::npos);
  CHECK(only("p=reject; v=DMARC1" + rua, "dmarc-syntax").args.severity == Severity::error);
  CHECK(only("v=DMARC1; adkim=s; p=reject" + rua, "dmarc-syntax").args.severity == Severity::warning);
  for (const auto* record :
       {"", "v=dmarc1; p=reject", "v=DMARC1; p=reject; p=none; rua=mailto:dmarc@corp-mail.net", "nonsense"}) {
    CAPTURE(record);
    const auto said = run(mail_estate(), world_of(record));
    CHECK(said.says("dmarc-syntax corp-mail.net"));
    CHECK(said.silent_about("dmarc-missing"));
  }
}

TEST_CASE("dmarc-p-missing: with an address it is p=none to one generation, without it is nothing") {
  CHECK(only("v=DMARC1" + rua, "dmarc-p-missing").args.wording == "as-none");
  const auto said = run(mail_estate(), world_of("v=DMARC1; sp=none"));
  CHECK(said.draft("dmarc-p-missing corp-mail.net").args.severity == Severity::error);
}

TEST_CASE("dmarc-p-none, dmarc-t-testing, dmarc-removed-tag: not what protects") {
  only("v=DMARC1; p=none" + rua, "dmarc-p-none");
  const auto said = run(mail_estate(), world_of("v=DMARC1; p=reject; t=y" + rua));
  CHECK(said.sentence("dmarc-t-testing corp-mail.net") ==
        "the DMARC record at _dmarc.corp-mail.net has t=y: receivers by RFC 9989 apply quarantine in place "
        "of reject; "
        "those by RFC 7489 do not know the tag, and apply reject");
  CHECK(only("v=DMARC1; p=quarantine; t=y" + rua, "dmarc-t-testing").args.wording.empty());
  only("v=DMARC1; p=reject; pct=50; ri=3600" + rua, "dmarc-removed-tag");
  only("v=DMARC1; p=reject; adkin=s" + rua, "dmarc-removed-tag");
  CHECK(run(mail_estate(), world_of("v=DMARC1; p=none; t=y" + rua)).silent_about("dmarc-t-testing"));
}

TEST_CASE("dmarc-sp-weaker and dmarc-np-weaker: less for what is below") {
  CHECK(only("v=DMARC1; p=reject; sp=none" + rua, "dmarc-sp-weaker").observed == "sp=none");
  CHECK(only("v=DMARC1; p=reject; np=none" + rua, "dmarc-np-weaker").expected ==
        "np=reject at _dmarc.corp-mail.net");
  CHECK(run(mail_estate(), world_of("v=DMARC1; p=quarantine; sp=reject; np=reject" + rua))
            .silent_about("dmarc-"));
}

TEST_CASE("dmarc-rua-missing and dmarc-rua-invalid: reports that go nowhere") {
  only("v=DMARC1; p=reject", "dmarc-rua-missing");
  const auto said = run(mail_estate(), world_of("v=DMARC1; p=none"));
  CHECK(said.says("dmarc-rua-missing corp-mail.net"));
  CHECK(said.says("dmarc-p-none corp-mail.net"));
  CHECK(only("v=DMARC1; p=reject; rua=dmarc@corp-mail.net", "dmarc-rua-invalid").observed.find("no URI") !=
        std::string::npos);
  only("v=DMARC1; p=reject; rua=mailto:dmarc@corp-mail.net!10m", "dmarc-rua-invalid");
  CHECK(run(mail_estate(), world_of("v=DMARC1; p=reject; rua=mailto:a@corp-mail.net, mailto:b@corp-mail.net"))
            .silent_about("dmarc-"));
}

TEST_CASE("dmarc-rua-no-mx: neither an MX record nor an address, or a null MX record") {
  const auto world = [] { return world_of("v=DMARC1; p=reject; rua=mailto:dmarc@reports.corp-mail.net"); };
  auto said = run(mail_estate(), world());
  CHECK(said.sentence("dmarc-rua-no-mx corp-mail.net") ==
        "the DMARC record at _dmarc.corp-mail.net sends reports to reports.corp-mail.net, which has neither "
        "an MX "
        "record nor an address");
  CHECK(run(mail_estate(), world().aaaa("reports.corp-mail.net", {"2a92::10"})).silent_about("dmarc-"));
  CHECK(run(mail_estate(), world().mx("reports.corp-mail.net", {{5, "mx1.corp-mail.net"}}))
            .silent_about("dmarc-"));
  said = run(mail_estate(), world().mx("reports.corp-mail.net", {{0, "."}}));
  CHECK(said.draft("dmarc-rua-no-mx corp-mail.net").args.wording == "null");
  for (const auto type : {RrType::MX, RrType::A, RrType::AAAA}) {
    for (const auto outcome : failures) {
      said = run(mail_estate(), world().fail("reports.corp-mail.net", type, outcome));
      CHECK(said.silent_about("dmarc-rua-no-mx"));
      CHECK(said.says("dmarc-lookup-failed corp-mail.net (inconclusive)"));
    }
  }
}

TEST_CASE("dmarc-rua-external-unverified: another organisation that does not consent") {
  const auto world = [] {
    return world_of("v=DMARC1; p=reject; rua=mailto:x@reports.org")
        .mx("reports.org", {{5, "mx1.corp-mail.net"}});
  };
  constexpr auto consent = "corp-mail.net._report._dmarc.reports.org";
  auto said = run(mail_estate(), world());
  CHECK(said.sentence("dmarc-rua-external-unverified corp-mail.net") ==
        "reports.org does not say that it takes reports about corp-mail.net, as the record at "
        "_dmarc.corp-mail.net "
        "asks: receivers send it none");
  CHECK(run(mail_estate(), world().txt(consent, {"v=DMARC1"})).silent_about("dmarc-"));
  CHECK(run(mail_estate(), world().txt(consent, {"no"})).says("dmarc-rua-external-unverified corp-mail.net"));
  for (const auto outcome : failures) {
    said = run(mail_estate(), world().fail(consent, RrType::TXT, outcome));
    CHECK(said.silent_about("dmarc-rua-external"));
    CHECK(said.says("dmarc-lookup-failed corp-mail.net (inconclusive)"));
  }
}

TEST_CASE("dmarc: a record that is inherited is judged where nobody declares the domain it stands at") {
  auto estate = mail_estate();
  estate.domain("news.corp-mail.net", false);
  add_path(estate, "mx1");
  auto said = run(estate, world_of("v=DMARC1; p=none" + rua));
  CHECK(said.says("dmarc-p-none corp-mail.net"));
  CHECK_FALSE(said.says("dmarc-p-none news.corp-mail.net"));
  estate.domain("news.corp-mail.org", false);
  add_path(estate, "mx1");
  said = run(estate, mail_world().txt("_dmarc.corp-mail.org", {"v=DMARC1; p=none" + rua}));
  CHECK(said.says("dmarc-p-none news.corp-mail.org"));
}
