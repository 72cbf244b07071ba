// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <doctest/doctest.h>

#include <chrono>
#include <string_view>
#include <vector>

#include "resolve/panel.h"

namespace rdnsgate::resolve::test {

inline const PanelOptions quick{
    .try_timeout = milliseconds(200), .retries = 2, .question_timeout = milliseconds(1000), .in_flight = 100};
/// For what must never look late, however busy the machine is.
inline const PanelOptions patient{.try_timeout = milliseconds(3000),
                                  .retries = 2,
                                  .question_timeout = milliseconds(9000),
                                  .in_flight = 100,
                                  .settle_step = milliseconds(100)};
/// For what is silent, many times over.
inline const PanelOptions brisk{
    .try_timeout = milliseconds(80), .retries = 2, .question_timeout = milliseconds(400), .in_flight = 100};

struct ForwardTo {
  std::optional<unsigned> questions_per_second;
  bool mix_case = false;
  const char* address = "127.0.0.1";
};

inline VantageConfig forward_config(std::uint16_t port, const ForwardTo& to = {}) {
  VantageConfig config;
  config.name = "lab";
  config.kind = dns::VantageKind::forward;
  config.address = IpAddress::parse(to.address).value();
  config.port = port;
  config.questions_per_second = to.questions_per_second;
  config.mix_case = to.mix_case;
  return config;
}

inline std::unique_ptr<dns::Panel> forward(std::uint16_t port, const PanelOptions& options = quick,
                                           const ForwardTo& to = {}) {
  return make_panel(std::vector{forward_config(port, to)}, options).value();
}

inline dns::Name name(std::string_view text) { return dns::Name::parse(text).value(); }

/// Serves the panel until `count` facts have arrived, a minute at most: sanitizers and a busy machine take their time.
inline std::vector<dns::Fact> collect(dns::Panel& panel, std::size_t count) {
  std::vector<dns::Fact> facts;
  panel.set_sink([&](dns::Fact&& fact) { facts.push_back(std::move(fact)); });
  const auto end = std::chrono::steady_clock::now() + std::chrono::seconds(60);
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
