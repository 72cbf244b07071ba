// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/dmarc_record.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

using namespace rdnsgate;
using namespace rdnsgate::mailauth;

namespace {

constexpr auto ok = Severity::info, warning = Severity::warning, error = Severity::error;

struct Row {
  std::string what;
  Severity worst;  ///< `ok`: at most a note
  std::string id;
  std::vector<std::string> texts;
};

const std::string plain = "v=DMARC1; p=reject; rua=mailto:d@example.com";

std::vector<Row> rows() {
  return {
      // Of well-known domains, by their shape.
      {"Gmail", ok, "p-none", {"v=DMARC1; p=none; sp=quarantine; rua=mailto:mailauth-reports@google.com"}},
      {"Google", ok, "", {"v=DMARC1; p=reject; rua=mailto:mailauth-reports@google.com"}},
      {"Microsoft",
       warning,
       "removed-tag",
       {"v=DMARC1; p=reject; pct=100; rua=mailto:itex-rua@microsoft.com; ruf=mailto:itex-ruf@microsoft.com; "
        "fo=1"}},
      {"Yahoo",
       warning,
       "removed-tag",
       {"v=DMARC1; p=reject; pct=100; rua=mailto:d@rua.agari.com; ruf=mailto:d@ruf.agari.com;"}},
      {"Amazon",
       warning,
       "removed-tag",
       {"v=DMARC1; p=quarantine; pct=100; rua=mailto:report@dmarc.amazon.com; "
        "ruf=mailto:report@dmarc.amazon.com"}},
      {"Proton", warning, "fo-without-ruf", {"v=DMARC1; p=quarantine; fo=1; aspf=s; adkim=s;"}},
      {"Fastmail", ok, "", {"v=DMARC1; p=reject; rua=mailto:postmaster@fastmail.com;"}},
      {"a parked domain", ok, "", {"v=DMARC1; p=reject; sp=reject; adkim=s; aspf=s"}},
      {"a registry",
       ok,
       "psd",
       {"v=DMARC1; p=reject; sp=reject; np=reject; psd=y; rua=mailto:reports@example.com"}},
      // What is right.
      {"plain", ok, "", {plain}},
      {"a semicolon at the end", ok, "", {plain + ";"}},
      {"blanks at the end", ok, "", {plain + "  "}},
      {"a semicolon and blanks at the end", ok, "", {plain + " ; "}},
      {"no blanks", ok, "", {"v=DMARC1;p=reject;rua=mailto:d@example.com"}},
      {"blanks around signs", ok, "", {"v = DMARC1 ; p = reject ; rua = mailto:d@example.com"}},
      {"tabs", ok, "", {"v=DMARC1;\tp=reject"}},
      {"REJECT", ok, "", {"v=DMARC1; p=REJECT"}},
      {"two addresses", ok, "", {"v=DMARC1; p=reject; rua=mailto:a@example.com, mailto:b@example.net"}},
      {"an escaped exclamation mark", ok, "", {"v=DMARC1; p=reject; rua=mailto:a%21b@example.com"}},
      {"fo=1:d:s", ok, "", {plain + "; ruf=mailto:f@example.com; fo=1:d:s"}},
      {"fo=d", ok, "", {plain + "; ruf=mailto:f@example.com; fo=d"}},
      {"np", ok, "", {"v=DMARC1; p=quarantine; np=reject"}},
      {"sp stricter", ok, "", {"v=DMARC1; p=none; sp=reject; rua=mailto:d@example.com"}},
      {"t=n", ok, "", {plain + "; t=n"}},
      {"t=y with none", ok, "testing", {"v=DMARC1; p=none; t=y; rua=mailto:d@example.com"}},
      {"psd=n", ok, "", {plain + "; psd=n"}},
      {"psd=u", ok, "", {plain + "; psd=u"}},
      {"adkim=R", ok, "", {plain + "; adkim=R"}},
      {"three addresses",
       ok,
       "many-destinations",
       {"v=DMARC1; p=reject; rua=mailto:a@example.com,mailto:b@example.com,mailto:c@example.com"}},
      // What works, and could be better.
      {"p=none alone", warning, "p-none", {"v=DMARC1; p=none"}},
      {"p= last", warning, "policy-not-second", {"v=DMARC1; rua=mailto:d@example.com; p=reject"}},
      {"no p=, rua=", warning, "no-policy", {"v=DMARC1; rua=mailto:d@example.com"}},
      {"no p=, sp= and rua=", warning, "no-policy", {"v=DMARC1; sp=reject; rua=mailto:d@example.com"}},
      {"sp weaker", warning, "sp-weaker", {"v=DMARC1; p=reject; sp=none"}},
      {"np weaker than p", warning, "np-weaker", {"v=DMARC1; p=reject; np=none"}},
      {"np weaker than sp",
       warning,
       "np-weaker",
       {"v=DMARC1; p=none; sp=reject; np=quarantine; rua=mailto:d@example.com"}},
      {"pct=50", warning, "removed-tag", {"v=DMARC1; p=reject; pct=50"}},
      {"pct=0", warning, "removed-tag", {"v=DMARC1; p=reject; pct=0"}},
      {"rf", warning, "removed-tag", {plain + "; rf=afrf"}},
      {"ri", warning, "removed-tag", {plain + "; ri=3600"}},
      {"t=y", warning, "testing", {plain + "; t=y"}},
      {"fo without ruf", warning, "fo-without-ruf", {plain + "; fo=1"}},
      {"fo=0:1", warning, "failure-options", {plain + "; ruf=mailto:f@example.com; fo=0:1"}},
      {"fo=d:d", warning, "failure-options", {plain + "; ruf=mailto:f@example.com; fo=d:d"}},
      {"a limit of size", warning, "report-size", {"v=DMARC1; p=reject; rua=mailto:d@example.com!10m"}},
      {"an unknown tag", warning, "unknown-tag", {plain + "; x=1"}},
      {"a tag typed wrong", warning, "unknown-tag", {plain + "; adkin=s"}},
      {"P= in capitals", warning, "tag-case", {"v=DMARC1; P=reject"}},
      {"V= in capitals", warning, "tag-case", {"V=DMARC1; p=reject"}},
      {"https as well",
       warning,
       "report-scheme",
       {"v=DMARC1; p=reject; rua=mailto:d@example.com,https://example.com/d"}},
      {"a host of one label", warning, "report-address", {"v=DMARC1; p=reject; rua=mailto:d@localhost"}},
      {"SPF beside it", warning, "other-record", {plain, "v=spf1 -all"}},
      {"a token beside it", warning, "other-record", {"some-verification=1234", plain}},
      // What is broken.
      {"nothing", error, "no-record", {}},
      {"empty", error, "empty-record", {""}},
      {"blanks", error, "empty-record", {"  "}},
      {"v= alone", error, "no-policy", {"v=DMARC1"}},
      {"v= alone, with a semicolon", error, "no-policy", {"v=DMARC1;"}},
      {"sp= without p=", error, "no-policy", {"v=DMARC1; sp=reject"}},
      {"no p=, and rua= without mailto", error, "no-policy", {"v=DMARC1; rua=d@example.com"}},
      {"p= empty", error, "policy", {"v=DMARC1; p="}},
      {"p=rejct", error, "policy", {"v=DMARC1; p=rejct"}},
      {"p=rejct with rua", error, "policy", {"v=DMARC1; p=rejct; rua=mailto:d@example.com"}},
      {"p=block", error, "policy", {"v=DMARC1; p=block"}},
      {"p=quarantine,reject", error, "policy", {"v=DMARC1; p=quarantine,reject"}},
      {"p=\"reject\"", error, "quotes", {"v=DMARC1; p=\"reject\""}},
      {"sp wrong", error, "policy", {plain + "; sp=no"}},
      {"np wrong", error, "policy", {plain + "; np=no"}},
      {"v=dmarc1", error, "version", {"v=dmarc1; p=reject"}},
      {"v=DMARC", error, "version", {"v=DMARC; p=reject"}},
      {"v=DMARC2", error, "version", {"v=DMARC2; p=reject"}},
      {"v=DMARC1.0", error, "version", {"v=DMARC1.0; p=reject"}},
      {"v=DMARC10", error, "version", {"v=DMARC10; p=reject"}},
      {"v= second", error, "version-not-first", {"p=reject; v=DMARC1"}},
      {"a blank before v=", error, "version-not-first", {" v=DMARC1; p=reject"}},
      {"no v=", error, "no-version", {"p=reject; rua=mailto:d@example.com"}},
      {"DMARC1 alone", error, "tag-without-value", {"DMARC1; p=reject"}},
      {"no semicolons", error, "missing-semicolon", {"v=DMARC1 p=reject rua=mailto:d@example.com"}},
      {"no first semicolon", error, "missing-semicolon", {"v=DMARC1 p=reject; rua=mailto:d@example.com"}},
      {"no second semicolon", error, "missing-semicolon", {"v=DMARC1; p=reject rua=mailto:d@example.com"}},
      {"commas for semicolons", error, "missing-semicolon", {"v=DMARC1, p=reject, rua=mailto:d@example.com"}},
      {"colons for semicolons", error, "", {"v=DMARC1: p=reject"}},
      {"colons for equals signs", error, "", {"v=DMARC1; p:reject"}},
      {"backslashes", error, "backslash", {"v=DMARC1\\; p=reject\\; rua=mailto:d@example.com"}},
      {"quotes around it", error, "quotes", {"\"v=DMARC1; p=reject\""}},
      {"a quote behind it", error, "quotes", {plain + "\""}},
      {"apostrophes", error, "quotes", {"'v=DMARC1; p=reject'"}},
      {"typographic quotes", error, "curly-quotes", {"\xe2\x80\x9cv=DMARC1; p=reject\xe2\x80\x9d"}},
      {"a zero-width space", error, "zero-width", {"v=DMARC1; p=reject\xe2\x80\x8b"}},
      {"a byte order mark", error, "zero-width", {"\xef\xbb\xbfv=DMARC1; p=reject"}},
      {"a no-break space", error, "no-break-space", {"v=DMARC1;\xc2\xa0p=reject"}},
      {"an umlaut",
       error,
       "not-ascii",
       {"v=DMARC1; p=reject; rua=mailto:d@b\xc3\xbc"
        "cher.example"}},
      {"NUL", error, "control-character", {plain + std::string(1, '\0')}},
      {"two records", error, "several-records", {plain, "v=DMARC1; p=none"}},
      {"the same twice", error, "several-records", {plain, plain}},
      {"three records", error, "several-records", {plain, plain, "v=DMARC1; p=none"}},
      {"p= twice", error, "duplicate-tag", {"v=DMARC1; p=reject; p=none"}},
      {"rua= twice", error, "duplicate-tag", {plain + "; rua=mailto:e@example.com"}},
      {"v= twice", error, "duplicate-tag", {"v=DMARC1; v=DMARC1; p=reject"}},
      {"SPF", error, "other-record", {"v=spf1 -all"}},
      {"DKIM", error, "other-record", {"v=DKIM1; k=rsa; p=MIIB"}},
      {"a token", error, "no-version", {"google-site-verification=abc"}},
      {"prose", error, "no-version", {"hello"}},
      {"an empty tag", error, "empty-tag", {"v=DMARC1;; p=reject"}},
      {"a tag without a value", error, "tag-without-value", {"v=DMARC1; p=reject; rua"}},
      {"adkim=relaxed", error, "tag-value", {plain + "; adkim=relaxed"}},
      {"aspf=x", error, "tag-value", {plain + "; aspf=x"}},
      {"aspf= empty", error, "tag-value", {plain + "; aspf="}},
      {"t=1", error, "tag-value", {plain + "; t=1"}},
      {"psd=yes", error, "tag-value", {plain + "; psd=yes"}},
      {"fo=2", error, "tag-value", {plain + "; ruf=mailto:f@example.com; fo=2"}},
      {"fo=1,d", error, "tag-value", {plain + "; ruf=mailto:f@example.com; fo=1,d"}},
      {"fo= empty", error, "tag-value", {plain + "; ruf=mailto:f@example.com; fo="}},
      {"pct=101", error, "tag-value", {plain + "; pct=101"}},
      {"pct=-1", error, "tag-value", {plain + "; pct=-1"}},
      {"pct=50%", error, "tag-value", {plain + "; pct=50%"}},
      {"pct= empty", error, "tag-value", {plain + "; pct="}},
      {"rua without mailto", error, "report-mailto", {"v=DMARC1; p=reject; rua=d@example.com"}},
      {"rua with one that has none",
       error,
       "report-mailto",
       {"v=DMARC1; p=reject; rua=mailto:d@example.com,e@example.com"}},
      {"rua with mailo", error, "report-mailto", {"v=DMARC1; p=reject; rua=mailo:d@example.com"}},
      {"rua with mailto=", error, "report-mailto", {"v=DMARC1; p=reject; rua=mailto=d@example.com"}},
      {"rua with mailto://", error, "report-address", {"v=DMARC1; p=reject; rua=mailto://d@example.com"}},
      {"rua with mailto twice",
       error,
       "report-address",
       {"v=DMARC1; p=reject; rua=mailto:mailto:d@example.com"}},
      {"rua with a blank", error, "report-blank", {"v=DMARC1; p=reject; rua=mailto: d@example.com"}},
      {"rua separated by blanks",
       error,
       "report-blank",
       {"v=DMARC1; p=reject; rua=mailto:a@example.com mailto:b@example.com"}},
      {"rua separated by semicolons",
       error,
       "tag-without-value",
       {"v=DMARC1; p=reject; rua=mailto:a@example.com; mailto:b@example.com"}},
      {"rua in brackets", error, "report-address", {"v=DMARC1; p=reject; rua=mailto:<d@example.com>"}},
      {"rua without at", error, "report-address", {"v=DMARC1; p=reject; rua=mailto:example.com"}},
      {"rua without a domain", error, "report-address", {"v=DMARC1; p=reject; rua=mailto:d@"}},
      {"rua without a mailbox", error, "report-address", {"v=DMARC1; p=reject; rua=mailto:@example.com"}},
      {"rua with two at signs", error, "report-address", {"v=DMARC1; p=reject; rua=mailto:d@e@example.com"}},
      {"rua with an empty label", error, "report-address", {"v=DMARC1; p=reject; rua=mailto:d@example..com"}},
      {"rua with a wrong escape",
       error,
       "report-address",
       {"v=DMARC1; p=reject; rua=mailto:a%2@example.com"}},
      {"rua empty", error, "report-empty", {"v=DMARC1; p=reject; rua="}},
      {"rua with a comma too many", error, "report-empty", {"v=DMARC1; p=reject; rua=mailto:d@example.com,"}},
      {"rua https alone", error, "report-scheme", {"v=DMARC1; p=reject; rua=https://example.com/d"}},
      {"a limit of no size", error, "report-size", {"v=DMARC1; p=reject; rua=mailto:d@example.com!10x"}},
      {"ruf without mailto", error, "report-mailto", {plain + "; ruf=f@example.com"}},
      {"64 KiB", error, "too-long", {plain + "; x=" + std::string(65536, 'a')}},
      {"64 KiB of commas", error, "report-empty", {"v=DMARC1; p=reject; rua=" + std::string(65536, ',')}},
  };
}

}  // namespace

TEST_CASE("DMARC records, sound and broken") {
  for (const auto& row : rows()) {
    CAPTURE(row.what);
    const auto judged = judge_dmarc(row.texts);
    std::string said;
    for (const auto& one : judged.reasons.all())
      said += fmt::format("{} {}: {}\n", to_string(one.severity), one.id, one.message);
    CAPTURE(said);
    CHECK(to_string(std::max(judged.reasons.worst(), ok)) == to_string(row.worst));
    if (!row.id.empty()) CHECK(judged.reasons.has(row.id));
    CHECK(judged.reasons.all().size() < 60);
    for (const auto& one : judged.reasons.all()) {
      if (row.texts.empty()) continue;
      REQUIRE(one.at.record < row.texts.size());
      CHECK(one.at.offset + one.at.length <= row.texts[one.at.record].size());
    }
  }
  CHECK(rows().size() > 120);
}

TEST_CASE("what receivers read in it") {
  const auto record =
      read_dmarc("v=DMARC1; p=quarantine; sp=none; np=reject; adkim=s; t=y; psd=n; rua=mailto:a@Example.NET");
  CHECK(record.policy == DmarcPolicy::quarantine);
  CHECK(record.policy_below(true) == DmarcPolicy::none);
  CHECK(record.policy_below(false) == DmarcPolicy::reject);
  CHECK(record.strict_dkim);
  CHECK_FALSE(record.strict_spf);
  CHECK(record.testing);
  CHECK(record.psd == 'n');
  REQUIRE(record.destinations.size() == 1);
  CHECK(record.destinations[0].host.text() == "example.net");
  CHECK(read_dmarc("v=DMARC1; p=no; rua=mailto:a@example.net").policy == DmarcPolicy::none);
  CHECK_FALSE(read_dmarc("v=DMARC1; p=no").policy);
  CHECK_FALSE(read_dmarc("v=DMARC1; p=reject; sp=no").policy);
}

TEST_CASE("the record that applies") {
  CHECK(judge_dmarc({"v=spf1 -all", plain}).applies == 1);
  CHECK_FALSE(judge_dmarc({plain, plain}).applies);
  CHECK_FALSE(judge_dmarc({"v=DMARC1"}).applies);
}
