// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <string>

#include "base/ip.h"

namespace rdnsgate::dns {

/// How a message travelled.
enum class Transport : std::uint8_t { udp, tcp, tls };
constexpr const char* to_string(Transport transport) {
  return transport == Transport::udp ? "UDP" : transport == Transport::tcp ? "TCP" : "TLS";
}

/// A DNS message as it was sent or received, octet for octet.
struct Packet {
  std::int64_t at_us = 0;  ///< microseconds since 1970, by this machine's clock
  IpAddress server;
  std::uint16_t server_port = 53;
  std::uint16_t own_port = 0;  ///< of the side that asks; 0 where it is not known
  bool is_query = false;       ///< sent; else received
  Transport transport = Transport::udp;
  std::string message;  ///< without the two octets of its length (RFC 1035 §4.2.2)
  bool operator==(const Packet&) const = default;
};

}  // namespace rdnsgate::dns
