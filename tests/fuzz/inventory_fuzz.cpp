// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// libFuzzer over the inventory's whole way from octets to the model. With clang:
//   CXX=clang++ meson setup build-fuzz -Db_sanitize=address,undefined -Db_lundef=false
//     -Dcpp_args=-fsanitize=fuzzer-no-link
//   ninja -C build-fuzz tests/inventory/inventory_fuzz
//   build-fuzz/tests/inventory/inventory_fuzz -max_len=4096 CORPUS
#include <cstddef>
#include <cstdint>
#include <cstdlib>
#include <string>

#include "base/diagnostic.h"
#include "inventory/load.h"

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
  if (read.has_value() != problems.empty()) std::abort();
  for (const auto& problem : problems) {
    for (const char c : render(problem, sources)) {
      if ((c >= 0 && c < 0x20 && c != '\n') || c == 0x7F) std::abort();
    }
  }
  return 0;
}
