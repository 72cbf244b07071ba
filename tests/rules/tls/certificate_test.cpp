// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include "audit/heard/banners.h"
#include "rules/scenario.h"

using namespace rdnsgate;
using namespace rdnsgate::scenario;
using dns::Outcome;
using dns::RrType;

namespace {

constexpr auto corp = "corp-mail.net";
constexpr auto host = "mx1.corp-mail.net";  // of 185.9.2.10

std::string hex(char digit, std::size_t digits) { return std::string(digits, digit); }
/// The digests of one certificate are made of `digit`, so that records are easily of it.
dns::CertificateDigests digests(char digit) {
  return {"c" + hex(digit, 63), "c" + hex(digit, 127), "d" + hex(digit, 63), "d" + hex(digit, 127)};
}
std::string octets(std::string_view text) {
  std::string out;
  for (std::size_t i = 0; i + 1 < text.size(); i += 2)
    out += static_cast<char>(std::stoi(std::string(text.substr(i, 2)), nullptr, 16));
  return out;
}
std::string record(char usage, char selector, std::string_view digest) {
  return std::string{usage, selector, 1} + octets(digest);
}

audit::ShownCertificate shown(std::vector<char> chain, std::size_t is_signed) {
  audit::ShownCertificate made;
  made.names = {host};
  made.not_after = now + std::chrono::days(90);
  made.asked_for = name(host);
  for (const char digit : chain) made.chain.push_back(digests(digit));
  made.signed_chain = is_signed;
  return made;
}

Estate with(audit::ShownCertificate certificate) {
  auto estate = good_estate();
  estate.domain(corp);
  audit::Banner banner{ip("185.9.2.10"), {name(host)}, now - std::chrono::days(1), std::move(certificate)};
  estate.banners = std::make_shared<audit::Banners>(std::vector{banner});
  return estate;
}

World world(std::vector<std::string> records, dns::Security security = dns::Security::secure) {
  auto made = good_world();
  made.mx(corp, {{10, host}});
  if (!records.empty())
    made.rrset({name("_25._tcp.mx1.corp-mail.net"), RrType::TLSA, 3600, std::move(records)});
  return made.change("_25._tcp.mx1.corp-mail.net", RrType::TLSA,
                     [security](dns::Fact& fact) { fact.security = security; });
}

bool mismatches(const audit::ShownCertificate& certificate, std::vector<std::string> records) {
  return run(with(certificate), world(std::move(records))).says("dane-certificate-mismatch corp-mail.net");
}

}  // namespace

TEST_CASE(
    "dane-certificate-mismatch: usage 3 is held against the first certificate, and nothing else of it "
    "counts") {
  const auto plain = shown({'1', '2'}, 2);
  CHECK_FALSE(mismatches(plain, {record(3, 1, digests('1').key_sha256)}));
  CHECK_FALSE(mismatches(plain, {record(3, 0, digests('1').certificate_sha256)}));
  CHECK_FALSE(
      mismatches(plain, {record(3, 1, digests('8').key_sha256), record(3, 1, digests('1').key_sha256)}));
  CHECK(mismatches(plain, {record(3, 1, digests('8').key_sha256)}));
  CHECK(mismatches(plain, {record(3, 1, digests('2').key_sha256)}));
  auto odd = plain;
  odd.names = {"elsewhere.net"};
  odd.not_after = now - std::chrono::days(100);
  CHECK_FALSE(mismatches(odd, {record(3, 1, digests('1').key_sha256)}));
  CHECK(run(with(plain), world({record(3, 1, digests('8').key_sha256)}))
            .sentence("dane-certificate-mismatch corp-mail.net") ==
        "no TLSA record of mx1.corp-mail.net (3 1 1) is of the certificate that it showed at 185.9.2.10 "
        "(asked on 2027-01-14)");
}

TEST_CASE("dane-certificate-mismatch: usage 2 is of one that the first leads to, for the host and in time") {
  const auto plain = shown({'1', '2', '3'}, 3);
  const std::vector right{record(2, 0, digests('3').certificate_sha256)};
  CHECK_FALSE(mismatches(plain, right));
  CHECK_FALSE(mismatches(plain, {record(2, 1, digests('2').key_sha256)}));
  CHECK(mismatches(shown({'1', '2', '3'}, 2), right));  // the third has not signed the second
  CHECK(mismatches(plain, {record(2, 0, digests('8').certificate_sha256)}));
  auto other = plain;
  other.names = {"elsewhere.net"};
  CHECK(run(with(other), world(right))
            .sentence("dane-certificate-mismatch corp-mail.net")
            .ends_with("and for another name"));
  for (const auto* fits : {"*.corp-mail.net", "corp-mail.net", "MX1.corp-mail.net"}) {
    other.names = {"elsewhere.net", fits};
    CHECK_FALSE(mismatches(other, right));
  }
  other.names = {"*.net"};
  CHECK_FALSE(mismatches(other, right));  // it is for corp-mail.net
  other.names = {"*.mx1.corp-mail.net"};
  CHECK(mismatches(other, right));
  auto old = plain;
  old.not_after = now - std::chrono::days(2);
  CHECK(run(with(old), world(right))
            .sentence("dane-certificate-mismatch corp-mail.net")
            .ends_with("and has expired"));
  // A whole trusted certificate need not be sent along.
  CHECK_FALSE(mismatches(plain, {std::string{2, 0, 0} + std::string(900, 'x')}));
}

TEST_CASE("dane-certificate-mismatch: only what is known is judged") {
  const auto wrong = std::vector{record(3, 1, digests('8').key_sha256)};
  const auto plain = shown({'1'}, 1);
  CHECK(mismatches(plain, wrong));
  auto other = plain;
  other.asked_for = name("other.corp-mail.net");
  CHECK_FALSE(mismatches(other, wrong));  // another name may have another certificate
  other.asked_for.reset();
  CHECK_FALSE(mismatches(other, wrong));
  auto without = plain;
  without.chain.clear();
  CHECK_FALSE(mismatches(without, wrong));
  CHECK_FALSE(mismatches(plain, {}));
  CHECK_FALSE(mismatches(plain, {record(1, 1, digests('8').key_sha256)}));  // no sender uses it
  CHECK(run(with(plain), world(wrong, dns::Security::insecure)).silent_about("dane-certificate"));
  for (const auto outcome : {Outcome::servfail, Outcome::timeout, Outcome::refused, Outcome::bogus}) {
    for (const auto& [owner, type] : {std::pair{"_25._tcp.mx1.corp-mail.net", RrType::TLSA},
                                      std::pair{corp, RrType::MX}, std::pair{host, RrType::A}})
      CHECK(run(with(plain), world(wrong).fail(owner, type, outcome)).silent_about("dane-certificate"));
  }
  auto nobody = good_estate();
  nobody.domain(corp);
  CHECK(run(nobody, world(wrong)).silent_about("dane-certificate"));
}

TEST_CASE("certificates of a mail host that is not the HELO name: by what the server showed when asked for it") {
  const auto wrong = std::vector{record(3, 1, digests('8').key_sha256)};
  const auto estate_of = [](char digit, const char* name_in_it) {
    auto first = shown({'8'}, 1), second = shown({digit}, 1);
    first.asked_for = name("helo.corp-mail.net");
    second.names = {name_in_it};
    auto estate = with(first);
    audit::Banner banner{ip("185.9.2.10"), {name(host)}, now - std::chrono::days(1), first, {first, second}};
    estate.banners = std::make_shared<audit::Banners>(std::vector{banner});
    return estate;
  };
  CHECK(run(estate_of('1', host), world(wrong)).says("dane-certificate-mismatch corp-mail.net"));
  CHECK(run(estate_of('8', host), world(wrong)).silent_about("dane-certificate"));
  const auto sts = world({}).txt("_mta-sts.corp-mail.net", {"v=STSv1; id=1"});
  CHECK(run(estate_of('1', "mail.elsewhere.net"), sts).says("tls-certificate-name corp-mail.net"));
  CHECK(run(estate_of('1', host), sts).silent_about("tls-certificate-name"));
}

TEST_CASE("tls-certificate-name: of mail hosts of a domain with MTA-STS") {
  auto other = shown({'1'}, 1);
  other.names = {"mail.elsewhere.net"};
  const auto with_sts = [] { return world({}).txt("_mta-sts.corp-mail.net", {"v=STSv1; id=1"}); };
  CHECK(run(with(other), with_sts()).sentence("tls-certificate-name corp-mail.net") ==
        "the certificate that mx1.corp-mail.net, a mail host of corp-mail.net, showed at 185.9.2.10 (asked "
        "on 2027-01-14) is for "
        "mail.elsewhere.net");
  CHECK(run(with(other), world({})).silent_about("tls-certificate-name"));
  CHECK(run(with(shown({'1'}, 1)), with_sts()).silent_about("tls-certificate-name"));
  other.asked_for = name("mx9.corp-mail.net");
  CHECK(run(with(other), with_sts()).silent_about("tls-certificate-name"));
  for (const auto outcome : {Outcome::servfail, Outcome::timeout})
    CHECK(run(with(other), with_sts().fail("_mta-sts.corp-mail.net", RrType::TXT, outcome))
              .silent_about("tls-certificate-name"));
}

TEST_CASE("tls-certificate-expiring: two weeks before, and afterwards") {
  const auto said = [](std::chrono::hours left) {
    auto certificate = shown({'1'}, 1);
    certificate.not_after = now + left;
    return run(with(certificate), world({}));
  };
  CHECK(said(std::chrono::hours(24 * 15)).silent_about("tls-certificate-expiring"));
  const auto soon = said(std::chrono::hours(24 * 5));
  CHECK(
      soon.sentence("tls-certificate-expiring 185.9.2.10") ==
      "the certificate of the mail server at 185.9.2.10 expires on 2027-01-20, in 5d (asked on 2027-01-14)");
  CHECK_FALSE(soon.draft("tls-certificate-expiring 185.9.2.10").args.severity);
  const auto today = said(std::chrono::hours(12));
  CHECK(today.sentence("tls-certificate-expiring 185.9.2.10").find("expires on") != std::string::npos);
  CHECK_FALSE(today.draft("tls-certificate-expiring 185.9.2.10").args.severity);
  const auto over = said(std::chrono::hours(-1));
  CHECK(over.draft("tls-certificate-expiring 185.9.2.10").args.severity == Severity::warning);
}

TEST_CASE("tls-certificate-expiring: a warning where the next run would find it expired") {
  const auto line = "tls-certificate-expiring 185.9.2.10";
  const auto looked = [](int days_left, int days_until_next) {
    auto certificate = shown({'1'}, 1);
    certificate.not_after = now + std::chrono::days(days_left);
    auto estate = with(certificate);
    estate.until_next = std::chrono::days(days_until_next);
    return run(estate, world({}));
  };
  CHECK(looked(30, 29).silent_about("tls-certificate-expiring"));
  const auto said = looked(30, 37);
  CHECK(said.draft(line).args.severity == Severity::warning);
  CHECK(said.sentence(line) == "the certificate of the mail server at 185.9.2.10 expires on 2027-02-14, in 4w2d, "
                               "before the next run can tell (asked on 2027-01-14)");
  CHECK_FALSE(looked(10, 5).draft(line).args.severity);  // soon, and there is another run before
  CHECK(looked(-1, 37).sentence(line).find("expired on") != std::string::npos);
}
