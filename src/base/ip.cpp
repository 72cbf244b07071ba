// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/ip.h"

#include <arpa/inet.h>
#include <fmt/format.h>

#include <algorithm>
#include <charconv>
#include <cstring>
#include <optional>
#include <vector>

#include "base/ascii.h"

namespace rdnsgate {
namespace {

std::optional<unsigned> decimal(std::string_view text, unsigned max) {
  unsigned value = 0;
  if (text.empty() || text.size() > 3) return std::nullopt;
  for (const char c : text) {
    if (c < '0' || c > '9') return std::nullopt;
    value = value * 10 + static_cast<unsigned>(c - '0');
  }
  if (value > max) return std::nullopt;
  return value;
}

/// The octets of an IPv6 address, mapped ones too.
std::optional<std::array<std::uint8_t, 16>> v6_octets(std::string_view text) {
  constexpr std::size_t longest = 45;
  std::array<char, longest + 1> terminated{};
  std::array<std::uint8_t, 16> octets{};
  if (text.size() > longest || text.find('\0') != std::string_view::npos) return std::nullopt;
  std::copy(text.begin(), text.end(), terminated.begin());
  if (inet_pton(AF_INET6, terminated.data(), octets.data()) != 1) return std::nullopt;
  return octets;
}

bool is_mapped(const std::array<std::uint8_t, 16>& octets) {
  static constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
  return std::equal(mapped.begin(), mapped.end(), octets.begin());
}

std::optional<IpAddress> read_v4(std::string_view text) {
  std::uint32_t value = 0;
  for (int part = 0; part < 4; ++part) {
    if (part > 0) {
      if (text.empty() || text.front() != '.') return std::nullopt;
      text.remove_prefix(1);
    }
    std::uint32_t octet = 0;
    std::size_t digits = 0;
    for (; digits < text.size() && is_digit(text[digits]); ++digits) {
      octet = octet * 10 + static_cast<std::uint32_t>(text[digits] - '0');
      if (octet > 255 || (digits > 0 && text.front() == '0')) return std::nullopt;
    }
    if (digits == 0) return std::nullopt;
    text.remove_prefix(digits);
    value = (value << 8) | octet;
  }
  return text.empty() ? std::optional(IpAddress::v4(value)) : std::nullopt;
}

bool are_digits(std::string_view text) {
  return !text.empty() && text.find_first_not_of("0123456789") == std::string_view::npos;
}

/// What other places write around an address, taken off.
class Wrapped {
 public:
  explicit Wrapped(std::string_view text) : text_(text) {
    scheme();
    tag();
    length();
    brackets();
    port();
  }

  /// `leave out the brackets and the port: 2001:db8::7`; empty where what is left is no address either.
  std::string hint() const {
    if (parts_.empty() || (!read_v4(text_) && !v6_octets(text_))) return {};
    return fmt::format("leave out {}: {}", fmt::join(parts_, " and "), text_);
  }

 private:
  void scheme() {
    const auto end = text_.find("://");
    if (end == std::string_view::npos) return;
    text_.remove_prefix(end + 3);
    parts_.emplace_back("the scheme");
    const auto slash = text_.find('/');
    if (slash == std::string_view::npos) return;
    if (slash + 1 < text_.size()) parts_.emplace_back("the path");
    text_ = text_.substr(0, slash);
  }
  void tag() {
    constexpr std::string_view tag = "ipv6:";
    const bool bracket = text_.starts_with('[');
    const auto after = text_.substr(bracket ? 1 : 0);
    const bool tagged = after.size() > tag.size() && std::equal(tag.begin(), tag.end(), after.begin(),
                                                                [](char a, char b) { return a == (b | 0x20) || a == b; });
    if (!tagged) return;
    parts_.emplace_back("the tag");
    text_ = after.substr(tag.size());
    if (bracket && text_.ends_with(']')) {
      parts_.emplace_back("the brackets");
      text_.remove_suffix(1);
    }
  }
  void length() {
    const auto slash = text_.rfind('/');
    if (slash == std::string_view::npos || !are_digits(text_.substr(slash + 1))) return;
    parts_.emplace_back(text_.substr(slash));
    text_ = text_.substr(0, slash);
  }
  void brackets() {
    const auto end = text_.rfind(']');
    if (!text_.starts_with('[') || end == std::string_view::npos) return;
    const auto rest = text_.substr(end + 1);
    if (!rest.empty() && !(rest.front() == ':' && are_digits(rest.substr(1)))) return;
    parts_.emplace_back("the brackets");
    if (!rest.empty()) parts_.emplace_back("the port");
    text_ = text_.substr(1, end - 1);
  }
  void port() {
    const auto colon = text_.find(':');
    if (colon == std::string_view::npos || text_.find('.') > colon || !are_digits(text_.substr(colon + 1))) return;
    parts_.emplace_back("the port");
    text_ = text_.substr(0, colon);
  }

  std::string_view text_;
  std::vector<std::string> parts_;
};

tl::unexpected<Error> not_an_address(std::string_view text, std::string hint = {}) {
  if (auto better = Wrapped(text).hint(); !better.empty()) hint = std::move(better);
  return fail(fmt::format("\"{}\" is not an IP address", text), std::move(hint));
}

/// Why read_v4() takes it for none.
tl::unexpected<Error> explain_v4(std::string_view text) {
  std::string without_zeros;
  bool zeros = false;
  std::string_view rest = text;
  for (int part = 0; part < 4; ++part) {
    const std::size_t dot = part < 3 ? rest.find('.') : rest.size();
    if (dot == std::string_view::npos)
      return not_an_address(text, "an IPv4 address has four parts, such as 192.0.2.1");
    const std::string_view octet = rest.substr(0, dot);
    const auto number = decimal(octet, 255);
    if (!number) return not_an_address(text, "each part of an IPv4 address is a number from 0 to 255");
    zeros = zeros || (octet.size() > 1 && octet[0] == '0');
    without_zeros += fmt::format("{}{}", part == 0 ? "" : ".", *number);
    rest.remove_prefix(part < 3 ? dot + 1 : dot);
  }
  return not_an_address(
      text,
      zeros ? fmt::format("a leading zero means octal to some programs; write {} if that is meant", without_zeros)
            : std::string());
}

}  // namespace

IpAddress IpAddress::v4(std::uint32_t host_order) {
  IpAddress address;
  for (unsigned i = 0; i < 4; ++i) address.octets_[i] = static_cast<std::uint8_t>(host_order >> (24 - 8 * i));
  return address;
}

IpAddress IpAddress::v6(const std::array<std::uint8_t, 16>& octets) {
  IpAddress address;
  address.v4_ = false;
  address.octets_ = octets;
  return address;
}

std::uint32_t IpAddress::v4_value() const {
  return (std::uint32_t{octets_[0]} << 24) | (std::uint32_t{octets_[1]} << 16) |
         (std::uint32_t{octets_[2]} << 8) | octets_[3];
}

std::optional<IpAddress> IpAddress::read(std::string_view text) {
  if (auto address = read_v4(text)) return address;
  if (text.find(':') == std::string_view::npos) return std::nullopt;
  const auto octets = v6_octets(text);
  return octets && !is_mapped(*octets) ? std::optional(v6(*octets)) : std::nullopt;
}

Result<IpAddress> IpAddress::parse(std::string_view text) {
  if (const auto address = read(text)) return *address;
  if (text.find(':') == std::string_view::npos) return explain_v4(text);
  if (text.find('%') != std::string_view::npos) {
    return not_an_address(text, "leave out the zone id (%...): it means something on one host only");
  }
  const auto octets = v6_octets(text);
  if (!octets) return not_an_address(text, "an IPv6 address looks like 2001:db8::1");
  const auto& mapped = *octets;
  return fail(
      fmt::format("\"{}\" is an IPv4-mapped IPv6 address", text),
      fmt::format("write the IPv4 address: {}.{}.{}.{}", mapped[12], mapped[13], mapped[14], mapped[15]));
}

std::string IpAddress::to_string() const {
  if (v4_) {
    std::string text;
    for (std::size_t i = 0; i < 4; ++i) {
      const fmt::format_int octet(unsigned{octets_[i]});
      if (i > 0) text += '.';
      text.append(octet.data(), octet.size());
    }
    return text;
  }
  // RFC 5952 §4: lower case, no leading zeros, the longest run (first of equals, at least two) of zero groups
  // as `::`.
  std::array<unsigned, 8> groups{};
  for (std::size_t i = 0; i < 8; ++i) groups[i] = (unsigned{octets_[2 * i]} << 8) | octets_[2 * i + 1];
  std::size_t best = 8, best_length = 1;
  for (std::size_t i = 0; i < 8;) {
    std::size_t j = i;
    while (j < 8 && groups[j] == 0) ++j;
    if (j - i > best_length) {
      best = i;
      best_length = j - i;
    }
    i = std::max(j, i + 1);
  }
  std::string out;
  for (std::size_t i = 0; i < 8;) {
    if (i == best) {
      out += "::";
      i += best_length;
      continue;
    }
    if (!out.empty() && out.back() != ':') out += ':';
    out += fmt::format("{:x}", groups[i++]);
  }
  return out;
}

IpAddress IpAddress::plus(std::uint64_t offset) const {
  IpAddress sum = *this;
  std::uint64_t carry = offset;
  for (std::size_t i = size(); i-- > 0 && carry != 0;) {
    carry += sum.octets_[i];
    sum.octets_[i] = static_cast<std::uint8_t>(carry & 0xff);
    carry >>= 8;
  }
  return sum;
}

std::strong_ordering IpAddress::operator<=>(const IpAddress& other) const {
  if (v4_ != other.v4_) return v4_ ? std::strong_ordering::less : std::strong_ordering::greater;
  const int order = std::memcmp(octets_.data(), other.octets_.data(), 16);
  return order <=> 0;
}

Result<Prefix> Prefix::parse(std::string_view text) {
  const std::size_t slash = text.find('/');
  const auto network = IpAddress::parse(text.substr(0, slash));
  if (!network) return tl::unexpected(network.error());
  if (slash == std::string_view::npos) return Prefix(*network, network->bits());
  const auto length = decimal(text.substr(slash + 1), network->bits());
  if (!length) {
    return fail(fmt::format("\"{}\" is not an address block", text),
                fmt::format("the prefix length goes from 0 to {}", network->bits()));
  }
  const Prefix prefix(*network, *length);
  std::array<std::uint8_t, 16> masked{};
  for (unsigned bit = 0; bit < *length; ++bit) {
    masked[bit / 8] =
        static_cast<std::uint8_t>(masked[bit / 8] | (network->octet(bit / 8) & (0x80u >> (bit % 8))));
  }
  const IpAddress base =
      network->is_v4() ? IpAddress::v4((std::uint32_t{masked[0]} << 24) | (std::uint32_t{masked[1]} << 16) |
                                       (std::uint32_t{masked[2]} << 8) | masked[3])
                       : IpAddress::v6(masked);
  if (base != *network) {
    return fail(fmt::format("\"{}\" has bits set after its prefix length", text),
                fmt::format("the block is {}/{}", base.to_string(), *length));
  }
  return prefix;
}

bool Prefix::contains(const IpAddress& address) const {
  if (address.is_v4() != network_.is_v4()) return false;
  const std::size_t whole = length_ / 8;
  if (std::memcmp(address.data(), network_.data(), whole) != 0) return false;
  if (length_ % 8 == 0) return true;
  const auto mask = static_cast<std::uint8_t>(0xff00u >> (length_ % 8));
  return (address.octet(whole) & mask) == (network_.octet(whole) & mask);
}

bool Prefix::contains(const Prefix& other) const {
  return other.length_ >= length_ && contains(other.network_);
}

IpAddress Prefix::last() const {
  std::array<std::uint8_t, 16> octets{};
  std::memcpy(octets.data(), network_.data(), 16);
  for (unsigned bit = length_; bit < network_.bits(); ++bit) {
    octets[bit / 8] = static_cast<std::uint8_t>(octets[bit / 8] | (0x80u >> (bit % 8)));
  }
  if (network_.is_v6()) return IpAddress::v6(octets);
  return IpAddress::v4((std::uint32_t{octets[0]} << 24) | (std::uint32_t{octets[1]} << 16) |
                       (std::uint32_t{octets[2]} << 8) | octets[3]);
}

std::uint64_t Prefix::count() const {
  const unsigned host_bits = network_.bits() - length_;
  return host_bits >= 64 ? ~std::uint64_t{0} : std::uint64_t{1} << host_bits;
}

std::string Prefix::to_string() const { return fmt::format("{}/{}", network_.to_string(), length_); }

}  // namespace rdnsgate
