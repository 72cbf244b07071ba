// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string_view>
#include <vector>

#include "inventory/model/expand.h"
#include "inventory/model/fields.h"
#include "inventory/model/model.h"

namespace rdnsgate::inventory {

/// The `internal:` key of a sender or an address entry, before its templates are filled in for an address.
class InternalTexts {
 public:
  /// Reads the key; what is wrong with it becomes a problem.
  static InternalTexts read(const yaml::Value& owner, yaml::Problems& problems);
  /// What this one leaves out is as the sender says.
  void inherit(const InternalTexts& sender);

  /// False, and a problem, where it cannot be meant for these addresses.
  bool check(const AddressRange& range, yaml::Problems& problems) const;
  /// Gives the address its view, where anything is expected of one; its PTR and HELO names are known by now.
  /// `index` counts from 0 in its range. False, and a problem, where a filled-in template is no name or no
  /// address.
  bool expand(std::uint64_t index, Address& address, Inventory& inventory, yaml::Problems& problems) const;

 private:
  struct Text {
    NameTemplate text;
    std::string_view written;
    Span at;
  };
  static std::optional<Text> read_text(const yaml::Value& value, yaml::Problems& problems);
  static bool is_address(const Text& text, yaml::Problems& problems);
  bool any_of_family(const IpAddress& ip) const;

  std::optional<Text> ptr_;
  bool no_ptr_ = false, faulty_ = false;
  std::vector<Text> addresses_;
  bool inherited_addresses_ = false;
  Span at_;
  bool is_set_ = false;
};

/// Fills Inventory::names_inside; addresses and views are complete.
void index_names_inside(Inventory& inventory);

}  // namespace rdnsgate::inventory
