// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// What a first inventory is drafted from. The first octet chooses: a CSV table, a NetBox export, an SPF
// record. What is taken from it is an inventory that can be written.
#include <cstddef>
#include <cstdint>
#include <string_view>

#include "draft/csv.h"
#include "draft/netbox.h"
#include "draft/senders.h"
#include "draft/spf_terms.h"
#include "require.h"

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  using namespace rdnsgate;
  if (size == 0) return 0;
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  if (data[0] % 3 == 2) {
    draft::read_spf(text, dns::Name::parse("a.example").value());
    return 0;
  }
  Sources sources;
  Diagnostics problems;
  draft::Estate estate;
  const auto file = sources.add("table", std::string(text));
  (data[0] % 3 == 0 ? draft::read_csv : draft::read_netbox)(sources, file, estate, problems);
  fuzz::require_printable(problems, sources);
  for (auto& [ip, host] : estate.hosts)
    if (host.ptr.empty() && host.left_out.empty()) host.left_out = "no name";
  for (const auto& sender : draft::senders_of(estate))
    fuzz::require(!sender.name.empty() && !sender.entries.empty());
  return 0;
}
