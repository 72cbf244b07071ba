// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <memory>
#include <optional>
#include <span>
#include <string>
#include <vector>

#include "base/ip.h"
#include "base/result.h"
#include "dns/facts/vantage.h"
#include "resolve/adapters/adapter.h"
#include "resolve/adapters/zone_set.h"
#include "resolve/walk/own_zone.h"

namespace rdnsgate::resolve {

/// One vantage as the inventory or the command line describes it.
struct VantageConfig {
  std::string name;
  dns::VantageKind kind = dns::VantageKind::recursive;
  std::string operator_name;  ///< empty: the vantage's name
  bool internal = false;      ///< it sees an internal view
  IpAddress address;          ///< `forward`: the resolver
  /// `forward`: the resolver's, as it stands, over TLS too; `authoritative`: of every name server.
  std::uint16_t port = 53;
  std::string tls_name;    ///< `forward`: DNS over TLS, and the name in the certificate
  std::string tls_ca;      ///< `forward`: PEM file; empty for the system's authorities
  std::string root_hints;  ///< `recursive`, `authoritative`: a file; empty for the system's
  /// A file. Empty: `recursive` takes the system's, and `authoritative` trusts the keys that the root has.
  std::string trust_anchor;
  std::vector<ZoneSource> zone_files;  ///< `zonefiles`
  std::vector<OwnZone> zones;          ///< `authoritative`: those that are asked in full (authoritative.h)
  /// `forward`, `authoritative`: 0 for no limit; nullopt for what is polite towards that address
  /// (rate_limit.h).
  std::optional<unsigned> questions_per_second;
  bool mix_case = false;  ///< `forward`, `authoritative`: 0x20
};

/// Opens all vantages; a question's vantage is the index in `configs`. Nothing is sent yet. Fails with the
/// vantage and the cause when one of them cannot be set up.
Result<std::unique_ptr<dns::Panel>> make_panel(std::span<const VantageConfig> configs,
                                               const PanelOptions& options);

}  // namespace rdnsgate::resolve
