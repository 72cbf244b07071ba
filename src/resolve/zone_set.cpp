// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/zone_set.h"

#include <fmt/format.h>

#include <algorithm>

namespace rdnsgate::resolve {
namespace {

/// Names in the configuration of libunbound stand in quotation marks that know no escape.
bool is_plain(const std::string& name) {
  return std::all_of(name.begin(), name.end(), [](char c) {
    return (c >= 'a' && c <= 'z') || (c >= '0' && c <= '9') ||
           std::string_view("-_./").find(c) != std::string_view::npos;
  });
}

std::string plain_form(const dns::ZoneFile& zone) {
  std::string out;
  for (const auto& set : zone.rrsets) {
    for (const auto& rdata : set.rdata) {
      fmt::format_to(std::back_inserter(out), "{} {} IN {} {}\n", set.owner.fqdn(), set.ttl,
                     to_string(set.type), rdata_text(set.type, rdata));
    }
  }
  // A name of which something is open exists, whatever else it has: its other types are NODATA, and no
  // wildcard stretches over it. A type for private use (RFC 6895 §3.1) says so.
  for (const auto& open : zone.open)
    fmt::format_to(std::back_inserter(out), "{} 0 IN TYPE65534 \\# 0\n", open.owner.fqdn());
  return out;
}

std::size_t key_of(const dns::Name& owner, dns::RrType type) {
  const auto hash = std::hash<std::string_view>()(owner.wire());
  return hash ^ (static_cast<std::size_t>(type) * 0x9E3779B97F4A7C15u);
}

}  // namespace

Result<ZoneSet> ZoneSet::load(std::span<const ZoneSource> sources, const TempDir& dir) {
  if (sources.empty()) return fail("no zone file is given");
  ZoneSet set;
  for (const auto& source : sources) {
    if (auto added = set.add(source, dir); !added) return tl::unexpected(added.error());
  }
  for (const auto& source : sources) set.keep_ttls(source.zone);
  return set;
}

Result<void> ZoneSet::add(const ZoneSource& source, const TempDir& dir) {
  const auto& zone = source.zone;
  if (!is_plain(zone.origin.text())) {
    return fail(fmt::format("{}: the zone name {} holds characters that are not supported", source.path,
                            zone.origin.text()));
  }
  const auto known = std::find_if(zones_.begin(), zones_.end(),
                                  [&](const Loaded& other) { return other.origin == zone.origin; });
  if (known != zones_.end()) {
    return fail(
        fmt::format("two files for the zone {}: {} and {}", zone.origin.text(), known->source, source.path),
        "give the one that is to be judged");
  }
  auto copy = dir.write(fmt::format("{}.zone", zones_.size()), plain_form(zone));
  if (!copy) return tl::unexpected(copy.error());
  zones_.push_back({zone.origin, source.path, std::move(*copy)});
  cuts_.insert_or_assign(zone.origin.wire(), Place::inside);
  for (const auto& rrset : zone.rrsets) {
    if (rrset.type == dns::RrType::NS) cuts_.try_emplace(rrset.owner.wire(), Place::delegated);
  }
  for (const auto& open : zone.open) {
    // Where these may be, what lies below is not the zone's to answer.
    if (open.type == dns::RrType::NS || open.type == dns::RrType::DNAME)
      cuts_.try_emplace(open.owner.wire(), Place::delegated);
  }
  open_.add(zone);
  return {};
}

/// At a cut and below it, what stands in a zone is another's to say.
void ZoneSet::keep_ttls(const dns::ZoneFile& zone) {
  for (const auto& set : zone.rrsets) {
    if (cut_over(set.owner, set.type) == zone.origin.wire())
      ttls_.emplace(key_of(set.owner, set.type), set.ttl);
  }
}

std::optional<std::uint32_t> ZoneSet::ttl_of(const dns::Name& owner, dns::RrType type) const {
  const auto found = ttls_.find(key_of(owner, type));
  if (found == ttls_.end()) return std::nullopt;
  return found->second;
}

std::string_view ZoneSet::cut_over(const dns::Name& name, dns::RrType type) const {
  std::string_view suffix = name.wire();
  const auto up = [&] { suffix.remove_prefix(1u + static_cast<unsigned char>(suffix[0])); };
  if (type == dns::RrType::DS && suffix.size() > 1) up();  // it belongs to the parent's side of the cut
  while (true) {
    if (const auto cut = cuts_.find(suffix); cut != cuts_.end()) return cut->first;
    if (suffix.size() == 1) return {};
    up();
  }
}

ZoneSet::Place ZoneSet::place(const dns::Name& name, dns::RrType type) const {
  const auto cut = cut_over(name, type);
  return cut.empty() ? Place::outside : cuts_.find(cut)->second;
}

}  // namespace rdnsgate::resolve
