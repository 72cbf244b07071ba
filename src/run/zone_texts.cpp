// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/zone_texts.h"

#include <algorithm>
#include <map>
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

/// What is wrong with a zone that can be used all the same, unless a rule says it: of zone files that is that
/// TTLs differ.
Diagnostics unruled(const ProposedZones& read) {
  Diagnostics problems;
  for (const auto& problem : read.problems) {
    const bool ruled = std::any_of(read.places.begin(), read.places.end(), [&](const auto& places) {
      return places.file == problem.at.file && !places.records.empty();
    });
    if (!ruled) problems.push_back(problem);
  }
  return problems;
}

}  // namespace

Attempt<ZoneTexts> read_zone_texts(const std::vector<std::string>& paths,
                                   const std::vector<std::string>& earlier_paths, Sources& sources,
                                   Sources& earlier_sources) {
  if (paths.empty()) return ZoneTexts();
  auto read = read_zone_files(paths, sources, true);
  if (!read) return tl::unexpected(read.error());
  ProposedZones earlier;
  if (!earlier_paths.empty()) {
    auto was = read_zone_files(earlier_paths, earlier_sources);
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
