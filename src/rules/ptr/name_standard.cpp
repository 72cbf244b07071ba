// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/ptr/name_standard.h"

#include <algorithm>
#include <regex>
#include <string>
#include <vector>

namespace rdnsgate::rules {
namespace {

struct Pattern {
  std::string text;
  std::regex regex;
  bool linear;
};

Pattern compiled(const std::string& text) {
  constexpr auto plain = std::regex::ECMAScript | std::regex::icase | std::regex::optimize;
#ifdef __GLIBCXX__
  // libstdc++ backtracks unless it is told not to, and then refuses back-references.
  try {
    return {text, std::regex(text, plain | std::regex_constants::__polynomial), true};
  } catch (const std::regex_error&) {
    return {text, std::regex(text, plain), false};  // the loader has seen it compile
  }
#else
  return {text, std::regex(text, plain), false};
#endif
}

/// The patterns of the inventory that was asked about last. To compile one takes longer than to try it.
const std::vector<Pattern>& patterns_of(const inventory::Standards& standards) {
  thread_local std::vector<Pattern> last;
  const bool same =
      std::equal(last.begin(), last.end(), standards.names.begin(), standards.names.end(),
                 [](const Pattern& known, const auto& wanted) { return known.text == wanted.regex; });
  if (same) return last;
  last.clear();
  for (const auto& name : standards.names) last.push_back(compiled(name.regex));
  return last;
}

}  // namespace

bool meets_standard(const inventory::Standards& standards, std::string_view name, Origin origin) {
  if (standards.names.empty()) return true;
  const auto& patterns = patterns_of(standards);
  return std::any_of(patterns.begin(), patterns.end(), [&](const Pattern& pattern) {
    if (origin == Origin::dns && !pattern.linear) return true;
    return std::regex_search(name.begin(), name.end(), pattern.regex);
  });
}

}  // namespace rdnsgate::rules
