// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/yaml11.h"

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/text/text.h"

namespace rdnsgate::yaml {
namespace {

bool all_digits(std::string_view text) {
  return !text.empty() && std::all_of(text.begin(), text.end(), is_digit);
}

/// What is neither number nor text in YAML 1.1.
bool is_word(std::string_view text) {
  constexpr std::array<std::string_view, 9> words{"yes", "no", "true", "false", "on", "off", "null", "~", ""};
  return std::find(words.begin(), words.end(), ascii_lower(text)) != words.end();
}

/// As Python writes an integer: no sign but a minus, no zero in front.
bool is_canonical_integer(std::string_view text) {
  const bool negative = text.substr(0, 1) == "-";
  if (negative) text.remove_prefix(1);
  return all_digits(text) && (text[0] != '0' || (text.size() == 1 && !negative));
}

/// As Python writes a float: a digit on both sides of the point, no zero at the end, no more digits than it
/// keeps.
bool is_canonical_fraction(std::string_view text) {
  if (text.substr(0, 1) == "-") text.remove_prefix(1);
  const std::size_t point = text.find('.');
  if (point == std::string_view::npos || text.size() > 16) return false;
  const auto whole = text.substr(0, point), fraction = text.substr(point + 1);
  return is_canonical_integer(whole) && all_digits(fraction) &&
         (fraction.back() != '0' || fraction.size() == 1);
}

std::size_t run(std::string_view text, std::size_t at, std::string_view set) {
  const std::size_t end = text.find_first_not_of(set, at);
  return (end == std::string_view::npos ? text.size() : end) - std::min(at, text.size());
}

/// 1:30 and 1:30.5 are 90 and 90.5: numbers of base sixty.
bool is_sexagesimal(std::string_view text) {
  const std::size_t point = std::min(text.find('.'), text.size());
  if (point < text.size() && run(text, point + 1, "0123456789_") != text.size() - point - 1) return false;
  std::size_t at = run(text.substr(0, point), 0, "0123456789_");
  if (at == 0 || at == point) return false;
  while (at < point && text[at] == ':') {
    const std::size_t digits = run(text.substr(0, point), at + 1, "0123456789");
    if (digits == 0 || digits > 2 || (digits == 2 && text[at + 1] > '5')) return false;
    at += 1 + digits;
  }
  return at == point;
}

/// 1.5, 1., .5 and 1.0e+3; an exponent has a sign.
bool is_float(std::string_view text) {
  const std::size_t whole = run(text, 0, "0123456789_");
  if (whole == text.size() || text[whole] != '.') return false;
  std::size_t at = whole + 1;
  const std::size_t fraction = run(text, at, "0123456789_");
  if (whole + fraction == 0) return false;
  at += fraction;
  if (at == text.size()) return true;
  if (ascii_lower(text.substr(at, 1)) != "e" || at + 2 >= text.size()) return false;
  return (text[at + 1] == '+' || text[at + 1] == '-') && all_digits(text.substr(at + 2));
}

bool is_integer11(std::string_view text) {
  const auto all = [&](std::size_t from, std::string_view set) {
    return text.size() > from && run(text, from, set) == text.size() - from;
  };
  if (text.substr(0, 2) == "0b") return all(2, "01_");
  if (text.substr(0, 2) == "0x") return all(2, "0123456789abcdefABCDEF_");
  if (text[0] == '0') return text.size() == 1 || all(1, "01234567_");
  return is_digit(text[0]) && all(0, "0123456789_");
}

bool is_number(std::string_view text) {
  if (text[0] == '-' || text[0] == '+') text.remove_prefix(1);
  if (text.empty() || (!is_digit(text[0]) && text[0] != '.')) return false;
  const auto lowered = ascii_lower(text);
  return lowered == ".inf" || lowered == ".nan" || is_integer11(text) || is_float(text) ||
         is_sexagesimal(text);
}

}  // namespace

bool yaml11_rewrites(std::string_view plain) {
  if (is_word(plain)) return true;
  return is_number(plain) && !is_canonical_integer(plain) && !is_canonical_fraction(plain);
}

}  // namespace rdnsgate::yaml
