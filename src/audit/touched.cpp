// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/touched.h"

#include <algorithm>

namespace rdnsgate::audit {

std::size_t Touched::count() const {
  std::size_t all = 0;
  for (const auto& of_kind : flags)
    all += static_cast<std::size_t>(std::count(of_kind.begin(), of_kind.end(), 1));
  return all;
}

}  // namespace rdnsgate::audit
