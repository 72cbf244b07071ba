// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/digest/shape.h"

#include <fmt/format.h>

#include <algorithm>
#include <span>
#include <vector>

namespace rdnsgate::plan {
namespace {

bool is_digit(char c) { return c >= '0' && c <= '9'; }

/// The digits at the front of a text, and the same without leading zeros.
std::string_view number_at(std::string_view text) {
  const auto end = std::find_if_not(text.begin(), text.end(), is_digit);
  return text.substr(0, static_cast<std::size_t>(end - text.begin()));
}

using Words = std::vector<std::string_view>;

Words words_of(std::string_view text) {
  Words words;
  while (true) {
    const auto end = text.find(' ');
    words.push_back(text.substr(0, end));
    if (end == std::string_view::npos) return words;
    text.remove_prefix(end + 1);
  }
}

/// Without those that are the same at both ends, but for the outermost.
std::string without(const Words& words, std::size_t front, std::size_t back) {
  constexpr std::size_t fewest = 3;  // less is not worth the dots
  std::vector<std::string_view> left;
  for (std::size_t i = 0; i < words.size(); ++i) {
    const bool in_front = front >= fewest && i > 0 && i < front;
    const bool in_back = back >= fewest && i >= words.size() - back && i + 1 < words.size();
    if (!in_front && !in_back)
      left.push_back(words[i]);
    else if (left.back() != "..")
      left.emplace_back("..");
  }
  return fmt::format("{}", fmt::join(left, " "));
}

}  // namespace

std::string shape_of(std::string_view text) {
  std::string shape;
  for (std::size_t at = 0; at < text.size();) {
    if (const auto number = number_at(text.substr(at)); !number.empty()) {
      shape += '#';
      at += number.size();
    } else {
      shape += text[at++];
    }
  }
  return shape;
}

void leave_out_common(std::string& a, std::string& b) {
  constexpr std::size_t longest = 120;
  if (a.size() <= longest && b.size() <= longest) return;
  const auto words_a = words_of(a), words_b = words_of(b);
  const auto least = std::min(words_a.size(), words_b.size());
  std::size_t front = 0, back = 0;
  while (front < least && words_a[front] == words_b[front]) ++front;
  while (back < least - front && words_a[words_a.size() - 1 - back] == words_b[words_b.size() - 1 - back])
    ++back;
  auto short_a = without(words_a, front, back), short_b = without(words_b, front, back);
  a = std::move(short_a);
  b = std::move(short_b);
}

}  // namespace rdnsgate::plan
