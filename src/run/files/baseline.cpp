// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/files/baseline.h"

#include <utility>

#include "inventory/files/read_file.h"
#include "report/baseline.h"

namespace rdnsgate::run {

Result<std::optional<audit::Baseline>> load_baseline(const std::string& path, Sources& sources) {
  if (path.empty()) return std::nullopt;
  auto text = inventory::read_file(path, largest_baseline);
  if (!text)
    return fail("--baseline: " + text.error().message,
                "make one with: rdnsgate baseline write report.json -o FILE");
  auto baseline = report::read_baseline(sources.add(path, std::move(*text)), sources);
  if (!baseline) return fail("--baseline: " + baseline.error().message, baseline.error().hint);
  return std::move(*baseline);
}

}  // namespace rdnsgate::run
