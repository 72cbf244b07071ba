// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailauth/results/authentication_results.h"
#include "require.h"

/// A header from a stranger: whatever it holds, it is read to its end, and nothing is made up.
extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rdnsgate::mailauth;
  using rdnsgate::fuzz::require;
  const std::string_view text(reinterpret_cast<const char*>(data), size);
  const auto field = parse_authentication_results(text);
  if (field) {
    require(!field->authserv_id.empty() && field->results.size() <= most_results);
    for (const auto& one : field->results) require(!one.method.empty() && !one.result.empty());
  }
  results_of(text, "mx.example");
  return 0;
}
