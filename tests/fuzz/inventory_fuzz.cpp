// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// The inventory's whole way from octets to the model.
#include <cstddef>
#include <cstdint>
#include <string>

#include "base/text/diagnostic.h"
#include "inventory/model/load.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rdnsgate;
  inventory::LoadOptions options;
  options.limits.addresses = 1000;
  options.limits.files = 1;  // what lies around is no input
  options.limits.folder_entries = 0;
  Sources sources;
  Diagnostics problems;
  const auto read = inventory::load(
      sources, "fuzz.yaml", std::string(reinterpret_cast<const char*>(data), size), options, problems);
  fuzz::require(read.has_value() == problems.empty());
  fuzz::require_printable(problems, sources);
  // Valijson refused what the walk over the same constraints found nothing wrong with. What the input says stands in
  // quotes, and the fuzzer finds these words in the program itself.
  for (const auto& problem : problems)
    fuzz::require(!problem.message.ends_with(" does not follow its schema"));
  return 0;
}
