// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <unordered_set>
#include <vector>

#include "dns/zone/zone_file.h"
#include "inventory/model/model.h"

namespace rdnsgate::plan {

/// The records of the zones that lie before us whole, in zone files or octoDNS's: of them all that lead to
/// somebody's name or address. The other records of a zone are many, and nobody is led anywhere by them.
class AtHand {
 public:
  struct Zone {
    dns::Name origin;
    std::vector<dns::RRset> sets;         ///< has_references(), TXT records of SPF, and the addresses below
    std::vector<dns::OpenQuestion> open;  ///< what its source leaves to others
  };

  /// Addresses that `base` (may be null) has and `now` has not, or that `now` lists as retired, are going:
  /// which names still have them is kept too.
  AtHand(const inventory::Inventory& now, const inventory::Inventory* base);

  void add(const dns::ZoneFile& zone);
  /// Nobody is asked: what is in no zone at hand cannot be found out.
  void close() { closed_ = true; }

  const std::vector<Zone>& zones() const { return zones_; }
  bool closed() const { return closed_; }
  /// The zone at hand that `name` lies in; nullptr where there is none.
  const Zone* zone_of(const dns::Name& name) const;

 private:
  bool is_kept(const dns::RRset& set) const;

  std::vector<Zone> zones_;
  std::unordered_set<std::string> going_;  ///< A and AAAA record data
  bool closed_ = false;
};

/// Whether a TXT record is one of SPF (RFC 7208 §4.5).
bool is_spf_record(const std::string& rdata);

}  // namespace rdnsgate::plan
