// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <string_view>
#include <vector>

#include "resolve/panel.h"

namespace rdnsgate::resolve::test {

inline dns::Name name(std::string_view text) { return dns::Name::parse(text).value(); }

/// Serves the panel until `count` facts have arrived, ten seconds at most.
inline std::vector<dns::Fact> collect(dns::Panel& panel, std::size_t count) {
  std::vector<dns::Fact> facts;
  panel.set_sink([&](dns::Fact&& fact) { facts.push_back(std::move(fact)); });
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(10);
  while (facts.size() < count && std::chrono::steady_clock::now() < end) panel.run_once(milliseconds(100));
  panel.set_sink({});
  REQUIRE(facts.size() == count);
  return facts;
}

inline dns::Fact ask(dns::Panel& panel, std::string_view text, dns::RrType type = dns::RrType::PTR) {
  panel.ask({0, name(text), type});
  return collect(panel, 1).front();
}

}  // namespace rdnsgate::resolve::test
