// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/audit_run.h"

#include <doctest/doctest.h>

#include <algorithm>

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
  return std::any_of(all.begin(), all.end(), [&](const auto& finding) { return finding.rule == rule; });
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

}  // namespace
}  // namespace rdnsgate::run
