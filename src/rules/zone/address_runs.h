// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "audit/run_context.h"

namespace rdnsgate::rules {

/// A record that is about an address.
struct AddressRecord {
  IpAddress ip;
  const dns::ZoneFile* reverse = nullptr;  ///< the zone that the PTR record of the address lies in
  const dns::PlacedRecord* record = nullptr;
};

/// Addresses one behind the other, in one reverse zone: where a person would look once.
struct AddressRun {
  std::vector<AddressRecord> records;  ///< in the order of their addresses, each address once

  const AddressRecord& first() const { return records.front(); }
  /// `192.0.2.10-192.0.2.40`, or the one address.
  std::string text() const;
};

/// Of records of the same address the first one counts.
std::vector<AddressRun> runs_of(std::vector<AddressRecord> records);

}  // namespace rdnsgate::rules
