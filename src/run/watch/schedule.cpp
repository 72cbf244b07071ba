// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/watch/schedule.h"

#include <fmt/format.h>

#include <algorithm>
#include <cstdlib>
#include <string>

#include "base/hash.h"

namespace rdnsgate::run {
namespace {

std::uint64_t number_of(const std::string& text) {
  return std::strtoull(sha256_hex(text).substr(0, 16).c_str(), nullptr, 16);
}

}  // namespace

std::uint64_t seed_of(std::string_view host, std::string_view inventory) {
  return number_of(fmt::format("{}\n{}", host, inventory));
}

milliseconds due(const Schedule& schedule, std::uint64_t number) {
  const auto turn = schedule.every * static_cast<std::int64_t>(number);
  const auto most = schedule.every.count() * schedule.jitter_percent / 100;
  if (most == 0 || (number == 0 && schedule.first_at_once)) return turn;
  const auto share =
      number_of(fmt::format("{}/{}", schedule.seed, number)) % static_cast<std::uint64_t>(most);
  return turn + milliseconds(static_cast<std::int64_t>(share));
}

std::uint64_t next_look(const Schedule& schedule, std::uint64_t number, milliseconds elapsed) {
  const auto by_turn = static_cast<std::uint64_t>(std::max<std::int64_t>(0, elapsed / schedule.every));
  auto next = std::max(number + 1, by_turn);
  while (due(schedule, next) < elapsed) ++next;
  return next;
}

}  // namespace rdnsgate::run
