// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <string>
#include <string_view>
#include <unordered_map>
#include <unordered_set>
#include <vector>

#include "dns/zone_file.h"

namespace rdnsgate::resolve {

/// What the sources of a set of zones leave open, so that it is never taken for a record that is missing.
class OpenQuestions {
 public:
  void add(const dns::ZoneFile& zone);

  /// Why a negative answer for this name and type says nothing; empty where it can be believed.
  std::string_view why(const dns::Name& name, dns::RrType type) const;

 private:
  struct Hash : std::hash<std::string_view> {
    using is_transparent = void;
  };
  struct Open {
    dns::RrType type;  ///< RrType{}: any
    std::string why;
  };
  std::string_view at(std::string_view owner, dns::RrType type) const;
  void add_names(const dns::ZoneFile& zone);

  std::unordered_map<std::string, std::vector<Open>, Hash, std::equal_to<>> open_;
  /// All names of the zones in which a wildcard is open, those without records too (RFC 4592 §2.2.2): it does
  /// not stretch over them.
  std::unordered_set<std::string, Hash, std::equal_to<>> names_;
};

}  // namespace rdnsgate::resolve
