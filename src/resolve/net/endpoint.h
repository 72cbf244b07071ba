// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <sys/socket.h>

#include <cstdint>
#include <string>

#include "base/ip.h"

namespace rdnsgate::resolve {

/// A server's address and port, in the forms that sockets and people want.
struct Endpoint {
  Endpoint(const IpAddress& address_of, std::uint16_t port_of);

  const sockaddr* address() const { return reinterpret_cast<const sockaddr*>(&storage); }
  int family() const { return storage.ss_family; }

  sockaddr_storage storage{};
  socklen_t size = 0;
  std::string text;  ///< `192.0.2.53#53`, `2001:db8::53#53`
  IpAddress ip;
  std::uint16_t port = 0;
};

/// The port that a socket has on this side; 0 where the system does not say.
std::uint16_t own_port(int descriptor);

/// This machine has a way to send there. Nothing is sent.
bool has_route(const Endpoint& endpoint);

/// What an errno of a socket says, in words.
std::string errno_text(int error);

}  // namespace rdnsgate::resolve
