// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/address_in_name.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ascii.h"

namespace rdnsgate::rules {
namespace {

/// A stretch of digits, decimal or hexadecimal, inside the name.
struct Run {
  std::size_t begin, end;
  std::size_t size() const { return end - begin; }
};

bool is_hex(char c) { return is_digit(c) || (c >= 'a' && c <= 'f'); }
bool is_separator(char c) { return c == '.' || c == '-' || c == '_' || c == 'x'; }

/// Those of a name, which has more than a few only where it is made of them: most need no memory of their own.
class Runs {
 public:
  template <typename Predicate>
  Runs(std::string_view text, Predicate belongs) {
    for (std::size_t at = 0; at < text.size(); ++at) {
      if (!belongs(text[at])) continue;
      const std::size_t begin = at;
      while (at < text.size() && belongs(text[at])) ++at;
      if (count_ == first_.size()) more_.assign(first_.begin(), first_.end());
      if (count_ < first_.size())
        first_[count_] = {begin, at};
      else
        more_.push_back({begin, at});
      ++count_;
    }
  }
  Runs(const Runs&) = delete;
  Runs& operator=(const Runs&) = delete;
  std::span<const Run> all() const {
    return count_ > first_.size() ? std::span<const Run>(more_) : std::span<const Run>(first_).first(count_);
  }

 private:
  std::array<Run, 16> first_{};
  std::vector<Run> more_;
  std::size_t count_ = 0;
};

/// Decimal or hexadecimal value; nullopt for more than `digits` of them.
std::optional<unsigned> value_of(std::string_view text, Run run, unsigned base, std::size_t digits) {
  if (run.size() > digits) return std::nullopt;
  unsigned value = 0;
  for (const char c : text.substr(run.begin, run.size()))
    value = value * base + static_cast<unsigned>(is_digit(c) ? c - '0' : c - 'a' + 10);
  return value;
}

/// Whether the runs stand side by side with one separator between each two.
bool side_by_side(std::string_view text, std::span<const Run> runs) {
  for (std::size_t i = 1; i < runs.size(); ++i) {
    if (runs[i].begin != runs[i - 1].end + 1 || !is_separator(text[runs[i].begin - 1])) return false;
  }
  return true;
}

std::string_view part(std::string_view text, std::span<const Run> runs) {
  return text.substr(runs.front().begin, runs.back().end - runs.front().begin);
}

using Octets = std::array<unsigned, 4>;

Octets octets_of(const IpAddress& address) {
  return {address.octet(0), address.octet(1), address.octet(2), address.octet(3)};
}

std::string_view separated_decimal(std::string_view text, std::span<const Run> runs, const Octets& octets) {
  for (std::size_t first = 0; first + 4 <= runs.size(); ++first) {
    const auto window = runs.subspan(first, 4);
    if (!side_by_side(text, window)) continue;
    Octets found{};
    for (std::size_t i = 0; i < 4; ++i) found[i] = value_of(text, window[i], 10, 3).value_or(1000);
    if (std::is_permutation(found.begin(), found.end(), octets.begin())) return part(text, window);
  }
  return {};
}

/// Three octets side by side and the fourth elsewhere: `ip10.ip-192-0-2.eu`.
std::string_view split_decimal(std::string_view text, std::span<const Run> runs, const Octets& octets) {
  for (std::size_t first = 0; first + 3 <= runs.size(); ++first) {
    const auto window = runs.subspan(first, 3);
    if (!side_by_side(text, window)) continue;
    for (std::size_t other = 0; other < runs.size(); ++other) {
      if (other >= first && other < first + 3) continue;
      Octets found{};
      for (std::size_t i = 0; i < 3; ++i) found[i] = value_of(text, window[i], 10, 3).value_or(1000);
      found[3] = value_of(text, runs[other], 10, 3).value_or(1000);
      if (std::is_permutation(found.begin(), found.end(), octets.begin())) return part(text, window);
    }
  }
  return {};
}

/// One run of digits: twelve in groups of three, the octets without padding, or the address as one number.
std::string_view joined_decimal(std::string_view text, std::span<const Run> runs, const IpAddress& address) {
  // Fewer than seven digits would be a serial number as often as an address.
  if (std::none_of(runs.begin(), runs.end(), [](const Run& run) { return run.size() >= 7; })) return {};
  const Octets o = octets_of(address);
  const std::string forward = fmt::format("{}{}{}{}", o[0], o[1], o[2], o[3]);
  const std::string backward = fmt::format("{}{}{}{}", o[3], o[2], o[1], o[0]);
  const std::string number = fmt::format("{}", address.v4_value());
  for (const Run& run : runs) {
    const auto written = text.substr(run.begin, run.size());
    if (written.size() < 7) continue;
    if (written == forward || written == backward || written == number) return written;
    if (written.size() != 12) continue;
    Octets found{};
    for (std::size_t i = 0; i < 4; ++i)
      found[i] = *value_of(text, {run.begin + 3 * i, run.begin + 3 * i + 3}, 10, 3);
    if (std::is_permutation(found.begin(), found.end(), o.begin())) return written;
  }
  return {};
}

constexpr std::string_view digits = "0123456789abcdef";

/// Whether the digits of the first or of the last octet stand in it.
bool may_be_hexadecimal(std::string_view text, const Octets& o) {
  const auto is = [](char a, char b, unsigned octet) { return a == digits[octet >> 4] && b == digits[octet & 0xfu]; };
  for (std::size_t i = 0; i + 1 < text.size(); ++i) {
    if (is(text[i], text[i + 1], o[0]) || is(text[i], text[i + 1], o[3])) return true;
  }
  return false;
}

std::string_view hexadecimal(std::string_view text, const Octets& o) {
  if (!may_be_hexadecimal(text, o)) return {};
  for (const std::string_view separator : {"", "-", ".", "_"}) {
    for (const bool reversed : {false, true}) {
      std::string wanted;  // short enough to need no memory of its own
      for (std::size_t i = 0; i < 4; ++i) {
        const unsigned octet = o[reversed ? 3 - i : i];
        if (i > 0) wanted += separator;
        wanted += digits[octet >> 4];
        wanted += digits[octet & 0xfu];
      }
      if (const auto found = text.find(wanted); found != std::string_view::npos)
        return text.substr(found, wanted.size());
    }
  }
  return {};
}

std::string_view v4_in_name(std::string_view text, const IpAddress& address) {
  const Runs found_runs(text, is_digit);
  const auto runs = found_runs.all();
  if (auto found = separated_decimal(text, runs, octets_of(address)); !found.empty()) return found;
  if (auto found = split_decimal(text, runs, octets_of(address)); !found.empty()) return found;
  if (auto found = joined_decimal(text, runs, address); !found.empty()) return found;
  return hexadecimal(text, octets_of(address));
}

/// All 32 nibbles, in order or reversed, whatever separators stand between them.
std::string_view all_nibbles(std::string_view text, const IpAddress& address) {
  if (text.size() < 32) return {};
  std::string bare;
  std::vector<std::size_t> places;
  for (std::size_t i = 0; i < text.size(); ++i) {
    if (!is_hex(text[i]) && is_separator(text[i])) continue;
    bare += text[i];
    places.push_back(i);
  }
  std::string nibbles;
  for (std::size_t i = 0; i < 16; ++i) nibbles += fmt::format("{:02x}", address.octet(i));
  for (int turn = 0; turn < 2; ++turn, std::reverse(nibbles.begin(), nibbles.end())) {
    const auto found = bare.find(nibbles);
    if (found != std::string::npos) return text.substr(places[found], places[found + 31] - places[found] + 1);
  }
  return {};
}

std::string_view six_groups(std::string_view text, const IpAddress& address) {
  const Runs found(text, is_hex);
  const auto runs = found.all();
  for (std::size_t first = 0; first + 8 <= runs.size(); ++first) {
    const auto window = runs.subspan(first, 8);
    if (!side_by_side(text, window)) continue;
    int equal = 0;
    for (std::size_t i = 0; i < 8; ++i) {
      const unsigned group = static_cast<unsigned>(address.octet(2 * i) << 8) | address.octet(2 * i + 1);
      if (value_of(text, window[i], 16, 4) == group) ++equal;
    }
    if (equal >= 6) return part(text, window);
  }
  return {};
}

/// `2001-db8--10`
std::string_view dashed(std::string_view text, const IpAddress& address) {
  std::string wanted = address.to_string();
  std::replace(wanted.begin(), wanted.end(), ':', '-');
  const auto alone = [&](std::size_t at) { return at >= text.size() || is_separator(text[at]); };
  for (auto at = text.find(wanted); at != std::string_view::npos; at = text.find(wanted, at + 1)) {
    if ((at == 0 || alone(at - 1)) && alone(at + wanted.size())) return text.substr(at, wanted.size());
  }
  return {};
}

std::string_view v6_in_name(std::string_view text, const IpAddress& address) {
  if (auto found = all_nibbles(text, address); !found.empty()) return found;
  if (auto found = six_groups(text, address); !found.empty()) return found;
  return dashed(text, address);
}

}  // namespace

std::string_view address_in_name(std::string_view text, const IpAddress& address) {
  return address.is_v4() ? v4_in_name(text, address) : v6_in_name(text, address);
}

std::string_view last_octets_in_name(std::string_view text, const IpAddress& address) {
  if (!address.is_v4()) return {};
  const Runs found(text, is_digit);
  const auto runs = found.all();
  for (std::size_t first = 0; first + 2 <= runs.size(); ++first) {
    const auto window = runs.subspan(first, 2);
    if (!side_by_side(text, window)) continue;
    const auto a = value_of(text, window[0], 10, 3), b = value_of(text, window[1], 10, 3);
    const unsigned c = address.octet(2), d = address.octet(3);
    if ((a == c && b == d) || (a == d && b == c)) return part(text, window);
  }
  return {};
}

}  // namespace rdnsgate::rules
