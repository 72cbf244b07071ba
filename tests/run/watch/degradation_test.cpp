// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/degradation.h"

#include <doctest/doctest.h>

#include <optional>
#include <string>
#include <vector>

namespace rdnsgate::run {
namespace {

using Lines = std::vector<std::string>;

Lines judged(const history::Latency& of, std::optional<Severity> open = {}, bool has_standards = true) {
  inventory::Inventory inventory;
  if (has_standards) {
    inventory.standards.latency_warn = milliseconds(500);
    inventory.standards.latency_fail = milliseconds(2000);
  }
  Lines lines;
  for (const auto& one : degradations({of}, inventory, [&](const auto&) { return open; }))
    lines.push_back(std::string(to_string(one.severity)) + " " + one.rule + " " + one.target.id);
  return lines;
}

history::Latency of_zone(double p95, std::size_t timeouts = 0, std::size_t questions = 100) {
  return {"authority", "2.0.192.in-addr.arpa", "", questions, timeouts, 0, p95 / 2, p95, p95};
}

TEST_CASE("a zone that is slow, against the standards of the inventory") {
  const std::string what = " watch-slow authority for 2.0.192.in-addr.arpa";
  CHECK(judged(of_zone(500)) == Lines{});
  CHECK(judged(of_zone(501)) == Lines{"warning" + what});
  CHECK(judged(of_zone(2001)) == Lines{"error" + what});
  CHECK(judged(of_zone(9000), {}, false) == Lines{});  // nobody says what is slow
  CHECK(judged(of_zone(9000, 0, 3)) == Lines{});       // too few to say
}

TEST_CASE("what is open stays so until it is clearly better") {
  const std::string what = " watch-slow authority for 2.0.192.in-addr.arpa";
  CHECK(judged(of_zone(450), Severity::warning) == Lines{"warning" + what});
  CHECK(judged(of_zone(400), Severity::warning) == Lines{});
  CHECK(judged(of_zone(450)) == Lines{});
  CHECK(judged(of_zone(1900), Severity::error) == Lines{"error" + what});
  CHECK(judged(of_zone(1900), Severity::warning) == Lines{"warning" + what});
  CHECK(judged(of_zone(1600), Severity::error) == Lines{"warning" + what});
  CHECK(judged(of_zone(1, 9), Severity::warning).size() == 1);
  CHECK(judged(of_zone(1, 8), Severity::warning) == Lines{});
}

TEST_CASE("a zone whose questions are not answered") {
  const std::string what = " watch-unanswered authority for 2.0.192.in-addr.arpa";
  CHECK(judged(of_zone(1, 10)) == Lines{});
  CHECK(judged(of_zone(1, 11)) == Lines{"warning" + what});
  CHECK(judged(of_zone(1, 51)) == Lines{"error" + what});
  CHECK(judged(of_zone(0, 100)) == Lines{"error" + what});  // and not slow, with nothing that was measured
  auto failing = of_zone(1);
  failing.failures = 20;
  CHECK(judged(failing) == Lines{"warning" + what});
}

TEST_CASE("all of a vantage, and one server, are not judged") {
  auto all = of_zone(9000);
  all.zone.clear();
  CHECK(judged(all) == Lines{});
  auto server = of_zone(9000);
  server.server = "192.0.2.53#53";
  CHECK(judged(server) == Lines{});
}

}  // namespace
}  // namespace rdnsgate::run
