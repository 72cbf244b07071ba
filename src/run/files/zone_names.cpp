// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/zone_names.h"

#include <algorithm>
#include <array>
#include <vector>

#include "base/ascii.h"
#include "base/text/text.h"
#include "dns/zone/zone_lexer.h"
#include "inventory/classless_block.h"

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

struct Stripped {
  std::string_view before, middle, behind;
};

/// Without what people write around the name of a zone or a network; once at each end.
Stripped without_ends(std::string_view file) {
  Stripped stripped{"", file, ""};
  for (const std::string_view ending : {".zone", ".rev", ".reverse", ".db", ".hosts"}) {
    if (const auto rest = without_ending(stripped.middle, ending); rest && stripped.behind.empty())
      stripped.middle = *rest, stripped.behind = ending;
  }
  for (const std::string_view beginning : {"db.", "named.", "master.", "slave.", "pri.", "zone.", "rev."}) {
    if (stripped.before.empty() && stripped.middle.size() > beginning.size() &&
        stripped.middle.starts_with(beginning))
      stripped.before = beginning, stripped.middle.remove_prefix(beginning.size());
  }
  return stripped;
}

/// A file's name in parts, between dots, or between whatever else stands there alone: `2001-db8-1`, `2001:db8::`.
std::vector<std::string> parts_of(std::string_view name) {
  const auto at = name.find_first_of(".-_:");
  const char mark = at == std::string_view::npos ? '.' : name[at];
  if (mark == ':' && name.ends_with("::")) name.remove_suffix(2);
  std::vector<std::string> parts(1);
  for (const char c : name) {
    if (c == mark) {
      parts.emplace_back();
    } else {
      parts.back() += to_lower(c);
    }
  }
  return parts;
}

constexpr std::string_view under_ip6 = "ip6.arpa";

/// As global and unique local addresses begin (RFC 4291 §2.4, RFC 4193 §3.1).
bool begins_network(std::string_view nibbles) {
  return nibbles.front() == '2' || nibbles.front() == '3' || nibbles.starts_with("fd");
}

/// `8.b.d.0.1.0.0.2`, in whichever order.
std::optional<NetworkFileName> nibbles_name(const std::vector<std::string>& parts, bool usual) {
  constexpr std::size_t least = 4, most = 31;
  if (parts.size() < least || parts.size() > most) return std::nullopt;
  std::string written, turned;
  for (const auto& part : parts) {
    if (part.size() != 1) return std::nullopt;
    written += part;
  }
  turned.assign(written.rbegin(), written.rend());
  const auto zone_of = [](const std::string& nibbles) {  // of those of an address, the first one first
    std::string zone;
    for (const char nibble : nibbles) zone = std::string(1, nibble) + "." + zone;
    return zone + std::string(under_ip6);
  };
  const bool as_written = begins_network(written), as_turned = begins_network(turned);
  if (!as_written && !as_turned) return std::nullopt;
  return NetworkFileName{zone_of(as_written ? written : turned), zone_of(as_turned ? turned : written),
                         usual};
}

/// `2001.db8.1`: groups as addresses are written.
std::optional<NetworkFileName> groups_name(const std::vector<std::string>& parts, bool dots, bool usual) {
  constexpr std::size_t nibbles = 4, most = 7;
  if (parts.size() < 2 || parts.size() > most || parts.front().size() != nibbles) return std::nullopt;
  if (!begins_network(parts.front())) return std::nullopt;
  // 2001.de is a domain.
  const bool has_digit = parts.back().find_first_of("0123456789") != std::string::npos;
  if (dots && parts.size() == 2 && !has_digit) return std::nullopt;
  std::string zone(under_ip6);
  for (const auto& part : parts) {
    if (part.empty() || part.size() > nibbles) return std::nullopt;
    for (const char nibble : std::string(nibbles - part.size(), '0') + part)
      zone = std::string(1, nibble) + "." + zone;
  }
  return NetworkFileName{zone, zone, usual};
}

std::optional<NetworkFileName> ip6_network_name(const Stripped& stripped, bool usual) {
  const auto parts = parts_of(stripped.middle);
  constexpr std::string_view digits = "0123456789abcdef";
  for (const auto& part : parts) {
    if (part.find_first_not_of(digits) != std::string::npos) return std::nullopt;
  }
  if (auto found = nibbles_name(parts, usual)) return found;
  return groups_name(parts, stripped.middle.find('.') != std::string_view::npos, usual);
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

std::string_view other_ending(std::string_view file) {
  if (file.ends_with('~')) return file.substr(file.size() - 1);
  const auto dot = file.rfind('.');
  const auto ending = dot == std::string_view::npos ? std::string_view() : file.substr(dot + 1);
  const bool known =
      std::find(other_endings.begin(), other_endings.end(), ascii_lower(ending)) != other_endings.end();
  return known ? ending : std::string_view();
}

std::optional<NetworkFileName> network_file_name(std::string_view file) {
  const auto stripped = without_ends(file);
  const bool usual = stripped.before == "db." || stripped.behind == ".rev";
  if (auto found = ip6_network_name(stripped, usual)) return found;
  std::string zone, turned;
  std::size_t octets = 0;
  for (std::string_view rest = stripped.middle;;) {
    const auto dot = rest.find('.');
    const auto octet = rest.substr(0, dot);
    if (!inventory::octet_of(octet) || ++octets > 3) return std::nullopt;
    zone = std::string(octet) + "." + zone;
    turned += std::string(octet) + ".";
    if (dot == std::string_view::npos) break;
    rest = rest.substr(dot + 1);
  }
  return NetworkFileName{zone + "in-addr.arpa", turned + "in-addr.arpa", usual};
}

std::string bare_zone_name(std::string_view file) {
  const auto stripped = without_ends(file);
  return stripped.middle == file ? std::string() : std::string(stripped.middle);
}

std::optional<ZoneBeginning> zone_beginning(std::string_view text) {
  dns::ZoneLexer lexer(text);
  dns::ZoneEntry entry;
  std::optional<dns::Name> origin;
  const auto absolute = [&](std::string_view word) -> std::optional<dns::Name> {
    if (!origin && !dns::ends_in_dot(word)) return std::nullopt;
    auto name = dns::Name::relative(word, origin.value_or(dns::Name()));
    return name ? std::optional(std::move(*name)) : std::nullopt;
  };
  while (lexer.next(entry) && entry.problem.empty()) {
    const auto& tokens = entry.tokens;
    const auto first = ascii_lower(tokens.front());
    if (first == "$include") return ZoneBeginning{};
    if (first == "$origin" && tokens.size() == 2) origin = absolute(tokens[1]);
    if (first.front() == '$') continue;
    // Owner, TTL and class may stand before the type (RFC 1035 §5.1).
    const std::size_t most = std::min<std::size_t>(tokens.size(), 4);
    const bool is_soa = std::any_of(tokens.begin(), tokens.begin() + static_cast<std::ptrdiff_t>(most),
                                    [](std::string_view token) { return ascii_lower(token) == "soa"; });
    if (!is_soa) return std::nullopt;
    return ZoneBeginning{entry.blank_owner ? std::nullopt : absolute(tokens.front())};
  }
  return std::nullopt;
}

}  // namespace rdnsgate::run
