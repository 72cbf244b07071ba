// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "dns/delegation/delegation.h"

namespace rdnsgate::dns {

// Packets get lost, and a lost one looks like a server that does not answer. So many tries, over some
// seconds, are not lost one and all but on a line on which nothing else would be answered either: of a
// network that loses three packets of ten on both ways, all of forty questions in one run of a million.
inline constexpr unsigned many_tries_over_udp = 40;
/// Connections: each asks for itself again what is lost.
inline constexpr unsigned many_tries_over_tcp = 4;

/// Nothing came back, over so many spaced tries that it says something of the server.
inline bool is_lasting_silence(const Exchange& exchange) {
  return exchange.asked && exchange.silence == Silence::timeout &&
         exchange.tries >= (exchange.over_tcp ? many_tries_over_tcp : many_tries_over_udp);
}

}  // namespace rdnsgate::dns
