// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// What rewrites a file: the layout is found once and stays found, and no fix leaves the text or overlaps.
#include <cstddef>
#include <cstdint>
#include <string>

#include "inventory/layout.h"
#include "inventory/problems.h"
#include "inventory/style.h"
#include "inventory/yaml_reader.h"
#include "require.h"

namespace {

using namespace rdnsgate;

std::string laid_out(const std::string& text) {
  Sources sources;
  const auto file = sources.add("fuzz.yaml", text);
  inventory::Problems problems(sources, file, 100);
  const auto document = inventory::read_yaml({}, problems);
  if (!document) return text;
  std::size_t last = 0;
  const auto edits = inventory::find_layout(*document, sources, {});
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
