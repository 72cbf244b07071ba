// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/zone_includes.h"

#include <fmt/format.h>

#include <set>

#include "base/text/text.h"
#include "inventory/files/paths.h"
#include "inventory/files/read_file.h"

namespace rdnsgate::run {

ZoneIncludes::ZoneIncludes(const std::string& folder)
    : root_(follow_path(folder.empty() ? "." : folder)),
      boundary_(root_ ? Boundary::around(*root_) : Boundary("/", false)) {}

dns::FindIncluded ZoneIncludes::finder() {
  return [this](const std::string& from, const std::string& name) { return find(from, name); };
}

Result<dns::IncludedText> ZoneIncludes::find(const std::string& from, const std::string& name) {
  if (!root_) return tl::unexpected(root_.error());
  if (const auto real = follow_path(from)) shown_.try_emplace(*real, from);
  const auto path = inventory::beside(inventory::folder_of(from), name);
  const auto real = follow_within(boundary_, path);
  if (!real) return tl::unexpected(real.error());
  const auto& shown = shown_.try_emplace(*real, path).first->second;
  auto text = inventory::read_file(*real, dns::max_zone_octets, shown);
  if (!text) {
    return fail(fmt::format("$INCLUDE {}: {}", name, text.error().message),
                "a name is relative to the file that $INCLUDE stands in");
  }
  return dns::IncludedText{shown, std::move(*text)};
}

dns::IncludedTexts ZoneIncludes::all_of(const std::string& path, const dns::Name& origin,
                                        const std::string& text) {
  dns::IncludedTexts all;
  // Most files include nothing, and are not read for that.
  if (ascii_upper(text).find("$INCLUDE") == std::string::npos) return all;
  const dns::FindIncluded note = [&](const std::string& from, const std::string& name) {
    auto found = find(from, name);
    if (found) all.emplace(std::pair(from == path ? std::string() : from, name), *found);
    return found;
  };
  Sources sources;
  Diagnostics problems;
  dns::read_zone_file(sources, sources.add(path, text), origin, problems, nullptr, note);
  return all;
}

std::vector<std::string> included_by(const std::string& path, const std::string& folder) {
  const auto text = inventory::read_file(path, dns::max_zone_octets);
  if (!text) return {};
  std::set<std::string> paths;
  for (auto& [by, found] : ZoneIncludes(folder).all_of(path, dns::Name(), *text))
    paths.insert(std::move(found.path));
  return {paths.begin(), paths.end()};
}

}  // namespace rdnsgate::run
