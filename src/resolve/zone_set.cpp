// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/zone_set.h"

#include <fmt/format.h>

#include <algorithm>
#include <fstream>

namespace rdnsgate::resolve {
namespace {

constexpr std::uintmax_t max_file = std::uintmax_t{64} << 20;

Result<std::string> read_text(const std::string& path) {
  std::error_code error;
  const auto status = std::filesystem::status(path, error);
  if (!std::filesystem::exists(status)) return fail(fmt::format("zone file {} does not exist", path));
  if (!std::filesystem::is_regular_file(status)) return fail(fmt::format("zone file {} is not a file", path));
  const auto size = std::filesystem::file_size(path, error);
  if (error || size > max_file) return fail(fmt::format("zone file {} is larger than 64 MiB", path));
  std::ifstream in(path, std::ios::binary);
  std::string text(size, '\0');
  in.read(text.data(), static_cast<std::streamsize>(size));
  if (!in) return fail(fmt::format("zone file {} cannot be read", path), "look at its permissions");
  return text;
}

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
  return out;
}

}  // namespace

Result<ZoneSet> ZoneSet::load(std::span<const ZoneSource> sources, const TempDir& dir) {
  if (sources.empty()) return fail("no zone file is given");
  ZoneSet set;
  for (const auto& source : sources) {
    if (auto added = set.add(source, dir); !added) return tl::unexpected(added.error());
  }
  return set;
}

Result<void> ZoneSet::add(const ZoneSource& source, const TempDir& dir) {
  auto text = read_text(source.path);
  if (!text) return tl::unexpected(text.error());
  Sources texts;
  const auto file = texts.add(source.path, std::move(*text));
  Diagnostics problems;
  const auto zone = dns::read_zone_file(texts, file, source.origin, problems);
  const auto error = std::find_if(problems.begin(), problems.end(),
                                  [](const Diagnostic& item) { return item.severity == Severity::error; });
  if (error != problems.end()) {
    return fail(fmt::format("{}:{}: {}", source.path, texts.locate(error->at).line, error->message),
                error->hint);
  }
  if (zone.origin != source.origin) {
    return fail(
        fmt::format("{} holds the zone {}, not {}", source.path, zone.origin.text(), source.origin.text()));
  }
  if (!is_plain(zone.origin.text()))
    return fail(fmt::format("the zone name {} holds characters that are not supported", zone.origin.text()));
  for (const auto& other : zones_) {
    if (other.origin == zone.origin)
      return fail(
          fmt::format("two files for the zone {}: {} is the second", zone.origin.text(), source.path));
  }
  auto copy = dir.write(fmt::format("{}.zone", zones_.size()), plain_form(zone));
  if (!copy) return tl::unexpected(copy.error());
  zones_.push_back({zone.origin, std::move(*copy)});
  cuts_.insert_or_assign(zone.origin.wire(), Place::inside);
  for (const auto& rrset : zone.rrsets) {
    if (rrset.type == dns::RrType::NS) cuts_.try_emplace(rrset.owner.wire(), Place::delegated);
  }
  return {};
}

ZoneSet::Place ZoneSet::place(const dns::Name& name, dns::RrType type) const {
  std::string_view suffix = name.wire();
  const auto up = [&] { suffix.remove_prefix(1u + static_cast<unsigned char>(suffix[0])); };
  if (type == dns::RrType::DS && suffix.size() > 1) up();  // it belongs to the parent's side of the cut
  while (true) {
    if (const auto cut = cuts_.find(suffix); cut != cuts_.end()) return cut->second;
    if (suffix.size() == 1) return Place::outside;
    up();
  }
}

}  // namespace rdnsgate::resolve
