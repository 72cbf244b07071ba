// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone/generate.h"

#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <limits>
#include <optional>

namespace rdnsgate::dns {
namespace {

constexpr std::uint32_t largest = std::numeric_limits<std::int32_t>::max();
constexpr std::size_t widest = 127;  // as BIND has it

/// Takes digits from the front; nullopt where there are none, or too many.
std::optional<std::uint32_t> take_number(std::string_view& text) {
  std::uint32_t value = 0;
  const auto [end, error] = std::from_chars(text.data(), text.data() + text.size(), value);
  if (error != std::errc() || value > largest) return std::nullopt;
  text.remove_prefix(static_cast<std::size_t>(end - text.data()));
  return value;
}

bool take(std::string_view& text, char c) {
  if (text.empty() || text.front() != c) return false;
  text.remove_prefix(1);
  return true;
}

/// What stands in the braces.
struct Modifier {
  std::int64_t offset = 0;
  std::uint32_t width = 0;
  char base = 'd';
};

/// `5,3,x}` and what follows; takes the brace too.
std::optional<Modifier> take_modifier(std::string_view& text) {
  Modifier modifier;
  const bool negative = take(text, '-');
  if (!negative) take(text, '+');
  const auto offset = take_number(text);
  if (!offset) return std::nullopt;
  modifier.offset = negative ? -std::int64_t{*offset} : std::int64_t{*offset};
  if (take(text, '}')) return modifier;
  if (!take(text, ',')) return std::nullopt;
  const auto width = take_number(text);
  if (!width || *width > widest) return std::nullopt;
  modifier.width = *width;
  if (take(text, '}')) return modifier;
  if (!take(text, ',') || text.empty()) return std::nullopt;
  modifier.base = text.front();
  text.remove_prefix(1);
  if (std::string_view("doxXnN").find(modifier.base) == std::string_view::npos || !take(text, '}'))
    return std::nullopt;
  return modifier;
}

/// The last nibble first, with dots between; the width counts the dots.
std::string nibbles(std::uint32_t value, std::size_t width, bool capitals) {
  const std::string_view digits = capitals ? "0123456789ABCDEF" : "0123456789abcdef";
  std::string out;
  while (out.empty() || value != 0 || out.size() < width) {
    if (!out.empty() && out.back() != '.') {
      out += '.';
    } else {
      out += digits[value & 0xf];
      value >>= 4;
    }
  }
  return out;
}

std::string written(std::int64_t value, const Modifier& modifier) {
  const auto bits = static_cast<std::uint32_t>(value);  // of a negative number its complement, as C writes it
  switch (modifier.base) {
    case 'n':
    case 'N':
      return nibbles(bits, modifier.width, modifier.base == 'N');
    case 'x':
      return fmt::format("{:0{}x}", bits, modifier.width);
    case 'X':
      return fmt::format("{:0{}X}", bits, modifier.width);
    case 'o':
      return fmt::format("{:0{}o}", bits, modifier.width);
    default:
      return fmt::format("{:0{}d}", value, modifier.width);
  }
}

}  // namespace

Result<GenerateRange> parse_generate_range(std::string_view text) {
  const auto refuse = [&](std::string hint) {
    return fail(fmt::format("\"{}\" is not a range of $GENERATE", text.substr(0, 60)), std::move(hint));
  };
  GenerateRange range;
  auto rest = text;
  const auto start = take_number(rest);
  const auto stop = start && take(rest, '-') ? take_number(rest) : std::nullopt;
  if (!stop) return refuse("such as 1-254, or 0-255/16 for every sixteenth, up to 2147483647");
  range.start = *start;
  range.stop = *stop;
  if (range.start > range.stop) return refuse("its first number is larger than its last");
  if (take(rest, '/')) {
    const auto step = take_number(rest);
    if (!step || *step == 0) return refuse("a step is a number from 1 on");
    range.step = *step;
  }
  if (!rest.empty()) return refuse("such as 1-254, or 0-255/16 for every sixteenth");
  return range;
}

std::string to_string(const GenerateRange& range) {
  return fmt::format("{}-{}{}", range.start, range.stop,
                     range.step == 1 ? std::string() : fmt::format("/{}", range.step));
}

Result<std::string> GenerateTemplate::expand(std::uint32_t number) const {
  std::string out;
  Modifier last;
  for (auto rest = text_; !rest.empty();) {
    if (out.size() > most)
      return fail(fmt::format("$GENERATE makes more than {} characters of one value", most));
    const char c = rest.front();
    rest.remove_prefix(1);
    if (c == '\\' && !rest.empty()) {  // a dollar sign, or anything else that has its escape
      out.append({c, rest.front()});
      rest.remove_prefix(1);
    } else if (c != '$') {
      out += c;
    } else if (take(rest, '$')) {
      out += '$';
    } else {
      Modifier modifier{last.offset};
      if (take(rest, '{')) {
        const auto given = take_modifier(rest);
        if (!given) {
          return fail(fmt::format("\"{}\" has a brace that $GENERATE cannot read", text_.substr(0, 60)),
                      "such as ${0,3,d}: offset, width up to 127, and base d, o, x, X, n or N");
        }
        modifier = *given;
      }
      last = modifier;
      const auto value = std::int64_t{number} + modifier.offset;
      if (value > std::int64_t{largest})
        return fail(fmt::format("{} and its offset {} are more than {}", number, modifier.offset, largest));
      out += written(value, modifier);
    }
  }
  if (out.size() > most)
    return fail(fmt::format("$GENERATE makes more than {} characters of one value", most));
  return out;
}

}  // namespace rdnsgate::dns
