// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/facts/response_times.h"

#include <algorithm>
#include <cmath>

namespace rdnsgate::dns {
namespace {

// Each step is two in a hundred longer than the one before: its middle is off by one at most. The longest time has 1120.
const double step = std::log(1.02);

std::uint16_t step_of(std::uint32_t rtt_us) {
  return static_cast<std::uint16_t>(std::log(std::max<std::uint32_t>(rtt_us, 1)) / step);
}

double middle_ms(std::uint16_t at) { return std::exp((at + 0.5) * step) / 1000; }

}  // namespace

void ResponseTimes::add(Outcome outcome, std::uint32_t rtt_us) {
  ++questions_;
  if (is_definite(outcome))
    ++answers_[step_of(rtt_us)];
  else
    ++(outcome == Outcome::timeout ? timeouts_ : failures_);
}

double ResponseTimes::percentile_ms(unsigned percent) const {
  const std::size_t answered = questions_ - timeouts_ - failures_;
  std::size_t left = std::max<std::size_t>((answered * percent + 99) / 100, 1);
  for (const auto& [at, count] : answers_) {
    if (count >= left) return middle_ms(at);
    left -= count;
  }
  return 0;
}

}  // namespace rdnsgate::dns
