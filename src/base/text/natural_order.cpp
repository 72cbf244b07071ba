// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/natural_order.h"

#include <algorithm>

#include "base/ascii.h"

namespace rdnsgate {
namespace {

/// Takes what the text begins with: digits, or what is none.
std::string_view take(std::string_view& text, bool digits) {
  std::size_t size = 0;
  while (size < text.size() && is_digit(text[size]) == digits) ++size;
  const auto run = text.substr(0, size);
  text.remove_prefix(size);
  return run;
}

std::string_view without_zeros(std::string_view digits) {
  return digits.substr(std::min(digits.find_first_not_of('0'), digits.size()));
}

std::weak_ordering compare_numbers(std::string_view a, std::string_view b) {
  a = without_zeros(a);
  b = without_zeros(b);
  return a.size() != b.size() ? a.size() <=> b.size() : a.compare(b) <=> 0;
}

}  // namespace

std::weak_ordering natural_compare(std::string_view a, std::string_view b) {
  while (!a.empty() && !b.empty()) {
    if (const auto words = take(a, false).compare(take(b, false)) <=> 0; words != 0) return words;
    if (a.empty() || b.empty()) break;
    if (const auto numbers = compare_numbers(take(a, true), take(b, true)); numbers != 0) return numbers;
  }
  return !a.empty() <=> !b.empty();
}

}  // namespace rdnsgate
