// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <set>
#include <string>
#include <string_view>
#include <unordered_map>
#include <utility>
#include <vector>

#include "audit/result.h"
#include "base/ip.h"
#include "base/text/glob_set.h"
#include "inventory/model/expand.h"
#include "inventory/model/model.h"

namespace rdnsgate::audit {

/// Finds the waivers that cover a finding, where there may be one on each of a hundred thousand lines.
class WaiverIndex {
 public:
  explicit WaiverIndex(const inventory::Inventory& inventory);

  /// Indices into Inventory::waivers. An entry covers what it names, what belongs to that (a sender's addresses), the
  /// addresses of its block, or targets by its pattern; one that stands in a comment covers what is declared on its
  /// line, and findings that point to the line.
  std::vector<std::size_t> covering(const Finding& finding) const;

 private:
  struct OfRule {
    std::unordered_map<std::string, std::vector<std::size_t>> named;  ///< by target, in lower case
    std::map<Prefix, std::vector<std::size_t>> blocks;
    std::set<std::pair<bool, unsigned>> block_lengths;  ///< that there are, by "is IPv4"
    std::vector<std::size_t> patterns;                  ///< with * or ?
    GlobSet globs;                                      ///< those, in that order
    std::vector<std::size_t> comments;                  ///< by line
  };

  void gather_groups();
  static void add_block(const inventory::AddressRange& range, std::size_t waiver, OfRule& of_rule);
  static void add_named(const OfRule& waivers, std::string_view id, std::vector<std::size_t>& found);
  /// Of the blocks that the address is in.
  static void add_blocks(const OfRule& waivers, const Target& target, std::vector<std::size_t>& found);
  void add_groups(const OfRule& waivers, const Target& target, std::vector<std::size_t>& found) const;
  /// A span without extent where the inventory does not declare it.
  Span declared_at(const Target& target) const;
  void add_on_line(const OfRule& waivers, Span at, std::vector<std::size_t>& found) const;

  const inventory::Inventory& inventory_;
  std::unordered_map<std::string_view, OfRule> rules_;
  std::unordered_map<std::string, Span> places_;  // of what has a name; empty where no waiver is a comment
  // What is there once, by its id, and belongs to something.
  std::unordered_map<std::string, std::vector<std::string>> groups_;
};

}  // namespace rdnsgate::audit
