// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/expand.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/text.h"
#include "inventory/wording.h"

namespace rdnsgate::inventory {
namespace {

constexpr std::uint64_t too_many = std::numeric_limits<std::uint64_t>::max();

/// The lowest 64 bits (of IPv4: all 32) as a number.
std::uint64_t low_bits(const IpAddress& address) {
  std::uint64_t value = 0;
  for (std::size_t i = address.size() > 8 ? address.size() - 8 : 0; i < address.size(); ++i) {
    value = (value << 8) | address.octet(i);
  }
  return value;
}

/// Addresses from `first` to `last`, both counted; saturating.
std::uint64_t count_between(const IpAddress& first, const IpAddress& last) {
  if (first.is_v6() && !std::equal(first.data(), first.data() + 8, last.data())) return too_many;
  const std::uint64_t distance = low_bits(last) - low_bits(first);
  return distance == too_many ? too_many : distance + 1;
}

/// The fewest blocks from `first` on: each as large as its alignment and what is left allow.
std::vector<Prefix> split(IpAddress first, std::uint64_t count) {
  std::vector<Prefix> blocks;
  while (count > 0) {
    std::uint64_t size = 1;
    unsigned length = first.bits();
    while (length > 0 && size <= count / 2 && low_bits(first) % (size * 2) == 0) {
      size *= 2;
      --length;
    }
    blocks.emplace_back(first, length);
    first = first.plus(size);
    count -= size;
  }
  return blocks;
}

std::string dashed(const IpAddress& address) {
  std::string out;
  if (address.is_v4()) {
    out = address.to_string();
    std::replace(out.begin(), out.end(), '.', '-');
    return out;
  }
  for (std::size_t i = 0; i < 16; i += 2) {
    out += fmt::format("{}{:02x}{:02x}", i == 0 ? "" : "-", address.octet(i), address.octet(i + 1));
  }
  return out;
}

}  // namespace

Result<AddressRange> parse_range(std::string_view text) {
  const std::size_t dash = text.find('-');
  if (dash == std::string_view::npos) {
    const auto prefix = Prefix::parse(text);
    if (!prefix) return tl::unexpected(prefix.error());
    return AddressRange{prefix->network(), prefix->count(), {*prefix}};
  }
  const auto trim = [](std::string_view part) {
    const std::size_t begin = std::min(part.find_first_not_of(' '), part.size());
    return part.substr(begin, part.find_last_not_of(' ') + 1 - begin);
  };
  const auto first = IpAddress::parse(trim(text.substr(0, dash)));
  if (!first) return tl::unexpected(first.error());
  const auto last = IpAddress::parse(trim(text.substr(dash + 1)));
  if (!last) return tl::unexpected(last.error());
  if (first->is_v4() != last->is_v4())
    return fail(fmt::format("the range {} mixes IPv4 and IPv6", quoted(text)));
  if (*last < *first) {
    return fail(fmt::format("the range {} ends before it begins", quoted(text)),
                fmt::format("write {}-{}", last->to_string(), first->to_string()));
  }
  AddressRange range{*first, count_between(*first, *last), {}};
  if (range.count != too_many) range.prefixes = split(range.first, range.count);
  return range;
}

Result<NameTemplate::Part> NameTemplate::placeholder(std::string_view word) {
  Part part;
  if (word.size() == 1 && word[0] >= '1' && word[0] <= '4') {
    part.kind = Part::octet;
    part.which = static_cast<std::uint8_t>(word[0] - '1');
  } else if (word == "-") {
    part.kind = Part::dashed;
  } else if (word == "n") {
    part.kind = Part::number;
  } else if (word == "ptr") {
    part.kind = Part::ptr;
  } else {
    static constexpr std::array<std::string_view, 1> words{"ptr"};
    const auto nearest = closest(word, words);
    return fail(fmt::format("{{{}}} is not a placeholder", shortened(word)),
                !nearest.empty() && word.size() > 1 ? "did you mean {ptr}?"
                                                    : "there are {1} to {4} for the octets, {-} for the "
                                                      "address with dashes, {n} for a running number");
  }
  return part;
}

Result<NameTemplate> NameTemplate::parse(std::string_view text) {
  NameTemplate made;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find_first_of("{}"), text.size());
    if (open > 0) made.parts_.push_back({Part::literal, 0, std::string(text.substr(0, open))});
    text.remove_prefix(open);
    if (text.empty()) break;
    const std::size_t close = text.find('}');
    if (text[0] == '}' || close == std::string_view::npos) {
      return fail(text[0] == '}' ? "a \"}\" without a \"{\" before it" : "a \"{\" that is never closed",
                  "a placeholder looks like {4}, {-} or {n}");
    }
    auto part = placeholder(text.substr(1, close - 1));
    if (!part) return tl::unexpected(part.error());
    made.parts_.push_back(std::move(*part));
    text.remove_prefix(close + 1);
  }
  return made;
}

bool NameTemplate::uses(Part::Kind kind) const {
  return std::any_of(parts_.begin(), parts_.end(), [&](const Part& part) { return part.kind == kind; });
}

std::string NameTemplate::expand(const IpAddress& address, std::uint64_t index, std::string_view ptr) const {
  std::string out;
  for (const auto& part : parts_) {
    switch (part.kind) {
      case Part::literal:
        out += part.text;
        break;
      case Part::octet:
        out += fmt::to_string(unsigned{address.octet(part.which)});
        break;
      case Part::dashed:
        out += dashed(address);
        break;
      case Part::number:
        out += fmt::to_string(index + 1);
        break;
      case Part::ptr:
        out += ptr;
        break;
    }
  }
  return out;
}

}  // namespace rdnsgate::inventory
