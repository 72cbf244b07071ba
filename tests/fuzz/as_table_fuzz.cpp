// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// Tables of autonomous systems.
#include <cstddef>
#include <cstdint>

#include "audit/as_table.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rdnsgate;
  Sources sources;
  Diagnostics problems;
  const auto file = sources.add("table", {reinterpret_cast<const char*>(data), size});
  const auto table = audit::AsTable::read(sources, file, problems);
  fuzz::require(problems.size() <= audit::AsTable::most_problems);
  for (const auto* address : {"0.0.0.0", "10.0.0.1", "255.255.255.255", "::", "2001:db8::1"})
    table.of(IpAddress::parse(address).value());
  fuzz::require_printable(problems, sources);
  return 0;
}
