// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/rdata_syntax.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <cctype>
#include <charconv>
#include <optional>
#include <set>
#include <string>

#include "base/text/text.h"
#include "dns/record_type.h"

namespace rdnsgate::dns {
namespace {

std::optional<unsigned> number(std::string_view word) {
  unsigned value = 0;
  const auto [end, error] = std::from_chars(word.data(), word.data() + word.size(), value);
  if (error != std::errc() || end != word.data() + word.size()) return std::nullopt;
  return value;
}

/// Degrees, minutes and seconds, up to the letter that ends them, which is dropped with them.
Result<void> check_angle(RdataWords& words, unsigned most, std::string_view letters) {
  const std::array<unsigned, 3> limits{most, 59, 59};
  std::size_t at = 0;
  for (; at < words.size() && at < limits.size(); ++at) {
    const auto whole = number(words[at].substr(0, at == 2 ? words[at].find('.') : std::string_view::npos));
    if (!whole) break;
    if (*whole > limits[at]) return fail(fmt::format("{} is more than {}", words[at], limits[at]));
  }
  const bool ends = at < words.size() && words[at].size() == 1 &&
                    letters.find(ascii_lower(words[at])) != std::string_view::npos;
  if (at == 0 || !ends) return fail(fmt::format("no degrees with one of the letters {} behind", letters));
  words = words.subspan(at + 1);
  return {};
}

/// Such as -2.50m; the unit may be missing.
bool is_metres(std::string_view word) {
  if (word.ends_with('m') || word.ends_with('M')) word.remove_suffix(1);
  if (word.starts_with('-') || word.starts_with('+')) word.remove_prefix(1);
  const auto point = word.find('.');
  const auto cents = point == std::string_view::npos ? "0" : word.substr(point + 1);
  return number(word.substr(0, point)) && (cents.empty() || number(cents));
}

}  // namespace

Result<void> check_generic(RdataWords words) {
  constexpr unsigned most = 65535;
  const auto octets = words.empty() ? std::nullopt : number(words[0]);
  if (!octets || *octets > most) return fail("no number of octets behind \\#", "0 to 65535 (RFC 3597 §5)");
  const auto digits = words.subspan(1);
  if (*octets == 0 && digits.empty()) return {};
  std::size_t there = 0;
  for (const auto word : digits) there += word.size();
  if (there != 2 * std::size_t{*octets})
    return fail(fmt::format("{} hexadecimal digits for {} octets", there, *octets));
  return check_hex(digits, *octets);
}

Result<void> check_hex(RdataWords words, std::size_t octets) {
  std::size_t digits = 0;
  for (const auto word : words) {
    digits += word.size();
    if (!std::all_of(word.begin(), word.end(), [](unsigned char c) { return std::isxdigit(c) != 0; }))
      return fail(fmt::format("{} is not hexadecimal", word.substr(0, 60)));
  }
  if (digits % 2 != 0) return fail("an odd number of hexadecimal digits");
  if (octets == 0 || digits == 2 * octets) return {};
  return fail(fmt::format("{} hexadecimal digits; this digest has {}", digits, 2 * octets));
}

std::size_t digest_octets(std::uint16_t type, RdataWords words) {
  constexpr unsigned ds = 43, sshfp = 44, cds = 59;
  const bool is_ssh = type == sshfp;
  if (!is_ssh && type != ds && type != cds) return 0;
  const std::size_t field = is_ssh ? 1 : 2;
  const unsigned digest = field < words.size() ? number(words[field]).value_or(0) : 0;
  if (digest == 1) return 20;
  if (digest == 2) return 32;
  return digest == 4 && !is_ssh ? 48 : 0;
}

Result<void> check_types(RdataWords words) {
  for (const auto word : words) {
    if (!record_type(word)) return fail(fmt::format("\"{}\" is not a record type", word.substr(0, 60)));
  }
  return {};
}

Result<void> check_location(RdataWords words) {
  constexpr std::size_t behind = 4;  // altitude, size, two precisions
  if (auto checked = check_angle(words, 90, "ns"); !checked) return checked;
  if (auto checked = check_angle(words, 180, "ew"); !checked) return checked;
  if (words.empty()) return fail("a LOC record without its altitude");
  if (words.size() > behind)
    return fail(fmt::format("\"{}\" is one value too many", words[behind].substr(0, 60)));
  for (const auto word : words) {
    if (!is_metres(word)) return fail(fmt::format("\"{}\" is no length in metres", word.substr(0, 60)));
  }
  return {};
}

Result<void> check_parameters(RdataWords words) {
  std::set<std::string> keys;
  std::string mandatory;
  for (const auto word : words) {
    const auto equals = word.find('=');
    auto key = ascii_lower(word.substr(0, equals));
    auto value = equals == std::string_view::npos ? std::string_view() : word.substr(equals + 1);
    if (value.size() > 1 && value.front() == '"' && value.back() == '"')
      value = value.substr(1, value.size() - 2);
    const auto port = number(value);
    if (key == "port" && (!port || *port > 65535))
      return fail(fmt::format("\"{}\" is not a valid port", value.substr(0, 60)),
                  "it is a number from 0 to 65535");
    if (key == "mandatory") mandatory = ascii_lower(value);
    if (!keys.insert(key).second) return fail(fmt::format("a second {}: each key stands once", key));
  }
  for (std::string_view rest = mandatory; !rest.empty();) {
    const auto comma = rest.find(',');
    const auto key = rest.substr(0, comma);
    if (key == "mandatory" || !keys.contains(std::string(key)))
      return fail(fmt::format("mandatory names {}, which the record does not have", key), "RFC 9460 §8");
    rest = comma == std::string_view::npos ? std::string_view() : rest.substr(comma + 1);
  }
  return {};
}

}  // namespace rdnsgate::dns
