// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors

// Zones as files propose them. The first octet chooses the format: a zone file, or an octoDNS folder's YAML.
#include <array>
#include <cstddef>
#include <cstdint>
#include <string>

#include "dns/rdata_text.h"
#include "dns/zone/zone_file.h"
#include "inventory/octodns/octodns_zone.h"
#include "require.h"

namespace {

using namespace rdnsgate;
using fuzz::require;

void look_at(const dns::ZoneFile& zone) {
  for (const auto& rrset : zone.rrsets) {
    require(rrset.owner.is_within(zone.origin) && !rrset.rdata.empty());
    for (const auto& rdata : rrset.rdata)
      for (const char c : dns::rdata_text(rrset.type, rdata)) require(c >= 0x20 && c < 0x7F);
  }
}

}  // namespace

extern "C" int LLVMFuzzerTestOneInput(const std::uint8_t* data, std::size_t size) {
  if (size == 0) return 0;
  Sources sources;
  Diagnostics problems;
  const auto origin = dns::Name::parse("mail.example").value();
  const std::string_view text(reinterpret_cast<const char*>(data) + 1, size - 1);
  // What follows a line of two dashes is a second file, which any $INCLUDE finds.
  const auto parted = text.find("\n--\n");
  const auto file = sources.add("zone", std::string(text.substr(0, parted)));
  if (data[0] % 2 == 0) {
    const dns::FindIncluded find = [&](const std::string&, const std::string&) -> Result<dns::IncludedText> {
      if (parted == std::string_view::npos) return fail("there is none");
      return dns::IncludedText{"included", std::string(text.substr(parted + 4))};
    };
    const auto zone = dns::read_zone_file(sources, file, origin, problems, nullptr, find);
    if (problems.empty()) look_at(zone);
  } else if (const auto zone = inventory::read_octodns_zone(sources, std::array{file}, origin, problems)) {
    if (problems.empty()) look_at(*zone);
  }
  fuzz::require_printable(problems, sources);
  return 0;
}
