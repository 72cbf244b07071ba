// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/first/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/boundary.h"
#include "base/text.h"
#include "draft/csv.h"
#include "draft/mail_hosts.h"
#include "draft/netbox.h"
#include "draft/tofu.h"
#include "draft/zone_records.h"
#include "inventory/files/paths.h"
#include "inventory/files/read_file.h"
#include "inventory/model/expand.h"
#include "run/files/zone_files.h"

namespace rdnsgate::run {
namespace {

constexpr std::size_t max_source = std::size_t{64} << 20;

Result<void> want(std::string_view text, draft::Wanted& wanted) {
  const auto range = inventory::parse_range(text);
  if (!range) return tl::unexpected(range.error());
  if (range->count > draft::Wanted::most_addresses - wanted.addresses.size()) {
    return fail(
        fmt::format("{} makes more than {} addresses to ask for", text, draft::Wanted::most_addresses),
        "name the blocks that hosts are in");
  }
  for (std::uint64_t i = 0; i < range->count; ++i) wanted.addresses.push_back(range->first.plus(i));
  return {};
}

/// One address, range or block a line; what follows a # is a comment.
Result<void> want_lines(const std::string& path, draft::Wanted& wanted) {
  const auto text = inventory::read_file(path, max_source);
  if (!text) return fail(text.error().message, "write one address, range or block a line");
  std::size_t number = 0;
  for (std::size_t begin = 0; begin < text->size();) {
    const std::size_t end = std::min(text->find('\n', begin), text->size());
    auto line = std::string_view(*text).substr(begin, end - begin);
    begin = end + 1;
    ++number;
    line = trimmed(line.substr(0, line.find('#')), " \t\r");
    if (line.empty()) continue;
    if (auto wants = want(line, wanted); !wants)
      return fail(fmt::format("{}:{}: {}", path, number, wants.error().message), wants.error().hint);
  }
  return {};
}

using ReadTable = void (*)(const Sources&, FileId, draft::Estate&, Diagnostics&);

Result<void> read_table(const std::string& path, ReadTable read, Sources& sources, draft::Estate& estate,
                        Diagnostics& problems) {
  if (path.empty()) return {};
  auto text = inventory::read_file(path, max_source);
  if (!text) return fail(text.error().message);
  read(sources, sources.add(path, std::move(*text)), estate, problems);
  return {};
}

Result<void> read_zones(const FirstSources& from, const std::string& inventory, Sources& sources,
                        draft::Estate& estate, Diagnostics& problems) {
  if (from.zone_files.empty()) return {};
  auto proposed = read_zone_files(from.zone_files, sources, nullptr);
  if (!proposed) return tl::unexpected(proposed.error());
  problems.insert(problems.end(), proposed->problems.begin(), proposed->problems.end());
  const auto folder = inventory == "-" ? std::string() : inventory::folder_of(inventory);
  const auto real_folder = follow_path(folder.empty() ? "." : folder);
  if (!real_folder) return tl::unexpected(real_folder.error());
  const auto boundary = Boundary::around(*real_folder);
  std::size_t outside = 0;
  draft::MailHosts mail;
  for (const auto& [path, zone] : proposed->zones) {
    const bool octodns = path.ends_with(".yaml") || path.ends_with(".");
    const bool is_within = octodns || follow_within(boundary, path).has_value();
    outside += is_within ? 0 : 1;
    mail.add(zone);
    draft::read_zone(zone, octodns ? "octodns" : "zonefile",
                     octodns || !is_within ? std::string() : inventory::seen_from(folder, path), estate);
  }
  if (outside > 0)
    estate.notes.push_back(fmt::format("{} outside of {}, where an inventory cannot name them.",
                                       counted(outside, "file of a zone lies", "files of zones lie"),
                                       boundary.root()));
  mail.apply(from.only, estate);
  return {};
}

}  // namespace

Result<draft::Wanted> wanted_of(const FirstSources& from) {
  draft::Wanted wanted;
  for (const auto& text : from.addresses) {
    if (auto wants = want(text, wanted); !wants) return tl::unexpected(wants.error());
  }
  if (!from.address_file.empty()) {
    if (auto wants = want_lines(from.address_file, wanted); !wants) return tl::unexpected(wants.error());
  }
  for (const auto& text : from.domains) {
    auto name = dns::Name::from_host(text);
    if (!name) return tl::unexpected(name.error());
    wanted.domains.push_back(std::move(*name));
  }
  return wanted;
}

Result<draft::Estate> estate_of(const FirstSources& from, const std::string& path, Sources& sources,
                                Diagnostics& problems) {
  draft::Estate estate;
  for (auto read : {read_zones(from, path, sources, estate, problems),
                    read_table(from.csv, draft::read_csv, sources, estate, problems),
                    read_table(from.netbox, draft::read_netbox, sources, estate, problems),
                    read_table(from.tofu, draft::read_tofu, sources, estate, problems)}) {
    if (!read) return tl::unexpected(std::move(read.error()));
  }
  return estate;
}

}  // namespace rdnsgate::run
