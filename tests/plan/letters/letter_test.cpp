// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>
#include <fmt/format.h>

#include <algorithm>

#include "dns/rdata_reader.h"
#include "plan/lab.h"
#include "plan/letters/letter.h"
#include "plan/letters/letter_table.h"
#include "plan/timetable.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

const Time start = parse_time("2026-12-02T12:30:00Z").value();

Version ptr(std::uint32_t ttl, const std::string& target) {
  return {ttl, {dns::RdataReader(Name()).read("PTR", target).value()}};
}

Step step(int host, const MaybeVersion& before, const MaybeVersion& after) {
  Step one;
  one.zone = name("2.0.192.in-addr.arpa");
  one.contact = "noc@hoster.example";
  one.owner = name(std::to_string(host) + ".2.0.192.in-addr.arpa");
  one.type = RrType::PTR;
  one.before = before;
  one.after = after;
  return one;
}

/// A network gets PTR records, and lets them go; in the order that plans have, by octets.
Plan network(int size) {
  Plan plan;
  plan.id = "0123456789ab";
  for (const auto* id : {"add-ptr", "remove-ptr"}) {
    Phase phase;
    phase.id = id;
    phase.starts_after = seconds(plan.phases.size() * 86400);
    for (int i = 0; i < size; ++i) {
      const auto there = ptr(3600, fmt::format("mx{}.example.com.", i));
      const bool adds = plan.phases.empty();
      phase.steps.push_back(adds ? step(i, std::nullopt, there) : step(i, there, std::nullopt));
    }
    std::sort(phase.steps.begin(), phase.steps.end(),
              [](const Step& a, const Step& b) { return a.owner < b.owner; });
    phase.rollback = phase.steps;
    for (auto& one : phase.rollback) std::swap(one.before, one.after);
    plan.phases.push_back(std::move(phase));
  }
  return plan;
}

bool has(const std::string& text, const std::string& part) { return text.find(part) != std::string::npos; }
auto lines_in(const std::string& text) { return std::count(text.begin(), text.end(), '\n'); }

}  // namespace

TEST_CASE("256 addresses are a letter of a screen, and a table in numeric order") {
  const auto letter = ticket_letter(network(256), "noc@hoster.example", start);
  CAPTURE(letter.text);
  CHECK(lines_in(letter.text) < 60);
  CHECK(has(letter.text,
            "To: noc@hoster.example\nSubject: DNS changes in 2.0.192.in-addr.arpa [0123456789ab]\n"));
  CHECK(has(letter.text, "Step 1, not before Wed 2026-12-02 12:30 UTC\n  add 256 PTR records\n"));
  CHECK(has(letter.text,
            "    $ORIGIN 2.0.192.in-addr.arpa.\n    0 3600 IN PTR mx0.example.com.\n    1 3600 IN PTR"));
  CHECK(has(letter.text, "    255 3600 IN PTR mx255.example.com.\n"));
  CHECK(has(letter.text, "from 192.0.2.0 to 192.0.2.255"));
  CHECK(has(letter.text, "  remove 256 PTR records\n  Remove:\n"));
  CHECK(has(letter.text, "Kind regards,\n(your name)\n"));
  CHECK(lines_in(letter.table) == 513);
  CHECK(letter.table.starts_with(
      "step,not_before,action,zone,name,address,type,ttl,value,old_ttl,old_value,zone_line\n"
      "1,2026-12-02T12:30:00Z,add,2.0.192.in-addr.arpa.,0.2.0.192.in-addr.arpa.,192.0.2.0,PTR,3600,"
      "mx0.example.com.,,,0.2.0.192.in-addr.arpa. 3600 IN PTR mx0.example.com.\n1,"));
  CHECK(letter.table.find(",192.0.2.9,") < letter.table.find(",192.0.2.10,"));
  CHECK(has(letter.table,
            "2,2026-12-03T12:30:00Z,remove,2.0.192.in-addr.arpa.,255.2.0.192.in-addr.arpa.,192.0.2.255,PTR,,,"
            "3600,mx255.example.com.,\n"));
}

TEST_CASE("times are those of the change window's clock, and the sender is who looks after the zone") {
  auto plan = network(2);
  plan.windows = {ChangeWindow::parse("Mon-Thu 08:00-16:00 Europe/Zurich").value()};
  plan.owners = {{name("2.0.192.in-addr.arpa"), "dns@example.com"},
                 {name("other.example"), "somebody@example.com"}};
  const auto letter = ticket_letter(plan, "noc@hoster.example", start);
  CHECK(has(letter.text, "Step 1, not before Wed 2026-12-02 13:30 CET (UTC+01:00)\n"));
  CHECK(has(letter.text, "local time in Europe/Zurich"));
  CHECK(has(letter.text, "Mon-Thu 08:00-16:00 Europe/Zurich"));
  CHECK(has(letter.text, "Kind regards,\ndns@example.com\n"));
  CHECK(has(letter.table, "1,2026-12-02T13:30:00+01:00,add,"));
  CHECK(moment_for_people(clock_of(plan), parse_time("2026-07-01T23:30:00Z").value()) ==
        "Thu 2026-07-02 01:30 CEST (UTC+02:00)");
  // Every record stands in the letter, and nothing is said of others.
  CHECK_FALSE(has(letter.text, "..."));
}

TEST_CASE("a letter for one step says which of how many it is, and what it takes back") {
  const auto plan = network(3);
  const auto forth = ticket_step(plan, "noc@hoster.example", 1, false, start);
  CHECK(has(forth.text, "Subject: DNS change (step 2 of 2) in 2.0.192.in-addr.arpa"));
  CHECK(has(forth.text, "Step 2, not before Wed 2026-12-02 12:30 UTC\n  remove 3 PTR records\n"));
  const auto back = ticket_step(plan, "noc@hoster.example", 1, true, start);
  CHECK(has(back.text, "which take back step 2 of 2"));
  CHECK(has(back.text, "  add 3 PTR records\n"));
  CHECK(ticket_step(plan, "somebody@else.example", 1, false, start).text.empty());
  CHECK(has(emit_ticket_steps(plan, {0}, start), "\nTable (CSV):\n\nstep,"));
}

TEST_CASE("what changes says what is there now") {
  auto plan = network(1);
  plan.phases.resize(1);
  plan.phases[0].steps = {step(9, ptr(86400, "old.example."), ptr(300, "new.example.")),
                          step(10, ptr(86400, "same.example."), ptr(300, "same.example."))};
  const auto letter = ticket_letter(plan, "noc@hoster.example", start);
  CHECK(has(letter.text, "  change 1 PTR record, set the TTL of 1 PTR record to 300\n"));
  CHECK(has(letter.text,
            "    9 300 IN PTR new.example.  ; now 86400 old.example.\n"
            "    10 300 IN PTR same.example.  ; now 86400\n"));
  CHECK(has(letter.table,
            ",change,2.0.192.in-addr.arpa.,9.2.0.192.in-addr.arpa.,192.0.2.9,PTR,300,new.example.,86400,old."
            "example.,"));
  CHECK(has(letter.table,
            ",ttl,2.0.192.in-addr.arpa.,10.2.0.192.in-addr.arpa.,192.0.2.10,PTR,300,same.example.,86400,same."
            "example.,"));
}

TEST_CASE("a cell of the table is one cell, and no formula") {
  auto plan = network(1);
  plan.phases.resize(1);
  auto& one = plan.phases[0].steps[0];
  one.owner = name("=cmd\\,x\\\"y.2.0.192.in-addr.arpa");
  const auto table = ticket_letter(plan, "noc@hoster.example", start).table;
  CHECK(lines_in(table) == 2);
  CHECK(has(table, ",\"'=cmd,x\\\"\"y.2.0.192.in-addr.arpa.\","));
}

TEST_CASE("nobody to write to") {
  CHECK(has(emit_ticket(Plan{}, start), "no zone of it is managed by ticket"));
}
