// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_span.h"

#include <algorithm>
#include <array>

namespace rdnsgate::mailauth {
namespace {

IpAddress of_octets(const std::array<std::uint8_t, 16>& octets, bool is_v4) {
  if (!is_v4) return IpAddress::v6(octets);
  std::uint32_t value = 0;
  for (std::size_t i = 0; i < 4; ++i) value = value << 8 | octets[i];
  return IpAddress::v4(value);
}

}  // namespace

std::optional<IpAddress> address_after(const IpAddress& address) {
  const auto after = address.plus(1);
  return after > address ? std::optional(after) : std::nullopt;
}

IpAddress address_before(const IpAddress& address) {
  std::array<std::uint8_t, 16> octets{};
  std::copy_n(address.data(), address.size(), octets.begin());
  for (std::size_t i = address.size(); i-- > 0;) {
    if (octets[i]-- != 0) break;
  }
  return of_octets(octets, address.is_v4());
}

Prefix spf_block(const IpAddress& address, unsigned length) {
  std::array<std::uint8_t, 16> octets{};
  for (unsigned i = 0; i < address.size(); ++i) {
    const unsigned left = length > 8 * i ? std::min(8u, length - 8 * i) : 0;
    octets[i] = static_cast<std::uint8_t>(address.octet(i) & (0xFF00u >> left));
  }
  return {of_octets(octets, address.is_v4()), length};
}

SpfSpan::SpfSpan(const IpAddress& around)
    : around_(around), first_(around.is_v4() ? IpAddress() : IpAddress::v6({})) {}

void SpfSpan::narrow(const Prefix& network) {
  if (network.network().is_v4() != around_.is_v4()) return;
  if (network.network() > around_) return end_before(network.network());
  const auto after = address_after(network.last());
  if (network.contains(around_)) {
    first_ = std::max(first_, network.network());
    if (after) end_before(*after);
  } else {
    first_ = std::max(first_, *after);  // there is one: the address is behind it
  }
}

void SpfSpan::narrow_to_one() {
  first_ = around_;
  if (const auto after = address_after(around_)) end_before(*after);
}

void SpfSpan::end_before(const IpAddress& address) { until_ = until_ ? std::min(*until_, address) : address; }

}  // namespace rdnsgate::mailauth
