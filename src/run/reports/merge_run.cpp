// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/reports/merge_run.h"

#include <fmt/format.h>

#include <algorithm>

#include "run/files/load.h"
#include "run/findings/describe_rules.h"
#include "run/reports/join_shards.h"
#include "run/reports/stored_report.h"

namespace rdnsgate::run {
namespace {

Result<void> check_inventory(const std::vector<NamedReport>& reports) {
  const auto& first = reports.front();
  for (const auto& one : reports) {
    if (one.document.unusable)
      return fail(fmt::format("{} has judged nothing: its inventory could not be read", one.path));
    if (one.document.inventory_sha256 != first.document.inventory_sha256)
      return fail(
          fmt::format("{} and {} are of different inventories: {:.12} and {:.12} (SHA-256)", first.path,
                      one.path, first.document.inventory_sha256, one.document.inventory_sha256),
          "merge reports of one revision");
    if ((one.document.part != nullptr) != (first.document.part != nullptr))
      return fail(fmt::format("{} is of a shard, and {} is not", one.document.part ? one.path : first.path,
                              one.document.part ? first.path : one.path),
                  "merge the shards first");
  }
  return {};
}

}  // namespace

Attempt<report::Document> merge_run(const MergeRequest& request) {
  std::vector<NamedReport> reports;
  for (const auto& path : request.reports) {
    auto document = load_report(path);
    if (!document) return tl::unexpected(std::move(document.error()));
    reports.push_back({path == "-" ? "<stdin>" : path, std::move(*document)});
  }
  if (const auto checked = check_inventory(reports); !checked)
    return tl::unexpected<Failure>(checked.error());
  if (!reports.front().document.part) {
    auto joined = join_networks(std::move(reports));
    if (!joined) return tl::unexpected<Failure>(joined.error());
    describe_rules(*joined);
    add_inventory(*joined);
    return std::move(*joined);
  }
  if (const auto checked = check_shards(reports); !checked) return tl::unexpected<Failure>(checked.error());
  const auto& head = reports.front().document;
  const auto paths = find_inventory({request.inventory.empty() ? head.inventory_path : request.inventory});
  if (!paths)
    return tl::unexpected<Failure>(Error{
        paths.error().message, "the shards name their inventory; say where it lies now with --inventory"});
  Sources sources;
  auto loaded = load_inventory(sources, *paths);
  if (!loaded.inventory) return tl::unexpected(Failure(std::move(loaded.problems), std::move(sources)));
  if (loaded.inventory->sha256 != head.inventory_sha256)
    return tl::unexpected<Failure>(
        Error{fmt::format("{} is not the inventory of the reports any more: {:.12}, and not {:.12} (SHA-256)",
                          paths->named, loaded.inventory->sha256, head.inventory_sha256),
              "merge in a checkout of the revision that was judged, or say where it lies with --inventory"});
  auto joined = join_shards(std::move(reports), *loaded.inventory, sources, request.coverage);
  add_excerpts(joined, sources);
  describe_rules(joined);
  return joined;
}

}  // namespace rdnsgate::run
