// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/read_inventory.h"

#include <utility>

#include "run/files/load.h"

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

}  // namespace rdnsgate::run
