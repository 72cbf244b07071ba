// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/mapped_address.h"

#include <arpa/inet.h>

#include <algorithm>
#include <string>

namespace rdnsgate {
namespace {

constexpr std::array<std::uint8_t, 12> mapped{0, 0, 0, 0, 0, 0, 0, 0, 0, 0, 0xff, 0xff};
constexpr std::size_t longest_text = 45;

}  // namespace

Result<IpAddress> parse_with_mapped(std::string_view text) {
  auto address = IpAddress::parse(text);
  if (address || text.size() > longest_text || text.find('\0') != std::string_view::npos) return address;
  std::array<std::uint8_t, 16> octets{};
  if (inet_pton(AF_INET6, std::string(text).c_str(), octets.data()) != 1) return address;
  return IpAddress::v6(octets);
}

IpAddress unmapped(const IpAddress& address) {
  if (address.is_v4() || !std::equal(mapped.begin(), mapped.end(), address.data())) return address;
  return IpAddress::v4((std::uint32_t{address.octet(12)} << 24) | (std::uint32_t{address.octet(13)} << 16) |
                       (std::uint32_t{address.octet(14)} << 8) | address.octet(15));
}

}  // namespace rdnsgate
