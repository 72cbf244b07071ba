// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/ptr/name_standard.h"

#include <algorithm>
#include <string>
#include <vector>

#include "base/text/pattern.h"

namespace rdnsgate::rules {
namespace {

/// The patterns of the inventory that was asked about last. To compile one takes longer than to try it.
const std::vector<Pattern>& patterns_of(const inventory::Standards& standards) {
  thread_local std::vector<Pattern> last;
  const bool same =
      std::equal(last.begin(), last.end(), standards.names.begin(), standards.names.end(),
                 [](const Pattern& known, const auto& wanted) { return known.text() == wanted.regex; });
  if (same) return last;
  last.clear();
  for (const auto& name : standards.names) {  // the loader has seen each of them compile
    if (auto pattern = Pattern::compile(name.regex, Pattern::Case::ignored))
      last.push_back(std::move(*pattern));
  }
  return last;
}

}  // namespace

bool meets_standard(const inventory::Standards& standards, std::string_view name) {
  if (standards.names.empty()) return true;
  const auto& patterns = patterns_of(standards);
  return std::any_of(patterns.begin(), patterns.end(),
                     [&](const Pattern& pattern) { return pattern.is_in(name); });
}

}  // namespace rdnsgate::rules
