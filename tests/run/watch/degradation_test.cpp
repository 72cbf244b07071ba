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

TEST_CASE("what is expected is the threshold that was passed") {
  inventory::Inventory inventory;
  inventory.standards.latency_warn = milliseconds(500);
  inventory.standards.latency_fail = milliseconds(2000);
  const auto expected = [&](double p95) {
    return degradations({of_zone(p95)}, inventory, [](const auto&) { return std::nullopt; }).at(0).expected;
  };
  CHECK(expected(501) == "answers within 500 ms");
  CHECK(expected(2001) == "answers within 2000 ms");
}

TEST_CASE("what is open stays so until it is clearly better") {
  const std::string what = " watch-slow authority for 2.0.192.in-addr.arpa";
  CHECK(judged(of_zone(450), Severity::warning) == Lines{"warning" + what});
  CHECK(judged(of_zone(400), Severity::warning) == Lines{});
  CHECK(judged(of_zone(450)) == Lines{});
  CHECK(judged(of_zone(1900), Severity::error) == Lines{"error" + what});
  CHECK(judged(of_zone(1900), Severity::warning) == Lines{"warning" + what});
  CHECK(judged(of_zone(1600), Severity::error) == Lines{"warning" + what});
  CHECK(judged(of_zone(450), Severity::error) == Lines{"warning" + what});
  CHECK(judged(of_zone(400), Severity::error) == Lines{});
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

TEST_CASE("all of a vantage is not judged") {
  auto all = of_zone(9000);
  all.zone.clear();
  CHECK(judged(all) == Lines{});
}

history::Latency of_server(const std::string& server, double p95, std::size_t timeouts = 0,
                           std::size_t questions = 100) {
  auto one = of_zone(p95, timeouts, questions);
  one.server = server;
  return one;
}

std::vector<history::Seen> judged_servers(std::vector<history::Latency> servers,
                                          std::optional<Severity> open = {}) {
  inventory::Inventory inventory;
  inventory.standards.latency_warn = milliseconds(500);
  inventory.standards.latency_fail = milliseconds(2000);
  servers.insert(servers.begin(), of_zone(9000, 90));  // what is judged is the servers
  return degradations(servers, inventory, [&](const auto&) { return open; });
}

TEST_CASE("one server that is slow while others are not") {
  const auto seen = judged_servers(
      {of_server("ns1.example.net 192.0.2.1", 9), of_server("ns2.example.net 192.0.2.2", 2500)});
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].rule == "watch-slow");
  CHECK(seen[0].severity == Severity::warning);  // resolvers turn to the other
  CHECK(seen[0].observed == "slower at ns2.example.net 192.0.2.2 only");
  CHECK(seen[0].expected == "answers within 500 ms");
  CHECK(seen[0].message ==
        "authority takes 2500 ms for 2.0.192.in-addr.arpa at ns2.example.net 192.0.2.2 only (95 % of 100 "
        "questions)");
  CHECK(seen[0].target.id == "authority for 2.0.192.in-addr.arpa");
  CHECK(seen[0].fingerprint == judged_servers({of_server("ns1", 600)})[0].fingerprint);
}

TEST_CASE("all servers are slow: the best of them says how bad it is") {
  auto seen = judged_servers({of_server("ns1", 600), of_server("ns2", 2500)});
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].severity == Severity::warning);
  CHECK(seen[0].observed == "slower");
  seen = judged_servers({of_server("ns1", 2100), of_server("ns2", 2500)});
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].severity == Severity::error);
  CHECK(seen[0].message == "authority takes 2500 ms for 2.0.192.in-addr.arpa (95 % of 100 questions)");
}

TEST_CASE("servers that are well, or were hardly asked, say nothing") {
  CHECK(judged_servers({of_server("ns1", 20), of_server("ns2", 499)}).empty());
  CHECK(judged_servers({of_server("ns1", 20), of_server("ns2", 9000, 0, 3)}).empty());
  CHECK(judged_servers({of_server("ns1", 20), of_server("ns2", 450)}, Severity::warning).size() == 1);
  CHECK(judged_servers({of_server("ns1", 20), of_server("ns2", 400)}, Severity::warning).empty());
}

TEST_CASE("one server that does not answer while others do") {
  const auto seen =
      judged_servers({of_server("ns1", 20), of_server("ns2", 20, 60), of_server("ns3", 20, 11)});
  REQUIRE(seen.size() == 1);
  CHECK(seen[0].rule == "watch-unanswered");
  CHECK(seen[0].severity == Severity::warning);
  CHECK(seen[0].observed == "questions without an answer at ns2, ns3 only");
  CHECK(seen[0].message ==
        "authority has no answer to 60 of 100 questions about 2.0.192.in-addr.arpa at ns2, ns3 only (60 "
        "timed out)");
  CHECK(judged_servers({of_server("ns1", 0, 100), of_server("ns2", 0, 100)})[0].severity == Severity::error);
}

}  // namespace
}  // namespace rdnsgate::run
