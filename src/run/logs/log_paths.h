// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "inventory/model/model.h"
#include "logs/entry.h"

namespace rdnsgate::run {

/// Finds the path of an inventory that a line of a log is about.
class LogPaths {
 public:
  /// Without an inventory, nullptr, there is no path, and every line is ours.
  explicit LogPaths(const inventory::Inventory* inventory);

  struct Found {
    std::string_view path;  ///< lives as long as the inventory; see report::LogLine
    bool is_ours = true;
  };
  Found find(const logs::LogEntry& entry) const;

 private:
  using Paths = std::vector<const inventory::MailPath*>;

  static std::string_view path_of(const Paths& paths, std::string_view own_name,
                                  std::string_view sender_domain, const inventory::Inventory& inventory);

  const inventory::Inventory* inventory_;
  std::vector<Paths> by_sender_, by_relay_;
  static constexpr std::size_t several = static_cast<std::size_t>(-1);
  std::unordered_map<std::string, std::size_t> sender_by_helo_;  ///< `several`: the name tells nothing
};

}  // namespace rdnsgate::run
