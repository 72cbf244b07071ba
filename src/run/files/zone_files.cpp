// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/zone_files.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <iterator>
#include <map>
#include <set>
#include <utility>

#include "base/text/text.h"
#include "dns/zone/zone_file.h"
#include "inventory/files/paths.h"
#include "inventory/files/read_file.h"
#include "inventory/octodns/octodns_zone.h"
#include "run/files/declared_zones.h"
#include "run/files/find_zones.h"
#include "run/files/zone_includes.h"

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

/// One that includes others is read once: they may be others later.
bool includes_files(const Sources& sources, const std::vector<FileId>& files) {
  constexpr std::string_view include = "$include";
  for (const auto file : files) {
    const auto text = sources.text(file);
    for (auto at = text.find('$'); at != std::string_view::npos; at = text.find('$', at + 1)) {
      if (ascii_lower(text.substr(at, include.size())) == include) return true;
    }
  }
  return false;
}

Result<void> read_zone(const FoundZone& found, Sources& sources, Placing placing, ProposedZones& proposed) {
  const auto first = sources.count();
  const auto files = read_texts(found, sources);
  if (!files) return tl::unexpected(files.error());
  const auto known_problems = proposed.problems.size();
  const bool is_later = placing == Placing::later && (found.octodns || !includes_files(sources, *files));
  const bool keep_places = placing != Placing::none && !is_later;
  ProposedZones::Places places{files->front(), found.origin, found.octodns, {}, {}, {}};
  if (is_later) places.later = *files;
  if (found.octodns) {
    auto zone = inventory::read_octodns_zone(sources, *files, found.origin, proposed.problems,
                                             keep_places ? &places.yaml_records : nullptr);
    if (zone) {
      proposed.zones.push_back({found.path, std::move(*zone)});
      proposed.places.push_back(std::move(places));
    } else if (found.named) {
      return fail(fmt::format("{} holds no octoDNS records", found.path),
                  "an octoDNS zone is a mapping of owner names to records, each with a \"type\"");
    } else {
      proposed.passed_over.push_back({found.path, "it holds no octoDNS records", false});
    }
  } else {
    ZoneIncludes includes(found.folder);
    auto zone = dns::read_zone_file(sources, files->front(), found.origin, proposed.problems,
                                    keep_places ? &places.records : nullptr, includes.finder());
    if (proposed.usable() && zone.origin != found.origin) {
      return fail(
          fmt::format("{} holds the zone {}, not {}", found.path, zone.origin.text(), found.origin.text()),
          found.known_by == "the file's name"
              ? std::string("name the file after its zone")
              : fmt::format("{} says {}, and the SOA record {}", found.known_by, found.origin.text(),
                            zone.origin.text()));
    }
    proposed.zones.push_back({found.path, std::move(zone)});
    proposed.places.push_back(std::move(places));
  }
  // The texts are for showing what is wrong; those of a large estate are not kept for nothing.
  if (placing == Placing::none && proposed.problems.size() == known_problems) {
    for (auto file = first; file < sources.count(); ++file) sources.forget(static_cast<FileId>(file));
  }
  return {};
}

/// Once for each reason; not of files that a zone includes.
void say_what_was_passed_over(std::vector<PassedOver>& passed_over, Sources& sources, Diagnostics& problems) {
  std::set<std::string> read;
  for (FileId file = 0; !passed_over.empty() && file < sources.count(); ++file)
    read.insert(inventory::real_path(std::string(sources.path(file))));
  std::erase_if(passed_over,
                [&](const PassedOver& one) { return read.contains(inventory::real_path(one.path)); });
  constexpr std::size_t most = 10;
  std::map<std::string, std::vector<std::string_view>> by_reason;
  for (auto& one : passed_over) {
    if (!one.seems_zone) continue;
    auto& paths = by_reason[one.why];
    paths.push_back(one.path);
    one.said = paths.size() <= most;
  }
  for (const auto& [why, paths] : by_reason) {
    const auto shown = std::span(paths).first(std::min(paths.size(), most));
    const auto rest = paths.size() > most ? fmt::format(" and {} more (-v names them)", paths.size() - most)
                                          : std::string();
    problems.push_back(
        {Severity::warning,
         "zone-file",
         fmt::format("{}{} {} not read", fmt::join(shown, ", "), rest, paths.size() == 1 ? "is" : "are"),
         why,
         {sources.add_unreadable(std::string(paths.front())), 0, 0}});
  }
}

}  // namespace

bool ProposedZones::usable() const {
  return std::none_of(problems.begin(), problems.end(),
                      [](const Diagnostic& problem) { return problem.severity == Severity::error; });
}

Result<ProposedZones> read_zone_files(const std::vector<std::string>& paths, Sources& sources,
                                      const inventory::Inventory* inventory, Placing placing) {
  ProposedZones proposed;
  const auto declared = inventory != nullptr ? std::optional<DeclaredZones>(*inventory) : std::nullopt;
  std::vector<PassedOver> passed_over;
  const auto found = find_zones(paths, {&inventory::disk(), declared ? &*declared : nullptr, &passed_over});
  if (declared) declared->check_files(found ? *found : std::vector<FoundZone>(), proposed.problems);
  if (!found) {
    if (proposed.problems.empty()) return tl::unexpected(found.error());
    return proposed;  // what is not there may be why
  }
  for (const auto& zone : *found) {
    if (auto read = read_zone(zone, sources, placing, proposed); !read) return tl::unexpected(read.error());
  }
  if (proposed.zones.empty())
    return fail(fmt::format("there are no zone files in {}", fmt::join(paths, ", ")),
                std::string(looked_for));
  say_what_was_passed_over(passed_over, sources, proposed.problems);
  proposed.passed_over.insert(proposed.passed_over.end(), std::make_move_iterator(passed_over.begin()),
                              std::make_move_iterator(passed_over.end()));
  return proposed;
}

void place_records(ProposedZones& proposed, Sources& sources) {
  Diagnostics said;  // when they were read first
  for (auto& places : proposed.places) {
    const auto files = std::exchange(places.later, {});
    if (files.empty()) continue;
    if (places.octodns)
      inventory::read_octodns_zone(sources, files, places.origin, said, &places.yaml_records);
    else
      dns::read_zone_file(sources, files.front(), places.origin, said, &places.records);
  }
}

}  // namespace rdnsgate::run
