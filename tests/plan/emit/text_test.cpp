// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
//
// The text of a plan for 250 addresses: what a person is to read fits three screens of 50 lines.
#include <doctest/doctest.h>

#include <algorithm>

#include "base/text/wrap.h"
#include "plan/emit/emit.h"
#include "plan/lab.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

const Time start = parse_time("2027-05-31T08:00:00Z").value();
constexpr int addresses = 250;

/// Names of no order: `b7f2.example.net` says nothing of `192.0.2.17`.
std::string unordered(int i, const std::string& tail) {
  std::string text;
  for (unsigned value = static_cast<unsigned>(i + 1) * 2654435761u; value > 0; value /= 26)
    text += static_cast<char>('a' + value % 26);
  return text + tail;
}

struct Estate {
  bool is_numbered = true, has_own_helo = true;
  int first = 2;

  std::string host(int i, const std::string& era) const {
    return is_numbered ? era + std::to_string(i) + ".mail.example"
                       : unordered(i, "." + era + ".mail.example");
  }
  Inventory inventory(const std::string& era) const {
    Builder builder;
    builder.zone("2.0.192.in-addr.arpa", ManagedBy::ticket).zone("3.0.192.in-addr.arpa").zone("mail.example");
    for (int i = 0; i < addresses; ++i)
      builder.address(has_own_helo ? "mx" + std::to_string(i) : "pool", address(i), host(i, era),
                      has_own_helo ? host(i, era) : std::string());
    return builder.build();
  }
  /// Half of them in each of two zones.
  std::string address(int i) const {
    return (i < addresses / 2 ? "192.0.2." : "192.0.3.") + std::to_string(first + i % (addresses / 2));
  }
  Dns dns() const {
    Dns dns;
    dns.zone("2.0.192.in-addr.arpa").zone("3.0.192.in-addr.arpa").zone("mail.example");
    for (int i = 0; i < addresses; ++i)
      dns.ptr(address(i), 86400, {host(i, "old")}).a(host(i, "old"), 86400, {address(i)});
    return dns;
  }
  Plan plan() const {
    const auto base = inventory("old");
    return plan_for(dns(), inventory("new"), &base).value();
  }
};

/// Lines on a terminal of so many columns.
long lines_of(const std::string& text, std::size_t width) {
  long lines = 0;
  for (std::size_t at = 0; at < text.size();) {
    const auto end = text.find('\n', at);
    const auto shown = wrapped(std::string_view(text).substr(at, end - at), width, "           ");
    lines += 1 + std::count(shown.begin(), shown.end(), '\n');
    at = end + 1;
  }
  return lines;
}

}  // namespace

TEST_CASE("250 addresses fit three screens, with the summary first, and in full every record is there") {
  for (const bool is_numbered : {true, false}) {
    for (const bool has_own_helo : {true, false}) {
      CAPTURE(is_numbered);
      CAPTURE(has_own_helo);
      const Estate estate{is_numbered, has_own_helo};
      const auto plan = estate.plan();
      const auto brief = emit_text(plan, start, Detail::brief);
      INFO(brief);
      CHECK(lines_of(brief, 100) <= 150);
      CHECK(brief.find("\n  What   250 PTR records changed, 250 A records added, 250 A records removed\n") !=
            std::string::npos);
      CHECK(brief.find("250 addresses: 192.0.2.2-192.0.2.126, 192.0.3.2-192.0.3.126\n") != std::string::npos);
      CHECK(brief.find("\n  Risk   rollback is cheap until") < brief.find("preflight"));
      CHECK(brief.find("192.0.2.2-192.0.2.126 (125 PTR records)") != std::string::npos);
      const auto full = emit_text(plan, start, Detail::full);
      for (const auto& phase : plan.phases) {
        for (const auto& step : phase.steps)
          REQUIRE(full.find("    " + step.owner.text() + " " + std::string(dns::to_string(step.type)) +
                            "\n") != std::string::npos);
      }
      CHECK(lines_of(full, 100) > 3000);
      CHECK(full.substr(0, full.find("DNS as of")) == brief.substr(0, brief.find("DNS as of")));
    }
  }
}

TEST_CASE("many waves are not listed one by one") {
  Estate estate;
  auto base = estate.inventory("old"), now = estate.inventory("new");
  now.defaults.rollout.max_wave = 2;
  const auto plan = plan_for(estate.dns(), now, &base).value();
  REQUIRE(plan.phases.size() > 200);
  const auto brief = emit_text(plan, start, Detail::brief);
  CHECK(brief.find("more waves (--details)") != std::string::npos);
  CHECK(lines_of(brief, 100) <= 150);
}
