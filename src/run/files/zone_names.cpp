// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/zone_names.h"

#include <algorithm>
#include <array>

#include "base/text.h"
#include "dns/zone/zone_lexer.h"

namespace rdnsgate::run {
namespace {

using Kind = ZoneFileName::Kind;

// What name servers and editors put beside a zone file, and what else has a dot in its name.
constexpr std::array<std::string_view, 23> other_endings{
    "bak",     "old",   "orig", "rej", "save", "swp", "tmp",  "dist", "jnl", "jbk", "signed", "key",
    "private", "state", "conf", "txt", "md",   "rst", "json", "yml",  "csv", "sh",  "py"};

std::optional<std::string_view> without_ending(std::string_view file, std::string_view ending) {
  if (file.size() <= ending.size() || !file.ends_with(ending)) return std::nullopt;
  return file.substr(0, file.size() - ending.size());
}

std::optional<ZoneFileName> uncertain(std::string_view zone) {
  const std::size_t dot = zone.rfind('.');
  if (dot == std::string_view::npos || dot == 0) return std::nullopt;
  const auto last = zone.substr(dot + 1);
  const bool is_number =
      last.find_first_not_of("0123456789") == std::string_view::npos;  // so is the empty one
  if (is_number ||
      std::find(other_endings.begin(), other_endings.end(), ascii_lower(last)) != other_endings.end())
    return std::nullopt;
  return ZoneFileName{Kind::bind, std::string(zone), true};
}

}  // namespace

std::optional<ZoneFileName> zone_file_name(std::string_view file) {
  if (file.empty() || file.front() == '.' || file.back() == '~') return std::nullopt;
  if (const auto zone = without_ending(file, ".zone")) return ZoneFileName{Kind::bind, std::string(*zone)};
  // As octoDNS itself has it: a zone's file is the zone's name, final dot included, and "yaml".
  if (const auto zone = without_ending(file, ".yaml")) {
    if (zone->find('.') == std::string_view::npos) return std::nullopt;
    return ZoneFileName{Kind::octodns, std::string(*zone)};
  }
  for (const std::string_view ending : {".db", ".hosts"}) {
    if (const auto zone = without_ending(file, ending)) return uncertain(*zone);
  }
  return uncertain(file.starts_with("db.") ? file.substr(3) : file);
}

bool begins_as_zone_file(std::string_view text) {
  dns::ZoneLexer lexer(text);
  dns::ZoneEntry entry;
  while (lexer.next(entry) && entry.problem.empty()) {
    if (entry.tokens.front().front() == '$') continue;
    // Owner, TTL and class may stand before the type (RFC 1035 §5.1).
    const std::size_t most = std::min<std::size_t>(entry.tokens.size(), 4);
    return std::any_of(entry.tokens.begin(), entry.tokens.begin() + static_cast<std::ptrdiff_t>(most),
                       [](std::string_view token) { return ascii_lower(token) == "soa"; });
  }
  return false;
}

}  // namespace rdnsgate::run
