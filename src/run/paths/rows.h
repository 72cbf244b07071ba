// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <limits>
#include <string>
#include <unordered_map>
#include <vector>

#include "inventory/model/model.h"
#include "report/mail/paths.h"
#include "run/paths/hosts.h"
#include "run/paths/identities.h"

namespace rdnsgate::run {

/// What is known of the addresses of an inventory: those of one sender of which the same is to be said share it.
class HostGroups {
 public:
  struct Group {
    HostIdentity host;
    Signs signs;
  };
  explicit HostGroups(const inventory::Inventory& inventory)
      : of_(inventory.addresses.size(), none), inventory_(inventory) {}

  void add(std::size_t address, HostIdentity host, const Signs& signs);
  /// That it could not be asked in time.
  void add_unasked(std::size_t address);
  /// Of an address that was added.
  const Group& of(std::size_t address) const { return groups_[of_[address]]; }
  std::uint32_t index_of(std::size_t address) const { return of_[address]; }

 private:
  static constexpr std::uint32_t none = std::numeric_limits<std::uint32_t>::max();
  std::vector<std::uint32_t> of_;
  std::vector<Group> groups_;
  std::unordered_map<std::string, std::uint32_t> known_;
  const inventory::Inventory& inventory_;
};

/// The matrix: `identities` has one for each path, `hosts` the addresses of every sender on one.
std::vector<report::PathRow> path_rows(const inventory::Inventory& inventory,
                                       std::vector<PathIdentity> identities, const HostGroups& hosts,
                                       bool bulk);

}  // namespace rdnsgate::run
