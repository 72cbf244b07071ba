// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/audit/audit_run.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <filesystem>
#include <string>
#include <vector>

#include "run/estate.h"

namespace rdnsgate::run {
namespace {

AuditRequest request_for(const Estate& estate) {
  AuditRequest request;
  request.command = "check";
  request.clock = clock_at(noon);
  request.files = {estate.inventory};
  return request;
}

AuditRequest asking_request_for(const Estate& estate) {
  auto request = request_for(estate);
  request.asking = estate.asking();
  return request;
}

bool has(const AuditRun& ran, std::string_view rule) {
  const auto& all = ran.document.findings;
  return std::any_of(all.begin(), all.end(),
                     [&](const auto& finding) { return finding.rule.text() == rule; });
}

TEST_CASE("without the DNS an inventory is judged by itself") {
  const Estate estate;
  Heard heard;
  const auto ran = audit_run(request_for(estate), heard);
  REQUIRE(ran.has_value());
  CHECK(ran->document.verdict == audit::Verdict::pass);
  CHECK(ran->document.summary.addresses == 1);
  CHECK(ran->document.started_at == noon);
  CHECK(ran->facts.size() == 0);
  CHECK(ran->document.coverage.empty());
  CHECK(heard.loaded_count == 0);
}

TEST_CASE("a run hands over the report and the facts that it stands on") {
  const Estate estate;
  estate.write("zones/2.0.192.in-addr.arpa.zone", Estate::zone("10 PTR other.mail.example.\n"));
  Heard heard;
  auto request = asking_request_for(estate);
  request.coverage = true;
  const auto ran = audit_run(request, heard);
  REQUIRE(ran.has_value());
  CHECK(ran->document.verdict == audit::Verdict::fail);
  CHECK(has(*ran, "ptr-mismatch"));
  CHECK_FALSE(ran->document.rules.empty());
  CHECK_FALSE(ran->document.coverage.empty());
  CHECK(ran->facts.size() > 0);
  CHECK(heard.loaded_count == 1);
}

TEST_CASE("what was recorded is judged as it was then, unless somebody names the time") {
  const Estate estate;
  Listener nobody;
  auto request = asking_request_for(estate);
  request.asking->record = estate / "all.facts";
  const auto first = audit_run(request, nobody);
  REQUIRE(first.has_value());
  REQUIRE_FALSE(first->not_recorded.has_value());

  request.asking = Asking();
  request.asking->replay = estate / "all.facts";
  for (const bool named : {false, true}) {
    CAPTURE(named);
    request.clock = clock_at(noon + std::chrono::hours(24), named);
    const auto again = audit_run(request, nobody);
    REQUIRE(again.has_value());
    CHECK(again->document.verdict == first->document.verdict);
    CHECK(again->facts.size() == first->facts.size());
    CHECK(again->document.started_at == (named ? noon + std::chrono::hours(24) : noon));
  }
}

TEST_CASE("facts that cannot be recorded leave the report as it is") {
  const Estate estate;
  Listener nobody;
  auto request = asking_request_for(estate);
  request.asking->record = estate / "inventory.yaml/all.facts";
  const auto ran = audit_run(request, nobody);
  REQUIRE(ran.has_value());
  CHECK(ran->not_recorded.has_value());
  CHECK(ran->document.summary.addresses == 1);
}

TEST_CASE("files that cannot be used are a report of their own") {
  const Estate estate;
  Heard heard;
  const auto unusable = [&](const AuditRequest& request) {
    const auto ran = audit_run(request, heard);
    REQUIRE(ran.has_value());
    CHECK(ran->document.unusable);
    CHECK_FALSE(ran->document.findings.empty());
    CHECK(ran->facts.size() == 0);
  };
  SUBCASE("the inventory") {
    estate.write("inventory.yaml", "version: 1\nsenders: 5\n");
    unusable(request_for(estate));
    unusable(asking_request_for(estate));
  }
  SUBCASE("zone files that answer") {
    estate.write("zones/mail.example.zone", Estate::zone("mx1 A 192.0.2.\n"));
    unusable(asking_request_for(estate));
  }
  SUBCASE("zone files that are judged as files") {
    estate.write("zones/mail.example.zone", Estate::zone("mx1 A 192.0.2.\n"));
    auto request = request_for(estate);
    request.zone_files = {estate / "zones"};
    unusable(request);
  }
  CHECK(heard.loaded_count == 0);
}

TEST_CASE("what is judged with what there was before") {
  const Estate estate;
  Heard heard;
  auto request = request_for(estate);
  request.earlier = estate / "before.yaml";
  SUBCASE("an address is gone, and not retired") {
    auto before = Estate::text("mx1");
    before.replace(before.find("192.0.2.10]"), 11, "192.0.2.10, 192.0.2.11]");
    estate.write("before.yaml", before);
    const auto ran = audit_run(request, heard);
    REQUIRE(ran.has_value());
    CHECK(has(*ran, "hygiene-retired-undeclared"));
  }
  SUBCASE("it cannot be read") {
    estate.write("before.yaml", "version: 1\nsenders: 5\n");
    const auto ran = audit_run(request, heard);
    REQUIRE_FALSE(ran.has_value());
    CHECK(ran.error().kind == Failure::Kind::request);
    CHECK_FALSE(ran.error().problems.empty());
    CHECK(ran.error().sources.count() == 1);
  }
}

TEST_CASE("what no report can say is a failure") {
  const Estate estate;
  Listener nobody;
  const auto why = [&](const AuditRequest& request) {
    const auto ran = audit_run(request, nobody);
    REQUIRE_FALSE(ran.has_value());
    CHECK(ran.error().kind == Failure::Kind::request);
    return ran.error().error.message;
  };
  auto request = asking_request_for(estate);
  SUBCASE("a baseline that is not there") {
    request.baseline = estate / "baseline.json";
    CHECK(why(request).starts_with("--baseline: "));
  }
  SUBCASE("a vantage that nobody declares") {
    request.asking = Asking();
    request.asking->vantages = {"recursiv"};
    CHECK(why(request) == "the inventory has no vantage \"recursiv\"");
  }
  SUBCASE("no zone files") {
    request.asking->zone_files = {estate / "nowhere"};
    CHECK(why(request).starts_with("there is no file or folder "));
  }
}

const report::Document::Finding& finding_of(const AuditRun& ran, std::string_view rule) {
  const auto& all = ran.document.findings;
  const auto found =
      std::find_if(all.begin(), all.end(), [&](const auto& finding) { return finding.rule.text() == rule; });
  REQUIRE(found != all.end());
  return *found;
}

TEST_CASE("a finding stands at the record that a change changes, and the inventory's line stays") {
  const Estate estate;
  Listener nobody;
  const auto placed = [&](std::string_view rule) {
    const auto ran = audit_run(asking_request_for(estate), nobody);
    REQUIRE(ran.has_value());
    const auto finding = finding_of(*ran, rule);
    CHECK(finding.location.path.text() == estate.inventory);
    CHECK(finding.record.has_value());
    CHECK(finding.record_excerpt.text().find('^') != std::string::npos);
    const auto at = finding.record.value_or(report::Document::Location());
    return std::string(at.path.text().substr(at.path.text().rfind('/') + 1)) + ":" + std::to_string(at.line);
  };
  SUBCASE("the PTR record") {
    estate.write("zones/2.0.192.in-addr.arpa.zone", Estate::zone("10 PTR mx2.mail.example.\n"));
    CHECK(placed("ptr-mismatch") == "2.0.192.in-addr.arpa.zone:4");
  }
  SUBCASE("of several the one that is not declared") {
    estate.write("zones/2.0.192.in-addr.arpa.zone", Estate::zone("10 PTR mx1.mail.example.\n10 PTR mx2.mail.example.\n"));
    CHECK(placed("ptr-extra") == "2.0.192.in-addr.arpa.zone:5");
  }
  SUBCASE("behind an alias, as of a classless delegation") {
    estate.write("zones/2.0.192.in-addr.arpa.zone",
                 Estate::zone("10 CNAME 10.8-15\n9 PTR x.mail.example.\n10.8-15 PTR mx2.mail.example.\n"));
    CHECK(placed("ptr-mismatch") == "2.0.192.in-addr.arpa.zone:6");
  }
  SUBCASE("the address of its name") {
    estate.write("zones/mail.example.zone", Estate::zone("ns A 192.0.2.53\nmx1 A 192.0.2.99\n"));
    CHECK(placed("fcrdns-mismatch") == "mail.example.zone:5");
  }
  SUBCASE("of several HELO names the one that is wrong") {
    auto text = Estate::text("mx1");
    const std::string helo = "mx1.mail.example";
    text.replace(text.find(helo), helo.size(), "[mx1.mail.example, mx2.mail.example]");
    estate.write("inventory.yaml", text);
    estate.write("zones/mail.example.zone", Estate::zone("ns A 192.0.2.53\nmx1 A 192.0.2.10\nmx2 A 192.0.2.99\n"));
    CHECK(placed("helo-ip-mismatch") == "mail.example.zone:6");
  }
  SUBCASE("a name without an address: the record that points there") {
    estate.write("zones/mail.example.zone", Estate::zone("ns A 192.0.2.53\n"));
    CHECK(placed("fcrdns-no-forward") == "2.0.192.in-addr.arpa.zone:4");
  }
  SUBCASE("a file that the zone includes") {
    estate.write("zones/pointers.inc", "; of the pool\n10 PTR mx2.mail.example.\n");
    estate.write("zones/2.0.192.in-addr.arpa.zone", Estate::zone("$INCLUDE pointers.inc\n"));
    CHECK(placed("ptr-mismatch") == "pointers.inc:2");
  }
  SUBCASE("the directive that makes it") {
    estate.write("zones/2.0.192.in-addr.arpa.zone", Estate::zone("9 PTR x.mail.example.\n$GENERATE 10-12 $ PTR mx2.mail.example.\n"));
    CHECK(placed("ptr-mismatch") == "2.0.192.in-addr.arpa.zone:5");
  }
  SUBCASE("octoDNS") {
    std::filesystem::remove(estate / "zones/2.0.192.in-addr.arpa.zone");
    auto text = Estate::text("mx1");
    const std::string zone_file = "managed_by: zonefile, file: zones/2.0.192.in-addr.arpa.zone";
    text.replace(text.find(zone_file), zone_file.size(), "managed_by: octodns, file: zones/2.0.192.in-addr.arpa.yaml");
    estate.write("inventory.yaml", text);
    estate.write("zones/2.0.192.in-addr.arpa.yaml", "---\n'10':\n  type: PTR\n  values:\n    - mx1.mail.example.\n    - mx2.mail.example.\n");
    CHECK(placed("ptr-extra") == "2.0.192.in-addr.arpa.yaml:6");
  }
}

TEST_CASE("what is missing has no line, and what no answer says has none") {
  const Estate estate;
  Listener nobody;
  estate.write("zones/2.0.192.in-addr.arpa.zone", Estate::zone("9 PTR mx1.mail.example.\n"));
  auto request = asking_request_for(estate);
  auto ran = audit_run(request, nobody);
  REQUIRE(ran.has_value());
  CHECK_FALSE(finding_of(*ran, "ptr-missing").record.has_value());
  request.asking.reset();
  request.zone_files = {estate / "zones"};
  ran = audit_run(request, nobody);
  REQUIRE(ran.has_value());
  for (const auto& finding : ran->document.findings) CHECK_FALSE(finding.record.has_value());
}

TEST_CASE("a document says whose a finding is, what follows from what, and what was held against what") {
  const Estate estate;
  Listener nobody;
  estate.write("inventory.yaml", "defaults: {owner: post}\n" + Estate::text("mx1"));
  estate.write("zones/mail.example.zone", Estate::zone("ns A 192.0.2.53\n"));
  auto request = asking_request_for(estate);
  auto ran = audit_run(request, nobody);
  REQUIRE(ran.has_value());
  const auto belongs = finding_of(*ran, "fcrdns-no-forward").belongs.value_or({});
  CHECK(belongs.zone == "2.0.192.in-addr.arpa");
  CHECK(belongs.sender == "mx");
  CHECK(belongs.owner == "post");
  CHECK(finding_of(*ran, "helo-unresolvable").belongs.value_or({}).zone == "mail.example");
  const auto* rule = ran->document.rule("helo-unresolvable");
  REQUIRE(rule != nullptr);
  CHECK(rule->follows == std::vector<std::string>{"fcrdns-no-forward"});
  CHECK(ran->document.command == "check-zone-files");
  request.asking.reset();
  request.command = "lint";
  request.category = "ours";
  ran = audit_run(request, nobody);
  REQUIRE(ran.has_value());
  CHECK(ran->document.command == "lint");
  CHECK(ran->document.category == "ours");
}

}  // namespace
}  // namespace rdnsgate::run
