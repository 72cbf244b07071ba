// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto corp = "corp-mail.net";
constexpr auto record = "default._bimi.corp-mail.net";
constexpr auto right = "v=BIMI1; l=https://corp-mail.net/logo.svg;";
constexpr auto none =
    "the BIMI record of corp-mail.net has no effect: the DMARC policy is none, and receivers ask for "
    "quarantine or reject";

Estate estate() { return good_estate().domain(corp); }
World world(const std::string& dmarc = "v=DMARC1; p=reject") {
  return good_world()
      .mx(corp, {{10, "mx1.corp-mail.net"}})
      .txt(record, {right})
      .txt("_dmarc.corp-mail.net", {dmarc});
}

}  // namespace

TEST_CASE("bimi-record: DMARC asks for nothing") {
  CHECK(run(estate(), world("v=DMARC1; p=none")).sentence("bimi-record corp-mail.net") == none);
  CHECK(
      run(estate(), world().erase("_dmarc.corp-mail.net", RrType::TXT))
          .sentence("bimi-record corp-mail.net") ==
      "the BIMI record of corp-mail.net has no effect: there is no DMARC policy, and receivers ask for one");
  for (const auto* dmarc : {"v=DMARC1; p=reject", "v=DMARC1; p=quarantine"})
    CHECK(run(estate(), world(dmarc)).silent_about("bimi-"));
}

TEST_CASE("bimi-record: of a domain below, the organisational domain's policy for those counts") {
  const auto below = [](const std::string& dmarc) {
    return run(good_estate().domain("news.corp-mail.net"),
               good_world()
                   .mx("news.corp-mail.net", {{10, "mx1.corp-mail.net"}})
                   .txt("default._bimi.news.corp-mail.net", {right})
                   .txt("_dmarc.corp-mail.net", {dmarc}));
  };
  CHECK(below("v=DMARC1; p=reject; sp=none").says("bimi-record news.corp-mail.net"));
  CHECK(below("v=DMARC1; p=none; sp=reject").silent_about("bimi-"));
  CHECK(below("v=DMARC1; p=reject").silent_about("bimi-"));
}

TEST_CASE("bimi-record: what a record cannot be; none, and one that declines, are right") {
  for (const auto& [text, why] : std::vector<std::pair<std::string, std::string>>{
           {"v=BIMI1;", "the record has no l="},
           {"v=BIMI1; l=http://corp-mail.net/logo.svg", "the logo in l= is not at an https: address"}}) {
    CHECK(run(estate(), world().txt(record, {text})).sentence("bimi-record corp-mail.net") ==
          "the BIMI record of corp-mail.net has no effect: " + why);
  }
  CHECK(run(estate(), world().txt(record, {right, "v=BIMI1; l="})).says("bimi-record corp-mail.net"));
  CHECK(run(estate(), world("v=DMARC1; p=none").txt(record, {"v=BIMI1; l=; a=;"})).silent_about("bimi-"));
  CHECK(run(estate(), world("v=DMARC1; p=none").erase(record, RrType::TXT)).silent_about("bimi-"));
}

TEST_CASE("bimi-record: a question that failed is no finding") {
  for (const auto outcome : {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::bogus}) {
    CHECK(run(estate(), world("v=DMARC1; p=none").fail(record, RrType::TXT, outcome)).silent_about("bimi-"));
    CHECK(run(estate(), world("v=DMARC1; p=none").fail("_dmarc.corp-mail.net", RrType::TXT, outcome))
              .silent_about("bimi-"));
  }
}
