// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/name_order.h"

#include "base/text/natural_order.h"

namespace rdnsgate::plan {

std::weak_ordering compare_for_people(const dns::Name& a, const dns::Name& b) {
  const auto left = a.labels(), right = b.labels();
  auto i = left.size(), j = right.size();
  while (i > 0 && j > 0) {
    if (const auto order = natural_compare(left[--i], right[--j]); order != 0) return order;
  }
  return i <=> j;
}

}  // namespace rdnsgate::plan
