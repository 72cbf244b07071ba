// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/delegation/trust_anchors.h"

#include <fmt/format.h>

#include <algorithm>
#include <string>

#include "base/text/text.h"
#include "dns/rdata_reader.h"
#include "dns/zone/zone_lexer.h"

namespace rdnsgate::dns {
namespace {

constexpr std::size_t most_anchor_octets = 1 << 20;

/// Behind the owner, the TTL and the class (RFC 1035 §5.1).
std::size_t type_at(const ZoneEntry& entry) {
  std::size_t at = entry.blank_owner ? 0 : 1;
  while (at < entry.tokens.size()) {
    const auto word = ascii_lower(entry.tokens[at]);
    if (word != "in" && (word.front() < '0' || word.front() > '9')) break;  // no type begins with a digit
    ++at;
  }
  return at;
}

Result<void> read_anchor(const ZoneEntry& entry, Name& owner, TrustAnchors& anchors) {
  if (!entry.problem.empty()) return fail(entry.problem);
  if (!entry.blank_owner) {
    auto name = Name::parse(entry.tokens.front() == "@" ? "." : entry.tokens.front());
    if (!name) return tl::unexpected(name.error());
    owner = std::move(*name);
  }
  const auto at = type_at(entry);
  if (at >= entry.tokens.size()) return fail("this is no record");
  const auto type = ascii_lower(entry.tokens[at]);
  if (type != "ds" && type != "dnskey")
    return fail(fmt::format("a {} record is no trust anchor", entry.tokens[at]),
                "a trust anchor is a DS or a DNSKEY record");
  std::string text;
  for (std::size_t i = at + 1; i < entry.tokens.size(); ++i) {
    if (!text.empty()) text += ' ';
    text += entry.tokens[i];
  }
  auto rdata = RdataReader(Name()).read(entry.tokens[at], text);
  if (!rdata) return tl::unexpected(rdata.error());
  auto& anchor = anchors.zones[owner];
  (type == "ds" ? anchor.ds : anchor.keys).push_back(std::move(*rdata));
  return {};
}

}  // namespace

Result<TrustAnchors> read_trust_anchors(std::string_view text) {
  if (text.size() > most_anchor_octets) return fail("trust anchors of more than a mebibyte are none");
  TrustAnchors anchors;
  Name owner;
  ZoneLexer lexer(text);
  ZoneEntry entry;
  while (lexer.next(entry)) {
    if (entry.problem.empty() && (entry.tokens.front() == "$TTL" || entry.tokens.front() == "$ORIGIN"))
      continue;
    if (auto read = read_anchor(entry, owner, anchors); !read) {
      const auto line =
          1 + std::count(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(entry.begin), '\n');
      return fail(fmt::format("line {}: {}", line, read.error().message), read.error().hint);
    }
  }
  if (anchors.zones.empty())
    return fail("there is no trust anchor in it", "write a DS or DNSKEY record of the root");
  return anchors;
}

}  // namespace rdnsgate::dns
