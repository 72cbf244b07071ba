// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/first/sources.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "base/files/boundary.h"
#include "base/text/text.h"
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

/// Those of a file, or where `path` is empty those that the program brings along.
Result<draft::KnownRelays> known_relays_of(const std::string& path, Sources& sources,
                                           Diagnostics& problems) {
  constexpr std::size_t max_list = std::size_t{1} << 20;
  if (path.empty()) {
    return draft::read_known_relays(
        sources, sources.add("known-relays.yaml", std::string(draft::own_known_relays())), problems);
  }
  auto text = inventory::read_file(path, max_list);
  if (!text) return fail("--known-relays: " + text.error().message, text.error().hint);
  return draft::read_known_relays(sources, sources.add(path, std::move(*text)), problems);
}

/// How an inventory that lies at a path can name zone files.
class NamedFrom {
 public:
  /// `inventory`: `-` is nowhere, and its folder the working one.
  static Result<NamedFrom> make(const std::string& inventory) {
    auto folder = inventory == "-" ? std::string() : inventory::folder_of(inventory);
    const auto real_folder = follow_path(folder.empty() ? "." : folder);
    if (!real_folder) return tl::unexpected(real_folder.error());
    return NamedFrom(std::move(folder), Boundary::around(*real_folder));
  }

  /// A zone that was read from `path`. Its file is empty where the inventory cannot name it.
  draft::Zone zone(const std::string& path, const dns::Name& name) {
    if (path.ends_with(".yaml") || path.ends_with(".")) return {name, "octodns", ""};
    if (follow_within(boundary_, path)) return {name, "zonefile", inventory::seen_from(folder_, path)};
    ++outside_;
    return {name, "zonefile", ""};
  }

  void say_what_lies_outside(draft::Estate& estate) const {
    if (outside_ == 0) return;
    estate.notes.push_back(fmt::format("{} outside of {}, where an inventory cannot name them.",
                                       counted(outside_, "file of a zone lies", "files of zones lie"),
                                       boundary_.root()));
  }

 private:
  NamedFrom(std::string folder, Boundary boundary)
      : folder_(std::move(folder)), boundary_(std::move(boundary)) {}

  std::string folder_;
  Boundary boundary_;
  std::size_t outside_ = 0;
};

Result<void> read_zones(const FirstSources& from, const std::string& inventory, Sources& sources,
                        draft::Estate& estate, Diagnostics& problems) {
  if (from.zone_files.empty()) return {};
  auto proposed = read_zone_files(from.zone_files, sources, nullptr);
  if (!proposed) return tl::unexpected(proposed.error());
  problems.insert(problems.end(), proposed->problems.begin(), proposed->problems.end());
  auto named = NamedFrom::make(inventory);
  if (!named) return tl::unexpected(named.error());
  draft::MailHosts mail;
  for (const auto& [path, zone] : proposed->zones) {
    mail.add(zone);
    auto declared = named->zone(path, zone.origin);
    draft::read_zone(zone, std::move(declared.managed_by), std::move(declared.file), estate);
  }
  named->say_what_lies_outside(estate);
  mail.apply(from.only, estate);
  return {};
}

/// Whether the record of a host that is to be declared, or its name, is in the zone.
bool holds_any(const dns::Name& zone, const draft::Estate& estate) {
  return std::any_of(estate.hosts.begin(), estate.hosts.end(), [&](const auto& entry) {
    const auto& [ip, host] = entry;
    return host.left_out.empty() &&
           (dns::reverse_name(ip).is_within(zone) || (host.helo && host.helo->is_within(zone)) ||
            std::any_of(host.ptr.begin(), host.ptr.end(),
                        [&](const auto& name) { return name.is_within(zone); }));
  });
}

}  // namespace

Result<draft::Wanted> wanted_of(const FirstSources& from, Sources& sources, Diagnostics& problems) {
  draft::Wanted wanted;
  if (!from.domains.empty() || !from.known_relays.empty()) {
    auto known = known_relays_of(from.known_relays, sources, problems);
    if (!known) return tl::unexpected(known.error());
    wanted.known = std::move(*known);
  }
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

Result<void> name_answering_zones(const std::vector<std::string>& zone_files, const std::string& path,
                                  Sources& sources, draft::Estate& estate) {
  if (zone_files.empty()) return {};
  const auto answering = read_zone_files(zone_files, sources, nullptr);
  if (!answering) return tl::unexpected(answering.error());
  auto named = NamedFrom::make(path);
  if (!named) return tl::unexpected(named.error());
  for (const auto& [file, zone] : answering->zones) {
    if (holds_any(zone.origin, estate)) estate.add_zone(named->zone(file, zone.origin));
  }
  named->say_what_lies_outside(estate);
  return {};
}

}  // namespace rdnsgate::run
