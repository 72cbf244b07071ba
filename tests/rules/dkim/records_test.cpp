// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>

#include "rules/mail_estate.h"
#include "rules/registry.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
namespace keys = mailauth::keys;

namespace {

constexpr auto s1 = "s1._domainkey.corp-mail.net";

Said said_of(const std::string& record) { return run(mail_estate(), mail_world().txt(s1, {record})); }

/// Of the record at s1: one finding of this rule, and no other about DKIM.
const audit::Draft& only(const Said& said, std::string_view rule) {
  CAPTURE(text_of(said));
  std::size_t about_dkim = 0;
  for (const auto& draft : said.drafts)
    about_dkim += rules::registry()[draft.rule].info.id.starts_with("dkim-") ? 1 : 0;
  CHECK(about_dkim == 1);
  return said.draft(std::string(rule) + " corp-mail.net");
}

std::string p(std::string_view key) { return "v=DKIM1; p=" + std::string(key); }

}  // namespace

TEST_CASE("dkim-record-syntax: what is wrong with it, the gravest first, and what to do") {
  auto said = said_of("k=rsa; v=DKIM1; p=" + std::string(keys::rsa_2048));
  only(said, "dkim-record-syntax");
  CHECK(said.sentence("dkim-record-syntax corp-mail.net") ==
        std::string("the DKIM key at ") + s1 + " is not right: v= has to be the first tag");
  said = said_of("v=DKIM1; g=*; p=" + std::string(keys::rsa_2048).substr(0, 300));
  CHECK(only(said, "dkim-record-syntax").observed.find("cut off") != std::string::npos);
  CHECK(only(said, "dkim-record-syntax").args.severity == Severity::error);
  said = said_of("v=DKIM1; g=*; p=" + std::string(keys::rsa_2048));
  CHECK(only(said, "dkim-record-syntax").args.severity == Severity::warning);
  for (const auto* record :
       {"", "v=spf1 -all", "v=DKIM1", "v=DKIM1; p=AAAA", "nonsense", "v=DKIM1; k=rsa; k=rsa; p="}) {
    CAPTURE(record);
    CHECK(said_of(record).says("dkim-record-syntax corp-mail.net"));
  }
}

TEST_CASE("dkim-record-syntax: a private key and a certificate are called what they are") {
  CHECK(only(said_of(p(keys::rsa_1024_pkcs8_private)), "dkim-record-syntax").args.wording == "private");
  CHECK(said_of(p(keys::rsa_1024_pkcs8_private)).sentence("dkim-record-syntax corp-mail.net") ==
        std::string("the private key is published at ") + s1 + ": whoever reads it can sign as the domain");
  CHECK(only(said_of(p(keys::certificate)), "dkim-record-syntax").args.wording == "certificate");
}

TEST_CASE("dkim: what a verifier accepts is right, in whatever form") {
  for (const auto& record :
       {p(keys::rsa_2048), p(keys::rsa_4096), "v=DKIM1;p=" + std::string(keys::rsa_2048) + ";",
        "v=DKIM1; n=a \\\"note\\\"; p=" + std::string(keys::rsa_2048), std::string("p=") + keys::rsa_2048,
        "v=DKIM1; h=sha256; s=email; p=" + std::string(keys::rsa_2048)}) {
    CAPTURE(record);
    const auto said = said_of(record);
    CHECK_MESSAGE(said.silent_about("dkim-"), text_of(said));
  }
  auto spaced = std::string(keys::rsa_2048);
  spaced.insert(100, " ");
  CHECK(said_of(p(spaced)).silent_about("dkim-"));
}

TEST_CASE("dkim-txt-split: what an interface left in the text, and nothing that follows of it") {
  only(said_of("\"v=DKIM1; p=" + std::string(keys::rsa_2048) + "\""), "dkim-txt-split");
  for (const auto* stray : {"\" \"", "\xC2\xA0", "\xE2\x80\x8B", "\xE2\x80\x9C", "\\"}) {
    CAPTURE(stray);
    auto key = std::string(keys::rsa_2048);
    key.insert(100, stray);
    const auto said = said_of(p(key));
    CHECK(only(said, "dkim-txt-split").expected == std::string("plain text in the key at ") + s1);
  }
}

TEST_CASE("dkim-revoked, dkim-k-unknown, dkim-service-type, dkim-testing: a tag each") {
  only(said_of("v=DKIM1; p="), "dkim-revoked");
  const auto rest = std::string("; p=") + keys::rsa_2048;
  CHECK(only(said_of("v=DKIM1; k=RSA" + rest), "dkim-k-unknown").observed == "k=RSA");
  only(said_of("v=DKIM1; k=" + rest), "dkim-k-unknown");
  CHECK(only(said_of("v=DKIM1; s=tlsrpt" + rest), "dkim-service-type").observed == "s=tlsrpt");
  only(said_of("v=DKIM1; t=y" + rest), "dkim-testing");
  CHECK(said_of("v=DKIM1; s=tlsrpt:*; t=s" + rest).silent_about("dkim-"));
}

TEST_CASE("dkim-h-sha1: with SHA-256 beside it a warning, without an error") {
  const auto rest = std::string("; p=") + keys::rsa_2048;
  CHECK(only(said_of("v=DKIM1; h=sha1:sha256" + rest), "dkim-h-sha1").args.severity == Severity::warning);
  CHECK(only(said_of("v=DKIM1; h=sha1" + rest), "dkim-h-sha1").args.severity == Severity::error);
}

TEST_CASE("dkim-key-weak and dkim-key-too-big: by the bits of the modulus") {
  CHECK(only(said_of(p(keys::rsa_768)), "dkim-key-weak").args.severity == Severity::error);
  CHECK(only(said_of(p(keys::rsa_1024)), "dkim-key-weak").args.severity == Severity::warning);
  CHECK(said_of(p(keys::rsa_1024)).sentence("dkim-key-weak corp-mail.net") ==
        std::string("the DKIM key at ") + s1 + " has 1024 bits; 2,048 are recommended");
  CHECK(only(said_of(p(keys::rsa_4352)), "dkim-key-too-big").observed == "4352 bits");
}

TEST_CASE("dkim-strict-s: only where a domain below has no selectors of its own") {
  const auto world = mail_world().txt(s1, {"v=DKIM1; t=s; p=" + std::string(keys::rsa_2048)});
  auto estate = mail_estate();
  CHECK(run(estate, world).silent_about("dkim-"));
  estate.domain("news.corp-mail.net", false);
  add_path(estate, "mx1");
  CHECK(run(estate, world).says("dkim-strict-s corp-mail.net"));
  estate.inventory.domains.back().dkim = {"own"};
  CHECK(run(estate, World(world).txt("own._domainkey.news.corp-mail.net", {good_key})).silent_about("dkim-"));
}
