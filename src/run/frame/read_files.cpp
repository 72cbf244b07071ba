// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/frame/read_files.h"

#include <fmt/format.h>

#include <utility>

#include "run/files/load.h"
#include "run/files/zone_files.h"

namespace rdnsgate::run {

Attempt<inventory::Inventory> read_inventory(const std::vector<std::string>& named, Sources& sources,
                                             Listener& listener) {
  const auto paths = find_inventory(named);
  if (!paths) return tl::unexpected(paths.error());
  auto loaded = load_inventory(sources, *paths);
  if (!loaded.inventory) return tl::unexpected(Failure(std::move(loaded.problems), std::move(sources)));
  listener.problems(loaded.problems, sources);
  return std::move(*loaded.inventory);
}

Attempt<std::vector<resolve::ZoneSource>> read_answers(const std::vector<std::string>& zone_files,
                                                       const inventory::Inventory* inventory,
                                                       Sources& sources, Listener& listener) {
  if (zone_files.empty()) return std::vector<resolve::ZoneSource>();
  auto read = read_zone_files(zone_files, sources, inventory);
  if (!read) return tl::unexpected(read.error());
  if (!read->usable()) return tl::unexpected(Failure(std::move(read->problems), std::move(sources)));
  listener.problems(read->problems, sources);
  tell_of(read->passed_over, listener);
  return std::move(read->zones);
}

void tell_of(const std::vector<PassedOver>& passed_over, Listener& listener) {
  for (const auto& one : passed_over) {
    if (!one.said) listener.detail(fmt::format("{} is not read: {}", one.path, one.why));
  }
}

}  // namespace rdnsgate::run
