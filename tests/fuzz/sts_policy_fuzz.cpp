// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "mailauth/records/sts_policy.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rdnsgate;
  using namespace rdnsgate::mailauth;
  const auto policy = read_sts_policy({reinterpret_cast<const char*>(data), size});
  if (!policy.applies()) return 0;
  fuzz::require(policy.mode && policy.max_age && policy.max_age->count() <= 31'557'600);
  fuzz::require(policy.mode == StsPolicy::Mode::none || !policy.mx.empty());
  for (const auto& pattern : policy.mx) {
    const bool any = pattern.starts_with("*.");
    const auto host = dns::Name::from_host(any ? "a." + pattern.substr(2) : pattern);
    // A pattern that was taken fits a host, unless that would be too long.
    fuzz::require(any && !host ? true : policy.allows(*host));
  }
  return 0;
}
