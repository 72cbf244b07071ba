// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <array>
#include <vector>

#include "base/ip.h"

namespace rdnsgate {
namespace {

// IANA IPv4 and IPv6 Special-Purpose Address Registries, and the multicast blocks. The registries have
// blocks inside blocks: the narrowest entry decides.
constexpr std::array table = std::to_array<SpecialPurpose>({
    {"0.0.0.0/8", "\"this network\"", "RFC 791 §3.2", false, false},
    {"10.0.0.0/8", "private use", "RFC 1918", false, false},
    {"100.64.0.0/10", "shared address space (carrier-grade NAT)", "RFC 6598", false, false},
    {"127.0.0.0/8", "loopback", "RFC 1122 §3.2.1.3", false, false},
    {"169.254.0.0/16", "link-local", "RFC 3927", false, false},
    {"172.16.0.0/12", "private use", "RFC 1918", false, false},
    {"192.0.0.0/24", "IETF protocol assignments", "RFC 6890 §2.1", false, false},
    {"192.0.0.9/32", "Port Control Protocol anycast", "RFC 7723", false, true},
    {"192.0.0.10/32", "TURN anycast", "RFC 8155", false, true},
    {"192.0.2.0/24", "documentation (TEST-NET-1)", "RFC 5737", true, false},
    {"192.88.99.0/24", "deprecated 6to4 relay anycast", "RFC 7526", false, false},
    {"192.168.0.0/16", "private use", "RFC 1918", false, false},
    {"198.18.0.0/15", "benchmarking", "RFC 2544", false, false},
    {"198.51.100.0/24", "documentation (TEST-NET-2)", "RFC 5737", true, false},
    {"203.0.113.0/24", "documentation (TEST-NET-3)", "RFC 5737", true, false},
    {"224.0.0.0/4", "multicast", "RFC 5771", false, false},
    {"240.0.0.0/4", "reserved", "RFC 1112 §4", false, false},
    {"255.255.255.255/32", "limited broadcast", "RFC 8190", false, false},
    {"::/128", "the unspecified address", "RFC 4291", false, false},
    {"::1/128", "loopback", "RFC 4291", false, false},
    {"64:ff9b::/96", "IPv4-IPv6 translation", "RFC 6052", false, true},
    {"64:ff9b:1::/48", "local IPv4-IPv6 translation", "RFC 8215", false, false},
    {"100::/64", "discard-only", "RFC 6666", false, false},
    {"2001::/23", "IETF protocol assignments", "RFC 2928", false, false},
    {"2001::/32", "Teredo", "RFC 4380", false, false},
    {"2001:1::1/128", "Port Control Protocol anycast", "RFC 7723", false, true},
    {"2001:1::2/128", "TURN anycast", "RFC 8155", false, true},
    {"2001:2::/48", "benchmarking", "RFC 5180", false, false},
    {"2001:3::/32", "AMT", "RFC 7450", false, true},
    {"2001:4:112::/48", "AS112-v6", "RFC 7535", false, true},
    {"2001:20::/28", "ORCHIDv2", "RFC 7343", false, true},
    {"2001:30::/28", "drone remote identification", "RFC 9374", false, true},
    {"2001:db8::/32", "documentation", "RFC 3849", true, false},
    {"2002::/16", "6to4", "RFC 3056", false, false},
    {"2620:4f:8000::/48", "AS112 direct delegation", "RFC 7534", false, true},
    {"3fff::/20", "documentation", "RFC 9637", true, false},
    {"5f00::/16", "segment routing (SRv6) SIDs", "RFC 9602", false, false},
    {"fc00::/7", "unique local", "RFC 4193", false, false},
    {"fe80::/10", "link-local unicast", "RFC 4291", false, false},
    {"ff00::/8", "multicast", "RFC 4291", false, false},
});

struct Block {
  Prefix prefix;
  const SpecialPurpose* entry;
};

/// The blocks that addresses with this first octet can be in, the narrowest first: for most there is none.
class Blocks {
 public:
  Blocks() {
    for (const auto& entry : table) {
      const Block block{Prefix::parse(entry.block).value(), &entry};
      auto& family = by_octet_[block.prefix.network().is_v4() ? 0 : 1];
      for (std::size_t octet = block.prefix.network().octet(0); octet <= block.prefix.last().octet(0);
           ++octet)
        family[octet].push_back(block);
    }
    for (auto& family : by_octet_) {
      for (auto& blocks : family)
        std::stable_sort(blocks.begin(), blocks.end(), [](const Block& a, const Block& b) {
          return a.prefix.length() > b.prefix.length();
        });
    }
  }
  const std::vector<Block>& of(const IpAddress& address) const {
    return by_octet_[address.is_v4() ? 0 : 1][address.octet(0)];
  }

 private:
  std::array<std::array<std::vector<Block>, 256>, 2> by_octet_;
};

}  // namespace

const SpecialPurpose* special_purpose(const IpAddress& address) {
  static const Blocks blocks;
  for (const auto& block : blocks.of(address)) {
    if (block.prefix.contains(address)) return block.entry;
  }
  return nullptr;
}

}  // namespace rdnsgate
