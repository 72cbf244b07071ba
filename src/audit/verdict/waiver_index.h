// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <unordered_map>
#include <vector>

#include "audit/result.h"
#include "inventory/model/model.h"

namespace rdnsgate::audit {

/// Finds the waivers that cover a finding, where there may be one on each of a hundred thousand lines.
class WaiverIndex {
 public:
  explicit WaiverIndex(const inventory::Inventory& inventory);

  /// Indices into Inventory::waivers. An entry covers targets by its pattern; one that stands in a comment
  /// covers what is declared on its line, and findings that point to the line.
  std::vector<std::size_t> covering(const Finding& finding) const;

 private:
  struct OfRule {
    std::unordered_map<std::string, std::vector<std::size_t>> named;  ///< by target, in lower case
    std::vector<std::size_t> patterns;  ///< with * or ?; the loader has limited how many
    std::vector<std::size_t> comments;  ///< by line
  };

  /// A span without extent where the inventory does not declare it.
  Span declared_at(const Target& target) const;
  void add_on_line(const OfRule& waivers, Span at, std::vector<std::size_t>& found) const;

  const inventory::Inventory& inventory_;
  std::unordered_map<std::string_view, OfRule> rules_;
  std::unordered_map<std::string, Span> places_;  // of what has a name; empty where no waiver is a comment
};

}  // namespace rdnsgate::audit
