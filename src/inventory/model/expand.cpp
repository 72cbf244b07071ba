// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/expand.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>
#include <limits>

#include "base/text/text.h"
#include "base/wording.h"

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

std::string dashed(const IpAddress& address, unsigned width) {
  std::string out;
  if (address.is_v4()) {
    for (std::size_t i = 0; i < 4; ++i)
      out += fmt::format("{}{:0{}}", i == 0 ? "" : "-", unsigned{address.octet(i)}, width);
    return out;
  }
  for (std::size_t i = 0; i < 16; i += 2) {
    out += fmt::format("{}{:02x}{:02x}", i == 0 ? "" : "-", address.octet(i), address.octet(i + 1));
  }
  return out;
}

std::string hexadecimal(const IpAddress& address) {
  std::string out;
  for (std::size_t i = 0; i < address.size(); ++i) out += fmt::format("{:02x}", address.octet(i));
  return out;
}

/// Last digit first, with dots between (RFC 3596 §2.5).
std::string nibbles_of(const IpAddress& address) {
  const std::string digits = hexadecimal(address);
  std::string out;
  for (auto digit = digits.rbegin(); digit != digits.rend(); ++digit) {
    if (!out.empty()) out += '.';
    out += *digit;
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
  const auto first = IpAddress::parse(trimmed(text.substr(0, dash), " "));
  if (!first) return tl::unexpected(first.error());
  const auto last = IpAddress::parse(trimmed(text.substr(dash + 1), " "));
  if (!last) return tl::unexpected(last.error());
  if (first->is_v4() != last->is_v4())
    return fail(fmt::format("the range {} mixes IPv4 and IPv6", in_quotes(text)));
  if (*last < *first) {
    return fail(fmt::format("the range {} ends before it begins", in_quotes(text)),
                fmt::format("write {}-{}", last->to_string(), first->to_string()));
  }
  AddressRange range{*first, count_between(*first, *last), {}};
  if (range.count != too_many) range.prefixes = split(range.first, range.count);
  return range;
}

Result<NameTemplate::Part> NameTemplate::placeholder(std::string_view word) {
  const std::size_t colon = word.find(':');
  const std::string_view name = word.substr(0, colon);
  Part part;
  if (name.size() == 1 && name[0] >= '1' && name[0] <= '4') {
    part.kind = Part::octet;
    part.which = static_cast<std::uint8_t>(name[0] - '1');
  } else if (name.size() == 2 && name[0] == 'g' && name[1] >= '1' && name[1] <= '8') {
    part.kind = Part::group;
    part.which = static_cast<std::uint8_t>(name[1] - '1');
  } else if (name == "-") {
    part.kind = Part::dashed;
  } else if (name == "hex") {
    part.kind = Part::hex;
  } else if (name == "nibbles") {
    part.kind = Part::nibbles;
  } else if (name == "n") {
    part.kind = Part::number;
  } else if (name == "ptr") {
    part.kind = Part::ptr;
  } else {
    static constexpr std::array<std::string_view, 3> words{"ptr", "hex", "nibbles"};
    const auto nearest = closest(name, words);
    return fail(
        fmt::format("{{{}}} is not a placeholder", shortened(word)),
        !nearest.empty() && name.size() > 1
            ? fmt::format("did you mean {{{}}}?", nearest)
            : "there are {1} to {4} for the octets of IPv4, {g1} to {g8} for the groups of IPv6, {-} for "
              "the address with dashes, {hex} and {nibbles} for its digits, {n} for a running number");
  }
  if (colon == std::string_view::npos) return part;
  const auto done = formatted(part, word.substr(colon + 1));
  if (!done) return tl::unexpected(done.error());
  return part;
}

/// `03`: at least three digits; `x`: hexadecimal.
Result<void> NameTemplate::formatted(Part& part, std::string_view format) {
  const bool takes_width = part.kind == Part::octet || part.kind == Part::dashed || part.kind == Part::number;
  if (part.kind == Part::octet && format == "x") {
    part.in_hex = true;
    return {};
  }
  if (takes_width && format.size() == 2 && format[0] == '0' && format[1] >= '2' && format[1] <= '9') {
    part.width = static_cast<std::uint8_t>(format[1] - '0');
    return {};
  }
  return fail(fmt::format("a placeholder cannot be written with \":{}\"", shortened(format)),
              "{4:03}, {n:03} and {-:03} fill numbers with zeros to a width of 2 to 9; {4:x} is an octet in "
              "hexadecimal");
}

Result<NameTemplate> NameTemplate::parse(std::string_view text) {
  NameTemplate made;
  while (!text.empty()) {
    const std::size_t open = std::min(text.find_first_of("{}"), text.size());
    if (open > 0) made.parts_.push_back({Part::literal, 0, 0, false, std::string(text.substr(0, open))});
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

bool NameTemplate::uses_ptr() const { return uses(Part::ptr); }
bool NameTemplate::uses_octets() const { return uses(Part::octet); }

std::optional<Error> NameTemplate::unfit_for(const IpAddress& address) const {
  if (address.is_v6() && uses(Part::octet)) {
    return Error{
        fmt::format("{{1}} to {{4}} are the octets of an IPv4 address; {} has none", address.to_string()),
        "use {g8} for its last group, {-} or {n}"};
  }
  if (address.is_v4() && (uses(Part::group) || uses(Part::nibbles))) {
    return Error{fmt::format("{{g1}} to {{g8}} and {{nibbles}} are for IPv6 addresses; {} is none",
                             address.to_string()),
                 "use {4} for its last octet, {-} or {n}"};
  }
  return std::nullopt;
}

void NameTemplate::append(const Part& part, const IpAddress& address, std::uint64_t index, std::string& out) {
  switch (part.kind) {
    case Part::octet: {
      const unsigned octet = address.octet(part.which);
      out += part.in_hex ? fmt::format("{:02x}", octet) : fmt::format("{:0{}}", octet, part.width);
      break;
    }
    case Part::group:
      out += fmt::format("{:02x}{:02x}", address.octet(part.which * 2u), address.octet(part.which * 2u + 1));
      break;
    case Part::dashed:
      out += dashed(address, part.width);
      break;
    case Part::hex:
      out += hexadecimal(address);
      break;
    case Part::nibbles:
      out += nibbles_of(address);
      break;
    case Part::number:
      out += fmt::format("{:0{}}", index + 1, part.width);
      break;
    case Part::literal:
    case Part::ptr:
      break;  // expand() has their texts
  }
}

std::string NameTemplate::expand(const IpAddress& address, std::uint64_t index, std::string_view ptr) const {
  std::string out;
  for (const auto& part : parts_) {
    if (part.kind == Part::literal) {
      out += part.text;
    } else if (part.kind == Part::ptr) {
      out += ptr;
    } else {
      append(part, address, index, out);
    }
  }
  return out;
}

}  // namespace rdnsgate::inventory
