// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/rewrite.h"

#include <fmt/format.h>

#include <string>

#include "base/wording.h"

namespace rdnsgate::yaml {
namespace {

/// Letters, digits and what stands inside names, addresses and words: none of it begins anything in YAML.
bool is_plain(std::string_view text) {
  constexpr std::string_view safe = "abcdefghijklmnopqrstuvwxyzABCDEFGHIJKLMNOPQRSTUVWXYZ0123456789._/:-";
  return text.find_first_not_of(safe) == std::string_view::npos && text.front() != ':' &&
         text.back() != ':' && text.front() != '-' && plain_scalar_kind(text) == Kind::text;
}

}  // namespace

std::optional<Fix> rewrite(const Value& scalar, const Sources& sources, std::string_view text) {
  const auto was = scalar.text();
  const auto raw = sources.text(scalar.span());
  if (text.empty() || was == text) return std::nullopt;
  Fix fix{fmt::format("write {}", in_quotes(text)), scalar.span(), std::string(text)};
  if (raw == was) {
    if (!is_plain(text)) fix.text = fmt::format("\"{}\"", text);
    return fix;
  }
  const bool in_quotes = raw.size() == was.size() + 2 && (raw.front() == '"' || raw.front() == '\'') &&
                         raw.back() == raw.front() && raw.substr(1, was.size()) == was;
  if (!in_quotes || text.find_first_of("\"'\\") != std::string_view::npos) return std::nullopt;
  ++fix.at.begin;
  --fix.at.end;
  return fix;
}

}  // namespace rdnsgate::yaml
