// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/frame/zone_texts.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "inventory/files/read_file.h"
#include "run/files/declared_zones.h"
#include "run/files/zone_files.h"

namespace rdnsgate::run {
namespace {

/// In the form that records of zone files have, as far as rules that judge files look at it.
std::vector<dns::PlacedRecord> as_records(const std::vector<inventory::OctodnsPlace>& places) {
  std::vector<dns::PlacedRecord> records(places.size());
  for (std::size_t i = 0; i < places.size(); ++i) {
    auto& record = records[i];
    record.file = places[i].at.file;
    record.owner = places[i].owner;
    record.type = places[i].type;
    record.rdata = places[i].rdata;
    record.all = {places[i].at.begin, places[i].at.end};
  }
  return records;
}

std::vector<audit::ZoneText> as_texts(ProposedZones&& read, std::map<dns::Name, dns::ZoneFile>&& before) {
  std::vector<audit::ZoneText> texts;
  for (std::size_t i = 0; i < read.zones.size(); ++i) {
    auto& places = read.places[i];
    audit::ZoneText text{std::move(read.zones[i].zone), places.file, std::move(places.records), {}};
    text.octodns = places.octodns;
    if (text.octodns) text.records = as_records(places.yaml_records);
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

/// The zones as they were, of those that can be read; `failure` says what is wrong with one that cannot.
std::map<dns::Name, dns::ZoneFile> read_earlier(const std::vector<std::string>& paths,
                                                const inventory::Inventory& inventory, Sources& sources,
                                                std::string& failure) {
  std::map<dns::Name, dns::ZoneFile> before;
  auto read = read_zone_files(paths, sources, &inventory);
  if (!read) {
    failure = read.error().message;
    return before;
  }
  std::set<FileId> broken;
  for (const auto& problem : read->problems) {
    if (problem.severity != Severity::error) continue;
    broken.insert(problem.at.file);
    if (failure.empty())
      failure = fmt::format("{}:{}: {}", sources.path(problem.at.file), sources.locate(problem.at).line,
                            problem.message);
  }
  for (std::size_t i = 0; i < read->zones.size(); ++i) {
    // The files of a zone stand side by side, what it includes too.
    const auto behind =
        i + 1 < read->places.size() ? read->places[i + 1].file : static_cast<FileId>(sources.count());
    const auto first_broken = broken.lower_bound(read->places[i].file);
    if (first_broken != broken.end() && *first_broken < behind) continue;
    before.emplace(read->zones[i].zone.origin, std::move(read->zones[i].zone));
  }
  return before;
}

}  // namespace

Attempt<ZoneTexts> read_zone_texts(const std::vector<std::string>& paths,
                                   const std::vector<std::string>& earlier_paths,
                                   const inventory::Inventory& inventory, Sources& sources,
                                   Sources& earlier_sources) {
  if (paths.empty()) return ZoneTexts();
  auto read = read_zone_files(paths, sources, &inventory, Placing::now);
  if (!read) return tl::unexpected(read.error());
  ZoneTexts all;
  std::map<dns::Name, dns::ZoneFile> before;
  if (!earlier_paths.empty()) {
    // Paths that lead nowhere, or out of the repository, are a mistake of whoever named them.
    const DeclaredZones declared(inventory);
    const auto found = find_zones(earlier_paths, {&inventory::disk(), &declared, nullptr});
    if (!found) return tl::unexpected(found.error());
    for (const auto& zone : *found) {
      for (const auto& file : zone.files) {
        if (const auto text = inventory::read_file(file, std::size_t{64} << 20); !text)
          return tl::unexpected(Error{text.error().message, text.error().hint});
      }
    }
    before = read_earlier(earlier_paths, inventory, earlier_sources, all.earlier_failure);
  }
  all.usable = read->usable();
  all.problems = all.usable ? unruled(*read) : read->problems;
  all.passed_over = std::move(read->passed_over);
  all.texts = as_texts(std::move(*read), std::move(before));
  return all;
}

}  // namespace rdnsgate::run
