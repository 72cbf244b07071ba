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
constexpr auto record = "_mta-sts.corp-mail.net";
constexpr auto reports = "_smtp._tls.corp-mail.net";
constexpr auto right = "v=STSv1; id=20270115T080000;";

Estate estate() { return good_estate().domain(corp); }
World world() {
  return good_world().mx(corp, {{10, "mx1.corp-mail.net"}}).a("mta-sts.corp-mail.net", {"185.9.2.80"});
}
Said said_of(const std::vector<std::string>& texts) { return run(estate(), world().txt(record, texts)); }

}  // namespace

TEST_CASE("tls-mtasts-invalid: what a record cannot be") {
  for (const auto& [texts, why] : std::vector<std::pair<std::vector<std::string>, std::string>>{
           {{right, "v=STSv1; id=2;"}, "there are several"},
           {{"v=STSv1;"}, "it has no id"},
           {{"v=STSv1; id=;"}, "its id is not 1 to 32 letters and digits"},
           {{"v=STSv1; id=2027-01-15;"}, "its id is not 1 to 32 letters and digits"},
           {{"v=STSv1; id=" + std::string(33, 'a')}, "its id is not 1 to 32 letters and digits"},
           {{"v=stsv1; id=1;"}, "it does not begin with v=STSv1;"},
           {{"v=STSv10; id=1;"}, "it does not begin with v=STSv1;"}}) {
    const auto shown = texts.front();  // clang 14 captures no binding
    CAPTURE(shown);
    CHECK(said_of(texts).sentence("tls-mtasts-invalid corp-mail.net") ==
          "the MTA-STS record of corp-mail.net cannot be used: " + why);
  }
}

TEST_CASE("tls-mtasts-invalid: a right record, others beside it, and none at all") {
  for (const auto& texts : std::vector<std::vector<std::string>>{{right},
                                                                 {"v=STSv1; id=1"},
                                                                 {"v=STSv1;id=a1;new=x;"},
                                                                 {right, "some other text"},
                                                                 {"v=spf1 -all"}}) {
    CAPTURE(texts.front());
    CHECK(said_of(texts).silent_about("tls-mtasts"));
  }
  CHECK(run(estate(), world()).silent_about("tls-"));
}

TEST_CASE("tls-mtasts-invalid: the host of the policy has no address") {
  auto said = run(estate(), world().txt(record, {right}).nxdomain("mta-sts.corp-mail.net"));
  CHECK(said.sentence("tls-mtasts-invalid corp-mail.net") ==
        "corp-mail.net has an MTA-STS record, and its policy cannot be fetched: mta-sts.corp-mail.net has no "
        "address");
  said =
      run(estate(), world().txt(record, {right}).fail("mta-sts.corp-mail.net", RrType::A, Outcome::timeout));
  CHECK(said.silent_about("tls-mtasts"));
}

TEST_CASE("tls-mtasts-missing: said only to a domain that asks for reports, and has no DANE either") {
  const auto asking = [] { return world().txt(reports, {"v=TLSRPTv1; rua=mailto:tls@corp-mail.net"}); };
  CHECK(run(estate(), asking()).sentence("tls-mtasts-missing corp-mail.net") ==
        "corp-mail.net asks for reports on TLS (_smtp._tls.corp-mail.net), and requires TLS by neither "
        "MTA-STS nor "
        "DANE");
  CHECK(run(estate(), world()).silent_about("tls-"));
  CHECK(run(estate(), asking().txt(record, {right})).silent_about("tls-"));
  const auto with_dane = asking().rrset({name("_25._tcp.mx1.corp-mail.net"),
                                         RrType::TLSA,
                                         3600,
                                         {std::string("\x03\x01\x01") + std::string(32, 'x')}});
  CHECK(run(estate(), with_dane).silent_about("tls-mtasts"));
}

TEST_CASE("tls-mtasts: a question that failed is no finding, and leaves nothing open") {
  const auto asking = [] { return world().txt(reports, {"v=TLSRPTv1; rua=mailto:tls@corp-mail.net"}); };
  for (const auto outcome : {Outcome::servfail, Outcome::refused, Outcome::timeout, Outcome::bogus}) {
    for (const auto& bad : {asking().fail(record, RrType::TXT, outcome),
                            asking().fail("_25._tcp.mx1.corp-mail.net", RrType::TLSA, outcome),
                            asking().fail(reports, RrType::TXT, outcome)}) {
      const auto said = run(estate(), bad);
      CAPTURE(text_of(said));
      CHECK(said.silent_about("tls-"));
      CHECK(said.silent_about("mx-lookup-failed"));
    }
    CHECK(run(estate(), world().txt(record, {"v=STSv1;"}).fail(record, RrType::TXT, outcome))
              .silent_about("tls-"));
  }
}
