// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/read_document.h"

#include "inventory/dialect.h"
#include "yaml/problems.h"
#include "yaml/reader.h"

namespace rdnsgate::inventory {

std::optional<yaml::Document> read_document(const Sources& sources, FileId file, const Limits& limits) {
  yaml::Problems unsaid(sources, file, limits.errors, inventory_dialect);
  return yaml::read(limits, unsaid);
}

}  // namespace rdnsgate::inventory
