// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>

#include "audit/heard/sts_policies.h"
#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;
using Fetched = audit::FetchedPolicy::Outcome;

namespace {

constexpr auto corp = "corp-mail.net";

std::string policy(std::string_view mode, std::string_view mx, std::string_view max_age = "1209600") {
  return "version: STSv1\nmode: " + std::string(mode) + "\nmx: " + std::string(mx) +
         "\nmax_age: " + std::string(max_age) + "\n";
}

Estate with(Fetched outcome, std::string text, std::string reason = {}) {
  auto estate = good_estate();
  estate.domain(corp);
  estate.sts_policies = std::make_shared<audit::StsPolicies>(std::vector{audit::FetchedPolicy{
      name(corp), outcome, std::move(reason), std::move(text), now - std::chrono::days(1)}});
  return estate;
}
Estate with(std::string text) { return with(Fetched::fetched, std::move(text)); }

World world() {
  return good_world()
      .mx(corp, {{10, "mx1.corp-mail.net"}, {20, "mx2.corp-mail.net"}})
      .txt("_mta-sts.corp-mail.net", {"v=STSv1; id=1"})
      .a("mta-sts.corp-mail.net", {"185.9.2.80"});
}

bool silent(const Said& said) {
  return said.silent_about("tls-mtasts-mx") && said.silent_about("tls-mtasts-weak") &&
         said.silent_about("tls-mtasts-policy") && said.silent_about("tls-mtasts-lookup");
}

}  // namespace

TEST_CASE("tls-mtasts-mx-mismatch: a mail host that the policy does not name") {
  const auto said = run(with(policy("enforce", "mx1.corp-mail.net")), world());
  CHECK(said.sentence("tls-mtasts-mx-mismatch corp-mail.net") ==
        "corp-mail.net has mail hosts that its MTA-STS policy does not name, and senders that know it "
        "deliver nothing there: "
        "mx2.corp-mail.net");
  CHECK(said.draft("tls-mtasts-mx-mismatch corp-mail.net").args.severity == Severity::error);
  const auto testing = run(with(policy("testing", "mx1.corp-mail.net")), world());
  CHECK(testing.draft("tls-mtasts-mx-mismatch corp-mail.net").args.severity == Severity::warning);
  CHECK(silent(run(with(policy("enforce", "*.corp-mail.net")), world())));
  CHECK(run(with(policy("enforce", "*.mx.corp-mail.net")), world())
            .says("tls-mtasts-mx-mismatch corp-mail.net"));
  CHECK(run(with(policy("none", "mx1.corp-mail.net")), world()).silent_about("tls-mtasts-mx"));
  for (const auto outcome : {Outcome::servfail, Outcome::timeout, Outcome::refused, Outcome::bogus}) {
    CHECK(silent(run(with(policy("enforce", "mx1.corp-mail.net")), world().fail(corp, RrType::MX, outcome))));
    CHECK(silent(run(with(policy("enforce", "mx1.corp-mail.net")),
                     world().fail("_mta-sts.corp-mail.net", RrType::TXT, outcome))));
  }
}

TEST_CASE("tls-mtasts-policy-invalid: what was fetched is none, or none was given") {
  const auto said = run(with(policy("enforced", "mx1.corp-mail.net")), world());
  CHECK(said.sentence("tls-mtasts-policy-invalid corp-mail.net") ==
        "the MTA-STS policy of corp-mail.net (asked on 2027-01-14) cannot be used: its mode is \"enforced\", "
        "none of enforce, "
        "testing and none");
  CHECK(said.silent_about("tls-mtasts-mx"));
  const auto refused =
      run(with(Fetched::refused, "", "mta-sts.corp-mail.net answers with status 404"), world());
  CHECK(refused.sentence("tls-mtasts-policy-invalid corp-mail.net") ==
        "corp-mail.net has an MTA-STS record, and senders get no policy (asked on 2027-01-14): "
        "mta-sts.corp-mail.net answers with "
        "status 404");
  CHECK(refused.silent_about("tls-mtasts-lookup"));
}

TEST_CASE("tls-mtasts-id-unchanged: another policy under the id that was there before") {
  const auto fetched = [](std::optional<audit::FetchedPolicy::First> first, Fetched outcome = Fetched::fetched) {
    auto estate = good_estate();
    estate.domain(corp);
    estate.sts_policies = std::make_shared<audit::StsPolicies>(std::vector{
        audit::FetchedPolicy{name(corp), outcome, {}, policy("enforce", "*.corp-mail.net"), now - std::chrono::days(1),
                             "20260301", std::move(first)}});
    return estate;
  };
  const audit::FetchedPolicy::First first{policy("enforce", "mx1.corp-mail.net"), now - std::chrono::days(8)};
  CHECK(run(fetched(first), world()).sentence("tls-mtasts-id-unchanged corp-mail.net") ==
        "the MTA-STS policy of corp-mail.net is not the one of 2027-01-07 any more (asked on 2027-01-14), and the id "
        "of its record is still 20260301: senders go on by the one that they have");
  CHECK(run(fetched({}), world()).silent_about("tls-mtasts-id"));
  CHECK(run(fetched(first, Fetched::unreachable), world()).silent_about("tls-mtasts-id"));
  CHECK(run(fetched(first), world().erase("_mta-sts.corp-mail.net", RrType::TXT)).silent_about("tls-mtasts-id"));
}

TEST_CASE("tls-mtasts: without a record nobody asks for a policy, and what was not fetched is not known") {
  CHECK(silent(run(with(policy("enforced", "x")), world().erase("_mta-sts.corp-mail.net", RrType::TXT))));
  CHECK(silent(run(with(Fetched::not_asked, ""), world())));
  const auto said = run(with(Fetched::unreachable, "", "mta-sts.corp-mail.net refuses connections"), world());
  CHECK(said.says("tls-mtasts-lookup-failed corp-mail.net (inconclusive)"));
  CHECK(said.silent_about("tls-mtasts-policy"));
  auto nobody = good_estate();
  nobody.domain(corp);
  CHECK(silent(run(nobody, world())));
  auto elsewhere = with(policy("enforced", "x"));
  elsewhere.sts_policies = std::make_shared<audit::StsPolicies>(
      std::vector{audit::FetchedPolicy{name("other.net"), Fetched::fetched, {}, "x", now}});
  CHECK(silent(run(elsewhere, world())));
}

TEST_CASE("tls-mtasts-weak: testing, none, and forgotten soon") {
  const auto detail = [](std::string text) {
    return run(with(std::move(text)), world()).sentence("tls-mtasts-weak corp-mail.net");
  };
  CHECK(detail(policy("testing", "*.corp-mail.net"))
            .ends_with("its mode is testing, and senders deliver in the clear as before"));
  CHECK(detail(policy("none", "*.corp-mail.net")).ends_with("its mode is none, which ends MTA-STS"));
  CHECK(detail(policy("enforce", "*.corp-mail.net", "86400")).ends_with("senders forget it after 1d"));
  CHECK(silent(run(with(policy("enforce", "*.corp-mail.net", "604800")), world())));
  // One that ends MTA-STS is to be forgotten soon.
  const auto ends = run(with(policy("none", "*.corp-mail.net", "86400")), world());
  CHECK(std::none_of(ends.drafts.begin(), ends.drafts.end(),
                     [](const audit::Draft& one) { return one.args.wording == "short"; }));
}
