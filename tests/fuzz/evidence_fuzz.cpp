// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
// Bundles, with and without gzip around them, and messages as dig would show them.
#include "dns/wire/dig_text.h"
#include "report/evidence/pcap.h"
#include "report/evidence/verify.h"
#include "require.h"

using namespace rdnsgate;
using fuzz::require;

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  const std::string_view octets(reinterpret_cast<const char*>(data), size);
  const auto check =
      size > 0 && data[0] == 0x1f ? report::check_packed_evidence(octets) : report::check_evidence(octets);
  require(check.is_whole() == !check.members.empty());
  for (const auto& wrong : check.wrong) require(wrong.find('\x1b') == std::string::npos);
  const auto text = dns::dig_text(octets);
  require(text.find('\x1b') == std::string::npos);
  report::write_pcap({{0,
                       {},
                       53,
                       1,
                       (size & 1) != 0,
                       (size & 2) != 0 ? dns::Transport::tcp : dns::Transport::udp,
                       std::string(octets.substr(0, 65535))}});
  return 0;
}
