// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstdint>
#include <map>
#include <string>
#include <string_view>
#include <vector>

#include "draft/estate.h"

namespace rdnsgate::draft {

/// One item of a sender's `addresses`.
struct Entry {
  IpAddress first, last;    ///< the same for a single address
  std::string ptr;          ///< a name or a template; empty where it is the sender's HELO name
  std::string helo;         ///< empty where it is the sender's
  std::uint64_t start = 1;  ///< what {n} in the template is for the first address
};

struct Sender {
  std::string name;
  std::string helo;  ///< a name, or `{ptr}`
  bool helo_guessed = false;
  std::string owner;
  std::vector<Entry> entries;
};

/// As the inventory wants the names of senders and relays: letters, digits, `.`, `_` and `-`, the first a
/// letter or a digit, at most 64. Empty where nothing is left of the text.
inline constexpr std::size_t longest_label = 64;
std::string label_of(std::string_view text, std::size_t longest = longest_label);

/// The senders that the declared hosts make up: those that a source puts together, pools, and else all
/// addresses with one PTR and HELO name. In the order of their first addresses; each with a name of its own.
std::vector<Sender> senders_of(const Estate& estate);

}  // namespace rdnsgate::draft
