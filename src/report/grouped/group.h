// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <vector>

#include "report/document.h"
#include "report/view.h"

namespace rdnsgate::report {

/// Findings that follow from those of an entry: once these are fixed, they are gone.
struct Following {
  std::vector<std::size_t> members;  ///< of one cause; indices into Document::findings, rising
};

/// What is shown as one.
struct Entry {
  std::vector<std::size_t> members;  ///< indices into Document::findings, rising; the first stands for all
  std::vector<Following> following;  ///< only of several members
  bool is_group() const { return members.size() > 1; }
  /// Members, and what follows from them.
  std::size_t findings() const;
};

struct Section {
  std::string
      title;  ///< of a zone, a sender or an owner; empty where findings have none, and without sections
  std::vector<Entry> entries;
};

/// From so many findings of one cause on they are one entry: what fits in two entries keeps its places and fixes.
inline constexpr std::size_t least_grouped = 3;

/// Puts the findings at the indices `shown`, which rise, in entries: each is in exactly one. Where something was
/// joined, entries of a section stand by weight, then by number; else in the order of the document. Sections stand in
/// the order of their titles, the one without a title last. Takes time linear in the number of findings, but for
/// sorting entries.
std::vector<Section> group(const Document& document, const std::vector<std::size_t>& shown, GroupBy by);

}  // namespace rdnsgate::report
