// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

namespace rdnsgate::dns {

/// One entry of a zone file (RFC 1035 §5.1): what stands on a line, or on several inside parentheses.
/// Comments and parentheses are gone; escapes and quotation marks are as written.
struct ZoneEntry {
  std::vector<std::string_view> tokens;
  bool blank_owner = false;        ///< the line begins with white space: the owner is the one before
  std::size_t begin = 0, end = 0;  ///< offsets of the first octet and behind the last one
  std::string problem;             ///< not empty: the entry cannot be used, and why; begin and end say where
};

/// Splits the text of a zone file into entries. The tokens point into the text.
class ZoneLexer {
 public:
  explicit ZoneLexer(std::string_view text, std::size_t begin = 0) : text_(text), at_(begin) {}

  /// The next entry that holds something; false at the end.
  bool next(ZoneEntry& entry);

 private:
  void read_entry(ZoneEntry& entry);
  bool read_token(ZoneEntry& entry);
  bool read_quoted();
  void skip_line();
  void refuse(ZoneEntry& entry, std::string problem, std::size_t begin, std::size_t end);
  bool at_newline() const {
    return text_[at_] == '\n' || (text_[at_] == '\r' && at_ + 1 < text_.size() && text_[at_ + 1] == '\n');
  }

  std::string_view text_;
  std::size_t at_;
};

}  // namespace rdnsgate::dns
