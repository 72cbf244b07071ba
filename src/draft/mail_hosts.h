// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <set>
#include <string>
#include <vector>

#include "base/ip.h"
#include "dns/zone/zone_data.h"
#include "draft/estate.h"

namespace rdnsgate::draft {

/// Which hosts have to do with mail, by the records of zones that were read: they are MX hosts, or an SPF record lets them
/// through.
class MailHosts {
 public:
  void add(const dns::ZoneFile& zone);

  /// Adds hosts that have to do with mail, or whose names match one of `only`, and that no PTR record of the zones names,
  /// by their address records. Then leaves out what is not meant: without patterns, where some hosts are known to have to
  /// do with mail, all others; with patterns, what matches none of them.
  void apply(const std::vector<std::string>& only, Estate& estate) const;

 private:
  void add_unnamed(const dns::Name& name, const IpAddress& ip, Estate& estate, std::size_t& guessed) const;

  std::map<dns::Name, std::vector<IpAddress>> addresses_;  ///< of all names
  std::set<dns::Name> names_;                              ///< of mail hosts
  std::vector<Prefix> blocks_;
};

}  // namespace rdnsgate::draft
