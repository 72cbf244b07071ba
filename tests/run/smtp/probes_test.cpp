// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/smtp/probes.h"

#include <doctest/doctest.h>
#include <fmt/format.h>

#include "report/probe/probe_document.h"

using namespace rdnsgate;
using namespace rdnsgate::run;
using report::ProbeRow;
using report::ProbeStatus;

namespace {

const Time moment = *parse_time("2027-01-15T08:00:00Z");

ProbeRow row(ProbeStatus status, std::string of = "") {
  ProbeRow one;
  one.sender = "mx1";
  one.source = *IpAddress::parse("192.0.2.10");
  one.helo = "mx1.corp.example";
  one.target = "example.net";
  one.recipient = "test@example.net";
  one.status = status;
  one.of = std::move(of);
  one.server = "mx.example.net";
  one.asked_at = moment;
  one.code = status == ProbeStatus::accepted ? 250 : 550;
  one.reply = "5.7.1 <bob@corp.example>: Client host rejected, [192.0.2.10]";
  return one;
}

/// As `smtp probe` itself writes it.
std::string written(std::vector<ProbeRow> rows) {
  report::ProbeDocument document;
  document.inventory = "inventory.yaml";
  document.started_at = document.finished_at = moment;
  document.rows = std::move(rows);
  document.elsewhere = {{"mx2", *IpAddress::parse("192.0.2.11")}};
  return render_probe_json(document);
}

std::string changed(std::string text, const std::string& from, const std::string& to) {
  const auto at = text.find(from);
  REQUIRE(at != std::string::npos);
  return text.replace(at, from.size(), to);
}

std::string refusal(const std::string& text) {
  const auto read = read_probe_file(text);
  REQUIRE_FALSE(read.has_value());
  CHECK_FALSE(read.error().hint.empty());
  return read.error().message;
}

}  // namespace

TEST_CASE("what smtp probe writes is read: yes, and no because of the identity") {
  std::vector<ProbeRow> rows{row(ProbeStatus::accepted)};
  for (const auto* of : {"no-ptr", "ptr-mismatch", "helo", "name-too-long"})
    rows.push_back(row(ProbeStatus::refused, of));
  rows.push_back(row(ProbeStatus::deferred, "temporary"));
  rows.push_back(row(ProbeStatus::otherwise, "other-not-rdns"));
  rows.push_back(row(ProbeStatus::no_address));
  auto unasked = row(ProbeStatus::too_early);
  unasked.asked_at.reset();
  rows.push_back(unasked);
  const auto read = read_probe_file(written(rows));
  REQUIRE(read.has_value());
  CHECK(read->made_at == moment);
  CHECK(read->inventory == "inventory.yaml");
  CHECK(read->addresses.size() == rows.size() + 1);
  REQUIRE(read->said.size() == 5);
  CHECK_FALSE(read->said[0].refused);
  CHECK(read->said[1].refused == audit::RefusedFor::no_ptr);
  CHECK(read->said[4].refused == audit::RefusedFor::name_too_long);
  CHECK(read->said[1].code == 550);
  CHECK(read->said[1].receiver == "example.net");
  CHECK(read->said[1].helo.text() == "mx1.corp.example");
  CHECK(read->said[1].reply == "5.7.1 <[...]@corp.example>: Client host rejected, [192.0.2.10]");
}

TEST_CASE("a reply of any length is cut, and not in the middle of a character") {
  auto one = row(ProbeStatus::refused, "helo");
  one.reply = std::string(299, 'x') + "\xc3\xbc" + std::string(60000, 'y');
  const auto read = read_probe_file(written({one}));
  REQUIRE(read.has_value());
  CHECK(read->said.at(0).reply == std::string(299, 'x') + "...");
}

TEST_CASE("anything else is refused, with where it is wrong") {
  const auto good = written({row(ProbeStatus::refused, "helo")});
  CHECK(refusal("").starts_with("line 1, column 1"));
  CHECK(refusal(good.substr(0, good.size() / 2)).find("line ") == 0);
  CHECK(refusal("[]").find("not what smtp probe writes") != std::string::npos);
  CHECK(refusal("{}").find("not what smtp probe writes") != std::string::npos);
  CHECK(refusal(changed(good, "smtp-probe/1", "smtp-probe/2")) ==
        "it is of another version: \"schema\" is \"rdnsgate/smtp-probe/2\", and this program reads "
        "\"rdnsgate/smtp-probe/1\"");
  CHECK(
      refusal(changed(good, "rdnsgate/smtp-probe/1", "rdnsgate/smtp-banner/1")).find("not what smtp probe") !=
      std::string::npos);
  CHECK(refusal(changed(good, "\"probes\"", "\"probs\"")) == "it has no list \"probes\"");
  CHECK(refusal(changed(good, "\"elsewhere\": [", "\"elsewher\": [")) == "it has no list \"elsewhere\"");
  CHECK(
      refusal(changed(good, "\"finished_at\": \"2027", "\"finished_at\": \"x")).starts_with("finished_at: "));
  CHECK(refusal(changed(good, "192.0.2.10\"", "192.0.2.256\"")).starts_with("probes[0]: address: "));
  CHECK(refusal(changed(good, "192.0.2.11\"", "nowhere\"")).starts_with("elsewhere[0]: address: "));
  CHECK(refusal(changed(good, "\"status\": \"refused\"", "\"status\": \"rejected\""))
            .starts_with("probes[0]: status: "));
  CHECK(refusal(changed(good, "\"class\": \"helo\"", "\"class\": \"temporary\""))
            .starts_with("probes[0]: class: "));
  CHECK(refusal(changed(good, "\"code\": 550", "\"code\": 250")).starts_with("probes[0]: code: "));
  CHECK(refusal(changed(good, "\"asked_at\": \"2027-01-15T08:00:00Z\"", "\"asked_at\": null"))
            .starts_with("probes[0]: asked_at: "));
  CHECK(refusal(changed(good, "\"helo\": \"mx1.corp.example\"", "\"helo\": \"\""))
            .starts_with("probes[0]: helo: "));
}

TEST_CASE("files that were made long before or after what is judged are refused") {
  HeardProbes heard{audit::Probes({}), {{"a.json", moment, "", {}}, {"b.json", moment, "", {}}}, 0};
  CHECK(check_age(heard, moment + oldest_probes));
  CHECK(check_age(heard, moment - oldest_probes));
  const auto later = check_age(heard, moment + oldest_probes + seconds(1));
  REQUIRE_FALSE(later);
  CHECK(
      later.error().message ==
      "--probes: a.json: it is of 2027-01-15T08:00:00Z, and what is judged is of 2027-01-22T08:00:01Z: more "
      "than 7 days apart");
  CHECK_FALSE(check_age(heard, moment - oldest_probes - seconds(1)));
}
