// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// What an inventory is does not depend on who reads it: the reader of ordinary lines, or libyaml.
#include <cstddef>
#include <cstdint>
#include <string>

#include "inventory/dialect.h"
#include "require.h"
#include "yaml/reader.h"
#include "yaml/rendered.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rdnsgate;
  Sources sources;
  const auto file = sources.add("fuzz.yaml", std::string(reinterpret_cast<const char*>(data), size));
  yaml::Problems own(sources, file, 100, inventory::inventory_dialect), theirs(sources, file, 100, inventory::inventory_dialect);
  const auto document = yaml::read({}, own), other = yaml::read_by_libyaml({}, theirs);
  fuzz::require(yaml::rendered(document, own) == yaml::rendered(other, theirs));
  return 0;
}
