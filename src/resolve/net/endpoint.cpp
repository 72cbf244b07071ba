// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/net/endpoint.h"

#include <arpa/inet.h>
#include <fmt/format.h>
#include <netinet/in.h>
#include <unistd.h>

#include <cstring>
#include <system_error>

namespace rdnsgate::resolve {

Endpoint::Endpoint(const IpAddress& address_of, std::uint16_t port_of)
    : text(fmt::format("{}#{}", address_of.to_string(), port_of)), ip(address_of), port(port_of) {
  if (ip.is_v4()) {
    sockaddr_in v4{};
    v4.sin_family = AF_INET;
    v4.sin_port = htons(port);
    std::memcpy(&v4.sin_addr, ip.data(), 4);
    std::memcpy(&storage, &v4, size = sizeof v4);
  } else {
    sockaddr_in6 v6{};
    v6.sin6_family = AF_INET6;
    v6.sin6_port = htons(port);
    std::memcpy(&v6.sin6_addr, ip.data(), 16);
    std::memcpy(&storage, &v6, size = sizeof v6);
  }
}

std::uint16_t own_port(int descriptor) {
  sockaddr_storage local{};
  socklen_t size = sizeof local;
  if (getsockname(descriptor, reinterpret_cast<sockaddr*>(&local), &size) != 0) return 0;
  // The port stands at the same place in both families.
  static_assert(offsetof(sockaddr_in, sin_port) == offsetof(sockaddr_in6, sin6_port));
  std::uint16_t network = 0;
  std::memcpy(&network, reinterpret_cast<const char*>(&local) + offsetof(sockaddr_in, sin_port),
              sizeof network);
  return ntohs(network);
}

bool has_route(const Endpoint& endpoint) {
  const int socket = ::socket(endpoint.family(), SOCK_DGRAM | SOCK_CLOEXEC, 0);
  if (socket < 0) return false;
  const bool there = ::connect(socket, endpoint.address(), endpoint.size) == 0;
  ::close(socket);
  return there;
}

std::string errno_text(int error) { return std::generic_category().message(error); }

}  // namespace rdnsgate::resolve
