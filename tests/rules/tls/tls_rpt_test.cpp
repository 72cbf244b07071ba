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
constexpr auto record = "_smtp._tls.corp-mail.net";
constexpr auto right = "v=TLSRPTv1; rua=mailto:tls@corp-mail.net";

Estate estate() { return good_estate().domain(corp); }
/// With an MTA-STS record.
World world() {
  return good_world()
      .mx(corp, {{10, "mx1.corp-mail.net"}})
      .a("mta-sts.corp-mail.net", {"185.9.2.80"})
      .txt("_mta-sts.corp-mail.net", {"v=STSv1; id=1;"});
}

}  // namespace

TEST_CASE("tls-rpt-invalid: what a record cannot be") {
  for (const auto& [texts, why] : std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{right, right + std::string("x")}, "there are several"},
           {{"v=TLSRPTv1;"}, "it has no rua"},
           {{"v=TLSRPTv1; rua="}, "it has no rua"},
           {{"v=TLSRPTv2; rua=mailto:a@b.example"}, ""},
           {{"v=tlsrptv1; rua=mailto:a@b.example"}, "it does not begin with v=TLSRPTv1;"},
           {{"v=TLSRPTv1; rua=tls@corp-mail.net"}, "a destination in rua is neither mailto: nor https:"},
           {{"v=TLSRPTv1; rua=mailto:a@b.example,http://x.example"},
            "a destination in rua is neither mailto: nor https:"}}) {
    const auto shown = texts.front();  // clang 14 captures no binding
    CAPTURE(shown);
    const auto said = run(estate(), world().txt(record, texts));
    if (why.empty()) {
      CHECK(said.silent_about("tls-rpt-invalid"));
      CHECK(said.says("tls-rpt-missing corp-mail.net"));
      continue;
    }
    CHECK(said.sentence("tls-rpt-invalid corp-mail.net") ==
          "the TLSRPT record of corp-mail.net cannot be used: " + why);
    CHECK(said.silent_about("tls-rpt-missing"));
  }
}

TEST_CASE("tls-rpt-invalid: right records") {
  for (const auto* text : {right, "v=TLSRPTv1;rua=https://reports.example/tls",
                           "v=TLSRPTv1; rua=mailto:a@b.example, https://c.example/x;"}) {
    CAPTURE(text);
    CHECK(run(estate(), world().txt(record, {text, "other"})).silent_about("tls-"));
  }
}

TEST_CASE("tls-rpt-missing: said only to a domain that requires TLS") {
  CHECK(run(estate(), world()).sentence("tls-rpt-missing corp-mail.net") ==
        "corp-mail.net requires TLS by MTA-STS or DANE, and has no record at _smtp._tls.corp-mail.net: "
        "nobody is told "
        "where it fails");
  CHECK(run(estate(), world().erase("_mta-sts.corp-mail.net", RrType::TXT)).silent_about("tls-"));
  for (const auto outcome : {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::bogus}) {
    CHECK(run(estate(), world().fail(record, RrType::TXT, outcome)).silent_about("tls-"));
    CHECK(run(estate(), world().fail("_mta-sts.corp-mail.net", RrType::TXT, outcome)).silent_about("tls-"));
  }
  CHECK(run(estate(), world().without_soa()).silent_about("tls-rpt"));
}
