// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/address_ranges.h"
#include "mailauth/spf/spf_answers.h"
#include "mailauth/spf/spf_outcome.h"

namespace rdnsgate::mailauth {

/// Blocks as ranges: rising, those that overlap or touch each other as one.
std::vector<AddressRange> spf_ranges(std::vector<AddressRange> ranges);
std::vector<AddressRange> spf_ranges(const std::vector<Prefix>& blocks);

/// The addresses that mechanisms let through, such as `include:_spf.example.net ip4:192.0.2.0/28` of a record.
struct SpfPublished {
  std::vector<AddressRange> ranges;          ///< rising
  bool whole = false;                        ///< they are all; else `why`
  std::string why;                           ///< foreign text
  std::vector<SpfOutcome::Missing> missing;  ///< has to be asked before anything can be said
};
/// Evaluates a record that has these terms alone, for every address that there is.
SpfPublished spf_published(const SpfAsker& asker, std::string_view terms);

}  // namespace rdnsgate::mailauth
