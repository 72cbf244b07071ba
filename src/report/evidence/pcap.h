// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "dns/wire/packet.h"

namespace rdnsgate::report {

/// A capture file (draft-ietf-opsawg-pcap: pcap 2.4, LINKTYPE_RAW) of these messages: each octet of a message is as it was
/// sent or received, and the IP, UDP and TCP headers in front of it are made here, since sockets do not show theirs, with
/// right lengths and checksums. The side that asked has the address 0.0.0.0 or ::, with the port that it had. A message over
/// TCP is one segment with the length in front of it, or several where it is longer than an IP packet. Those over TLS are left
/// out: on the wire nobody could read them.
std::string write_pcap(const std::vector<dns::Packet>& packets);

}  // namespace rdnsgate::report
