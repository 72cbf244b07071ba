// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "run/reports/join_shards.h"

namespace rdnsgate::run {
namespace {

using Part = report::Document::Part;

bool asks_alike(const report::Document& a, const report::Document& b) {
  const auto of_panel = [](const report::Document& document) { return document.part->vantages.size(); };
  if (of_panel(a) != of_panel(b)) return false;
  for (std::size_t i = 0; i < of_panel(a); ++i) {
    if (a.vantages[i].name != b.vantages[i].name || a.vantages[i].kind != b.vantages[i].kind) return false;
  }
  return true;
}

bool judges_alike(const Part& a, const Part& b) {
  const auto same = [](const Part::Entry& one, const Part::Entry& other) {
    return one.which == other.which && one.entry == other.entry;
  };
  return a.fail_on == b.fail_on && a.transient_fails == b.transient_fails &&
         a.inconclusive == b.inconclusive && a.files == b.files &&
         std::equal(a.entries.begin(), a.entries.end(), b.entries.begin(), b.entries.end(), same);
}

}  // namespace

Result<void> check_shards(const std::vector<NamedReport>& reports) {
  const auto& first = reports.front();
  const auto& of = first.document.part->shard.of;
  std::map<std::uint32_t, const NamedReport*> known;
  for (const auto& one : reports) {
    const auto& part = *one.document.part;
    if (part.vantages.size() > one.document.vantages.size())
      return fail(fmt::format("{} is no whole report: its shard has more vantages than it", one.path));
    if (part.shard.of != of)
      return fail(fmt::format("{} is shard {} of {}, and {} is one of {}", one.path, part.shard.number,
                              part.shard.of, first.path, of));
    const auto [same, is_new] = known.emplace(part.shard.number, &one);
    if (!is_new)
      return fail(fmt::format("shard {} of {} is there twice: {} and {}", part.shard.number, of,
                              same->second->path, one.path));
    if (one.document.tool_version != first.document.tool_version)
      return fail(fmt::format("{} was made by rdnsgate {}, and {} by {}", one.path, one.document.tool_version,
                              first.path, first.document.tool_version),
                  "run all shards with one version");
    if (!asks_alike(one.document, first.document))
      return fail(fmt::format("{} and {} did not ask the same vantages", first.path, one.path),
                  "run all shards with the same options");
    if (!judges_alike(part, *first.document.part))
      return fail(
          fmt::format("{} and {} were not judged by the same files and options", first.path, one.path),
          "run all shards in the same folder, with the same options");
  }
  std::vector<std::string> missing;
  for (std::uint32_t number = 1; number <= of; ++number) {
    if (!known.contains(number)) missing.push_back(std::to_string(number));
  }
  if (missing.empty()) return {};
  constexpr std::size_t most = 10;
  const auto all = missing.size();
  missing.resize(std::min(all, most));
  return fail(
      fmt::format("{} {}{} of {} {} missing", all == 1 ? "shard" : "shards", fmt::join(missing, ", "),
                  all > most ? fmt::format(" and {} more", all - most) : "", of, all == 1 ? "is" : "are"),
      fmt::format("run it with --shard {}/{}, and name its report too", missing.front(), of));
}

}  // namespace rdnsgate::run
