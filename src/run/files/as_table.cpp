// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/as_table.h"

#include "inventory/files/read_file.h"
#include "run/files/load.h"

namespace rdnsgate::run {
namespace {

constexpr std::size_t max_table = std::size_t{256} << 20;

}  // namespace

std::optional<audit::AsTable> load_as_table(const inventory::Inventory& inventory,
                                            const audit::Policy& policy, Sources& sources,
                                            Diagnostics& problems) {
  const auto& named = inventory.standards.as_data;
  if (!named || !policy.is_on(policy.index_of("deleg-ns-same-as"))) return std::nullopt;
  const auto path = beside(inventory, named->path);
  auto text = inventory::read_file(path, max_table);
  if (!text) {
    problems.push_back({Severity::error, "as-data", text.error().message,
                        "put a table there, or leave as_data out and do without deleg-ns-same-as",
                        named->at});
    return std::nullopt;
  }
  const std::size_t known = problems.size();
  const auto file = sources.add(path, std::move(*text));
  auto table = audit::AsTable::read(sources, file, problems);
  if (problems.size() == known) sources.forget(file);
  return table;
}

}  // namespace rdnsgate::run
