// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/digest/runs.h"

#include <doctest/doctest.h>

#include <algorithm>
#include <deque>

#include "plan/digest/host_lines.h"
#include "plan/digest/shape.h"
#include "plan/lab.h"

using namespace rdnsgate;
using namespace rdnsgate::plan;
using namespace rdnsgate::plan::test;

namespace {

/// Changes, put together by hand.
class Sample {
 public:
  Sample& ptr(const std::string& address, const std::string& before, const std::string& after,
              std::uint32_t ttl = 300) {
    return add("2.0.192.in-addr.arpa", dns::reverse_name(ip(address)).text(), RrType::PTR, before, after,
               ttl);
  }
  Sample& add(const std::string& zone, const std::string& owner, RrType type, const std::string& before,
              const std::string& after, std::uint32_t ttl = 300) {
    Step step;
    step.zone = name(zone);
    step.owner = name(owner);
    step.type = type;
    step.before = version(type, before, 86400);
    step.after = version(type, after, ttl);
    steps_.push_back(step);
    return *this;
  }
  Step& last() { return steps_.back(); }

  std::vector<RecordChange> changes() const {
    std::vector<const Step*> all;
    for (const auto& step : steps_) all.push_back(&step);
    return changes_of(all);
  }
  /// `title | from | to`, one line each.
  std::string runs(std::size_t most = 6) const {
    std::string text;
    for (const auto& run : runs_of(changes(), most))
      text += run.title + " | " + run.from + " | " + run.to + "\n";
    return text;
  }

 private:
  static MaybeVersion version(RrType type, const std::string& data, std::uint32_t ttl) {
    if (data.empty()) return std::nullopt;
    Version made{ttl, {}};
    if (type == RrType::PTR) made.rdata = {name(data).wire()};
    if (type == RrType::A) {
      const auto address = ip(data);
      made.rdata = {std::string(reinterpret_cast<const char*>(address.data()), address.size())};
    }
    if (type == RrType::TXT) {
      for (std::size_t at = 0; at < data.size(); at += 255) {
        const auto part = data.substr(at, 255);
        if (made.rdata.empty()) made.rdata.emplace_back();
        made.rdata.front() += static_cast<char>(part.size()) + part;
      }
    }
    return made;
  }

  std::deque<Step> steps_;
};

}  // namespace

TEST_CASE("numbered records are one run, in the order in which people count") {
  Sample sample;
  for (const int i : {9, 100, 10, 11, 8}) {
    const auto n = std::to_string(i);
    sample.ptr("192.0.2." + n, "old-" + n + ".example", "new-" + n + ".example");
  }
  CHECK(sample.runs() ==
        "192.0.2.8-192.0.2.11, 192.0.2.100 (5 PTR records) | old-8.example. .. old-100.example., TTL 1d | "
        "new-8.example. .. new-100.example., TTL 5m\n");
}

TEST_CASE("two records are two entries, and what is done otherwise is another one") {
  Sample sample;
  sample.ptr("192.0.2.1", "a1.example", "b1.example").ptr("192.0.2.2", "a2.example", "b2.example");
  CHECK(sample.runs() ==
        "1.2.0.192.in-addr.arpa PTR | a1.example., TTL 1d | b1.example., TTL 5m\n"
        "2.2.0.192.in-addr.arpa PTR | a2.example., TTL 1d | b2.example., TTL 5m\n");
  sample.ptr("192.0.2.3", "a3.example", "b3.example").ptr("192.0.2.4", "a4.example", "b4.example", 60);
  sample.ptr("192.0.2.5", "a5.example", "").ptr("192.0.2.6", "other.example", "b6.example");
  CHECK(sample.runs() ==
        "192.0.2.1-192.0.2.3 (3 PTR records) | a1.example. .. a3.example., TTL 1d | b1.example. .. "
        "b3.example., TTL 5m\n"
        "4.2.0.192.in-addr.arpa PTR | a4.example., TTL 1d | b4.example., TTL 1m\n"
        "5.2.0.192.in-addr.arpa PTR | a5.example., TTL 1d | (none)\n"
        "6.2.0.192.in-addr.arpa PTR | other.example., TTL 1d | b6.example., TTL 5m\n");
}

TEST_CASE(
    "addresses behind numbered names are a range, equal data is said once, and data that stays is the same") {
  Sample sample;
  for (int i = 1; i <= 12; ++i) {
    const auto n = std::to_string(i);
    sample.add("example", "mx" + n + ".example", RrType::A, "192.0.2." + n, "192.0.2." + n);
  }
  CHECK(sample.runs() ==
        "mx1.example .. mx12.example (12 A records) | 192.0.2.1-192.0.2.12, TTL 1d | the same, TTL 5m\n");
  Sample equal;
  for (int i = 1; i <= 3; ++i) equal.ptr("192.0.2." + std::to_string(i), "", "pool.example");
  CHECK(equal.runs() == "192.0.2.1-192.0.2.3 (3 PTR records) | (none) | pool.example., TTL 5m\n");
}

TEST_CASE("names without a number are one entry where there are too many to list") {
  Sample sample;
  for (int i = 0; i < 7; ++i)
    sample.ptr("192.0.2." + std::to_string(10 + i), std::string(1, static_cast<char>('a' + i)) + ".example",
               "pool.example");
  for (int i = 1; i < 4; ++i) {
    const auto n = std::to_string(i);
    sample.ptr("192.0.2." + n, "mx" + n + ".example", "out" + n + ".example");
  }
  CHECK(sample.runs(6) ==
        "192.0.2.1-192.0.2.3 (3 PTR records) | mx1.example. .. mx3.example., TTL 1d | out1.example. .. "
        "out3.example., TTL 5m\n"
        "192.0.2.10-192.0.2.16 (7 PTR records) | a.example. .. g.example. (7 different), TTL 1d | "
        "pool.example., TTL 5m\n");
  CHECK(runs_of(sample.changes(), 8).size() == 8);
  CHECK(subjects_of(sample.changes()) ==
        "192.0.2.1-192.0.2.3 (3 PTR records), 192.0.2.10-192.0.2.16 (7 PTR records)");
}

TEST_CASE("zones are apart, and why a record is changed by hand parts runs") {
  Sample sample;
  for (const auto* zone : {"b.example", "a.example"}) {
    for (int i = 1; i <= 3; ++i)
      sample.add(zone, "mx" + std::to_string(i) + "." + zone, RrType::A, "", "192.0.2." + std::to_string(i));
  }
  const auto runs = runs_of(sample.changes());
  REQUIRE(runs.size() == 2);
  CHECK(*runs[0].zone == name("a.example"));
  sample.last().by_hand = "because";
  const auto parted = runs_of(sample.changes());
  REQUIRE(parted.size() == 4);
  CHECK(std::count_if(parted.begin(), parted.end(),
                      [](const Run& run) { return run.by_hand == "because"; }) == 1);
}

TEST_CASE("of a long record the words that change are shown") {
  std::string terms;
  for (int i = 1; i < 30; ++i) terms += " ip4:198.51.100." + std::to_string(i);
  Sample sample;
  sample.add("example", "example", RrType::TXT, "v=spf1" + terms + " -all",
             "v=spf1" + terms + " ip4:192.0.2.1 -all");
  const auto run = runs_of(sample.changes()).front();
  CHECK(run.to.find("v=spf1 .. ip4:192.0.2.1 -all") != std::string::npos);
  CHECK(run.to.size() < 60);
  CHECK(run.from.size() < 60);
}

TEST_CASE("texts that differ in numbers have one shape") {
  CHECK(shape_of("mx12-3.example") == "mx#-#.example");
}

TEST_CASE("what is done to many hosts is one line, with the addresses as ranges") {
  std::vector<Manual> manual;
  for (int i = 1; i <= 20; ++i) {
    const auto n = std::to_string(i);
    manual.push_back({"mx" + n,
                      "change the HELO name from a" + n + ".example to b" + n + ".example on 192.0.2." + n,
                      HostAction::switch_helo,
                      {ip("192.0.2." + n)},
                      {},
                      {},
                      {}});
  }
  manual.push_back({"pool",
                    "stop sending from 192.0.2.100, 192.0.2.101, 192.0.2.102",
                    HostAction::stop_egress,
                    {ip("192.0.2.100"), ip("192.0.2.101"), ip("192.0.2.102")},
                    {},
                    {},
                    {}});
  std::vector<const Manual*> all;
  for (const auto& one : manual) all.push_back(&one);
  CHECK(host_lines(all) ==
        std::vector<std::string>{
            "mx1 .. mx20: change the HELO name from a1.example to b1.example on 192.0.2.1, and so on "
            "(20 times: 192.0.2.1-192.0.2.20)",
            "pool: stop sending from 192.0.2.100-192.0.2.102"});
  CHECK(host_lines(all, 1).back() == "and 1 more");
}
