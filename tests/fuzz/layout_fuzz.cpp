// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// What rewrites a file: the layout is found once and stays found, and no fix leaves the text or overlaps.
#include <cstddef>
#include <cstdint>
#include <string>

#include "inventory/dialect.h"
#include "inventory/model/style.h"
#include "require.h"
#include "yaml/layout.h"
#include "yaml/problems.h"
#include "yaml/reader.h"

namespace {

using namespace rdnsgate;

std::string laid_out(const std::string& text) {
  Sources sources;
  const auto file = sources.add("fuzz.yaml", text);
  yaml::Problems problems(sources, file, 100, inventory::inventory_dialect);
  const auto document = yaml::read({}, problems);
  if (!document) return text;
  std::size_t last = 0;
  const auto edits = yaml::find_layout(*document, sources, {}, inventory::inventory_dialect);
  for (const auto& edit : edits) {
    fuzz::require(last <= edit.begin && edit.begin <= edit.end && edit.end <= text.size());
    last = edit.end;
  }
  for (const auto& found : inventory::find_style(*document, sources)) {
    fuzz::require(found.fix && found.fix->at.begin <= found.fix->at.end && found.fix->at.end <= text.size());
  }
  return apply_edits(text, edits);
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const auto once = laid_out(std::string(reinterpret_cast<const char*>(data), size));
  fuzz::require(laid_out(once) == once);
  return 0;
}
