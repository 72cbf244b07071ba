// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/zone_files.h"

#include <fmt/format.h>

#include <algorithm>

#include "dns/zone/zone_file.h"
#include "inventory/files/read_file.h"
#include "inventory/octodns/octodns_zone.h"
#include "run/files/find_zones.h"

namespace rdnsgate::run {
namespace {

constexpr std::size_t max_zone_text = std::size_t{64} << 20;

Result<std::vector<FileId>> read_texts(const FoundZone& found, Sources& sources) {
  std::vector<FileId> files;
  for (const auto& path : found.files) {
    auto text = inventory::read_file(path, max_zone_text);
    if (!text) return fail(text.error().message);
    files.push_back(sources.add(path, std::move(*text)));
  }
  return files;
}

Result<void> read_zone(const FoundZone& found, Sources& sources, bool keep_places, ProposedZones& proposed) {
  const auto files = read_texts(found, sources);
  if (!files) return tl::unexpected(files.error());
  const auto known_problems = proposed.problems.size();
  if (found.octodns) {
    auto zone = inventory::read_octodns_zone(sources, *files, found.origin, proposed.problems);
    if (zone) {
      proposed.zones.push_back({found.path, std::move(*zone)});
      proposed.places.push_back({files->front(), {}});
    } else if (found.named) {
      return fail(fmt::format("{} holds no octoDNS records", found.path),
                  "an octoDNS zone is a mapping of owner names to records, each with a \"type\"");
    }
  } else {
    ProposedZones::Places places{files->front(), {}};
    auto zone = dns::read_zone_file(sources, files->front(), found.origin, proposed.problems,
                                    keep_places ? &places.records : nullptr);
    if (proposed.usable() && zone.origin != found.origin) {
      return fail(
          fmt::format("{} holds the zone {}, not {}", found.path, zone.origin.text(), found.origin.text()),
          "name the file after its zone");
    }
    proposed.zones.push_back({found.path, std::move(zone)});
    proposed.places.push_back(std::move(places));
  }
  // The texts are for showing what is wrong; those of a large estate are not kept for nothing.
  if (!keep_places && proposed.problems.size() == known_problems) {
    for (const auto file : *files) sources.forget(file);
  }
  return {};
}

}  // namespace

bool ProposedZones::usable() const {
  return std::none_of(problems.begin(), problems.end(),
                      [](const Diagnostic& problem) { return problem.severity == Severity::error; });
}

Result<ProposedZones> read_zone_files(const std::vector<std::string>& paths, Sources& sources,
                                      bool keep_places) {
  const auto found = find_zones(paths);
  if (!found) return tl::unexpected(found.error());
  ProposedZones proposed;
  for (const auto& zone : *found) {
    if (auto read = read_zone(zone, sources, keep_places, proposed); !read)
      return tl::unexpected(read.error());
  }
  if (proposed.zones.empty())
    return fail(fmt::format("there are no zone files in {}", fmt::join(paths, ", ")),
                std::string(looked_for));
  return proposed;
}

}  // namespace rdnsgate::run
