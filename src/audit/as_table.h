// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <optional>
#include <vector>

#include "base/ip.h"
#include "base/text/diagnostic.h"

namespace rdnsgate::audit {

/// Which autonomous system announces an address, as a table on disk has it: the DNS does not say.
class AsTable {
 public:
  /// Reads a table of one range a line: `FIRST LAST AS ...` or `PREFIX AS ...`, divided by white space, as
  /// iptoasn.com and pyasn write them. What follows the number is skipped; the number may be written AS64500;
  /// 0 is "not announced". Empty lines and those that begin with # or ; are skipped too. Ranges may lie
  /// inside one another, and not overlap in any other way. Every problem is a diagnostic with its line, up to
  /// `most_problems`.
  static AsTable read(const Sources& sources, FileId file, Diagnostics& problems);

  /// The number of the narrowest range that holds the address; nullopt where none does, or nobody announces
  /// it.
  std::optional<std::uint32_t> of(const IpAddress& address) const;

  std::size_t size() const { return ranges_.size(); }

  static constexpr std::size_t most_problems = 10;

 private:
  static constexpr std::uint32_t nothing = UINT32_MAX;
  struct Range {
    IpAddress first, last;
    std::uint32_t number = 0;
    std::uint32_t around = nothing;  ///< index of the narrowest range that this one lies in
    std::uint32_t at = 0;            ///< offset of its line
  };
  void nest(FileId file, const Sources& sources, Diagnostics& problems);

  std::vector<Range> ranges_;  // by first address, the wider before the narrower
};

}  // namespace rdnsgate::audit
