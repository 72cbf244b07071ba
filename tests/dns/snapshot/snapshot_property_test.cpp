// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <doctest/doctest.h>

#include <algorithm>
#include <array>
#include <random>

#include "dns/delegation/delegation_verdict.h"
#include "dns/rdata_text.h"
#include "dns/snapshot_sample.h"

using namespace rdnsgate;
using namespace rdnsgate::dns;
using namespace rdnsgate::dns::test;

namespace {

std::size_t below(std::mt19937& random, std::size_t limit) {
  return std::uniform_int_distribution<std::size_t>(0, limit - 1)(random);
}

std::string random_octets(std::mt19937& random, std::size_t size) {
  std::string out(size, '\0');
  for (char& c : out) c = static_cast<char>(below(random, 256));
  return out;
}

constexpr std::array<std::string_view, 17> words{"null",
                                                 "true",
                                                 "-1",
                                                 "1e9",
                                                 "256",
                                                 "65536",
                                                 "4294967296",
                                                 "[]",
                                                 "{}",
                                                 "\"\"",
                                                 "\"PTR\"",
                                                 "\"nodata\"",
                                                 "\"answer\"",
                                                 "\"TYPE0\"",
                                                 "\"\\\\# 2 0a\"",
                                                 "\"\\\\\"",
                                                 "{\"hex\":\"ff\"}"};

/// Octets changed, lost, doubled and moved; values replaced by others that are JSON as well.
void mutate(std::mt19937& random, std::string& text) {
  const std::size_t from = below(random, text.size()),
                    size = std::min<std::size_t>(1 + below(random, 8), text.size() - from);
  switch (below(random, 6)) {
    case 0:
      text[from] = static_cast<char>(below(random, 256));
      break;
    case 1:
      text.erase(from, size);
      break;
    case 2:
      text.insert(below(random, text.size()), text.substr(from, size));
      break;
    case 3: {
      const auto line = text.find('\n', from);
      if (line != std::string::npos)
        text.insert(line + 1, text.substr(0, line + 1).substr(text.rfind('\n', from) + 1));
      break;
    }
    default: {
      const auto colon = text.find(':', from), end = text.find_first_of(",}\n", colon);
      if (colon != std::string::npos && end != std::string::npos)
        text.replace(colon + 1, end - colon - 1, words[below(random, words.size())]);
    }
  }
  if (text.empty()) text = "x";
}

/// Read, it is facts, which are written and read again as the same; or it is an error that says where.
bool holds(const std::string& octets) {
  const auto once = read(octets);
  if (!once) {
    CHECK(once.error().message.starts_with("facts.gz:"));
    return false;
  }
  once->facts.for_each([](const Fact& fact) {
    CHECK(is_positive(fact.outcome) <= (fact.rrset() != nullptr));
    fact.aliases(), fact.addresses(), fact.targets(), fact.negative_ttl();
    if (fact.delegation != nullptr) judge(fact.delegation->cut, fact.delegation->surroundings);
  });
  const auto written = packed(*once);
  const auto twice = read(written);
  REQUIRE_MESSAGE(twice, twice.error().message);
  CHECK(packed(*twice) == written);
  return true;
}

}  // namespace

TEST_CASE("a mutated snapshot is read as facts or refused with its line, and never anything else") {
  std::mt19937 random(8);
  const std::string text = plain(sample_snapshot());
  int kept = 0;
  for (int round = 0; round < 1000; ++round) {
    std::string octets = text;
    for (int change = round % 3; change >= 0; --change) mutate(random, octets);
    INFO(octets);
    kept += holds(octets) ? 1 : 0;
  }
  CHECK(kept > 20);
}

TEST_CASE("mutated compressed data is refused, or is what it was") {
  std::mt19937 random(9);
  const std::string whole = packed(sample_snapshot());
  for (int round = 0; round < 600; ++round) {
    std::string octets = whole;
    mutate(random, octets);
    if (round % 3 == 0) octets.resize(below(random, octets.size()));
    const auto done = read(octets);
    if (done) CHECK(plain(*done) == plain(sample_snapshot()));
  }
}

TEST_CASE("data of any type keeps every octet") {
  std::mt19937 random(10);
  for (int round = 0; round < 4000; ++round) {
    const auto type = static_cast<RrType>(below(random, 60));
    std::string rdata = random_octets(random, below(random, 40));
    if (round % 2 == 0)
      rdata = std::string(1, static_cast<char>(below(random, 30))) + rdata;  // may be a name, or a string
    if (round % 4 == 0) rdata += '\0';
    if (!has_shape(type, rdata)) continue;
    const auto text = exact_rdata_text(type, rdata);
    CAPTURE(text);
    const auto again = parse_rdata(type, text);
    REQUIRE(again.has_value());
    CHECK(*again == rdata);
    CHECK(std::all_of(text.begin(), text.end(), [](char c) { return c >= 0x20 && c < 0x7f; }));
  }
}

TEST_CASE("a sort key orders names as they compare") {
  std::mt19937 random(11);
  std::vector<Name> names{Name()};
  for (int i = 0; i < 120; ++i) {
    std::string wire;
    for (std::size_t labels = below(random, 4); labels > 0; --labels) {
      std::string label = random_octets(random, 1 + below(random, 3));
      for (char& c : label) c = static_cast<char>(c % 4);
      wire += static_cast<char>(label.size());
      wire += label;
    }
    names.push_back(Name::from_wire(wire + std::string(1, '\0')).value());
  }
  for (const auto& a : names) {
    for (const auto& b : names) {
      const auto order = a.sort_key().compare(b.sort_key());
      CHECK((a <=> b) == (order <=> 0));
    }
  }
}
