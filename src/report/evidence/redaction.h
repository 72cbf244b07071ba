// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/ip.h"
#include "dns/name.h"

namespace rdnsgate::report {

/// What is not to leave the house: names with all that is below them, and addresses with their reverse names. In texts each
/// is replaced by `[redacted]`; whether it was one name or another is not told.
class Redaction {
 public:
  void add(const dns::Name& name);
  void add(const IpAddress& ip);
  bool empty() const { return words_.empty(); }

  /// Compared without case; `a.int.example` goes as a whole where `int.example` is one of the names, and `print.example`
  /// stays.
  std::string text(std::string_view whole) const;
  /// The text has some of it.
  bool hits(std::string_view some) const;

 private:
  std::vector<std::string> words_;  ///< lower case, without final dots; the longest first
};

}  // namespace rdnsgate::report
