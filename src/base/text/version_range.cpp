// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/version_range.h"

#include <fmt/format.h>

#include <array>
#include <charconv>
#include <compare>
#include <optional>

#include "base/text/text.h"

namespace rdnsgate {
namespace {

using Version = std::array<unsigned, 3>;

std::optional<Version> parse_version(std::string_view text) {
  Version version{};
  const char* at = text.data();
  const char* const end = at + text.size();
  for (auto& part : version) {
    const auto [stop, failed] = std::from_chars(at, end, part);
    if (failed != std::errc()) return std::nullopt;
    if (stop == end) return version;
    if (*stop != '.') return std::nullopt;
    at = stop + 1;
  }
  return std::nullopt;
}

std::optional<bool> holds(std::string_view comparison, std::strong_ordering order) {
  if (comparison == ">=") return order >= 0;
  if (comparison == ">") return order > 0;
  if (comparison == "<=") return order <= 0;
  if (comparison == "<") return order < 0;
  if (comparison == "=") return order == 0;
  if (comparison == "!=") return order != 0;
  return std::nullopt;
}

}  // namespace

Result<bool> version_within(std::string_view version, std::string_view range) {
  const auto ours = parse_version(version);
  bool within = true;
  for (std::size_t at = 0; at <= range.size();) {
    const std::size_t comma = std::min(range.find(',', at), range.size());
    const auto term = trimmed(range.substr(at, comma - at));
    const std::size_t digits = std::min(term.find_first_not_of("<>=!"), term.size());
    const auto theirs = parse_version(trimmed(term.substr(digits)));
    const auto answer = ours && theirs ? holds(term.substr(0, digits), *ours <=> *theirs) : std::nullopt;
    if (!answer) return fail(fmt::format("\"{}\" is no range of versions", range), "such as \">= 0.1, < 2\"");
    within = within && *answer;
    at = comma + 1;
  }
  return within;
}

}  // namespace rdnsgate
