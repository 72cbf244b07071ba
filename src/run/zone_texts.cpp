// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/zone_texts.h"

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "run/files/zone_files.h"

namespace rdnsgate::run {
namespace {

std::vector<audit::ZoneText> as_texts(ProposedZones&& read, ProposedZones&& earlier) {
  std::map<dns::Name, dns::ZoneFile> before;
  for (auto& source : earlier.zones) before.emplace(source.zone.origin, std::move(source.zone));
  std::vector<audit::ZoneText> texts;
  for (std::size_t i = 0; i < read.zones.size(); ++i) {
    audit::ZoneText text{
        std::move(read.zones[i].zone), read.places[i].file, std::move(read.places[i].records), {}};
    if (const auto was = before.find(text.zone.origin); was != before.end())
      text.earlier = std::move(was->second);
    texts.push_back(std::move(text));
  }
  return texts;
}

/// What is wrong with a zone that can be used all the same, unless a rule says it: zone-ttl-differs does.
Diagnostics unruled(const ProposedZones& read) {
  Diagnostics problems;
  std::set<FileId> ruled;
  for (const auto& places : read.places) {
    for (const auto& record : places.records) ruled.insert(record.file);
  }
  for (const auto& problem : read.problems) {
    const bool is_said =
        ruled.contains(problem.at.file) && problem.message.find(" differ in TTL;") != std::string::npos;
    if (!is_said) problems.push_back(problem);
  }
  return problems;
}

}  // namespace

Attempt<ZoneTexts> read_zone_texts(const std::vector<std::string>& paths,
                                   const std::vector<std::string>& earlier_paths,
                                   const inventory::Inventory& inventory, Sources& sources,
                                   Sources& earlier_sources) {
  if (paths.empty()) return ZoneTexts();
  auto read = read_zone_files(paths, sources, &inventory, true);
  if (!read) return tl::unexpected(read.error());
  ProposedZones earlier;
  if (!earlier_paths.empty()) {
    auto was = read_zone_files(earlier_paths, earlier_sources, &inventory);
    if (!was) return tl::unexpected(was.error());
    if (!was->usable()) {
      Failure failure(std::move(was->problems), std::move(earlier_sources));
      failure.error.message = "the zone files given with --base-zone-files cannot be read";
      return tl::unexpected(std::move(failure));
    }
    earlier = std::move(*was);
  }
  ZoneTexts all;
  all.usable = read->usable();
  all.problems = all.usable ? unruled(*read) : read->problems;
  all.texts = as_texts(std::move(*read), std::move(earlier));
  return all;
}

}  // namespace rdnsgate::run
