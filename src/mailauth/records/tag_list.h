// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "mailauth/records/reason.h"

namespace rdnsgate::mailauth {

/// One `name=value` of a tag-list (RFC 6376 §3.2). Offsets and lengths are octets of the record's text, without
/// the white space around them.
struct Tag {
  std::string name, value;
  std::size_t offset = 0, length = 0;              ///< of the whole tag
  std::size_t value_offset = 0, value_length = 0;  ///< of its value

  Place place() const { return {0, offset, length}; }
  Place value_place() const { return value_length == 0 ? place() : Place{0, value_offset, value_length}; }
};

struct TagList {
  std::vector<Tag> tags;  ///< in the order of the record, those that are there twice included

  /// The first of that name, exactly as it is written; nullptr where there is none.
  const Tag* find(std::string_view name) const;
};

/// Reads what can be read of it: what is no tag is left out, and said.
TagList parse_tag_list(std::string_view text, Reasons& reasons);

/// Says which of `known` is there twice, or in other letters; and what is not known at all, which is ignored.
void judge_names(const TagList& list, std::span<const std::string_view> known, std::string_view source,
                 Reasons& reasons);

/// `v=DKIM1 k=rsa`: says where in a value the next tag begins, because no semicolon stands before it. False where
/// that is not so.
bool judge_semicolons(const Tag& tag, std::span<const std::string_view> known, std::string_view source,
                      Reasons& reasons);

/// A part of a list, and where it stands in the text.
struct ListItem {
  std::string_view text;  ///< without the white space around it
  std::size_t offset = 0;

  Place place() const { return {0, offset, text.size()}; }
};

/// The items between the separators of a tag's value, empty ones as well. Views into the tag.
std::vector<ListItem> items_of(const Tag& tag, char separator);

/// The beginning of foreign text, for a message.
std::string brief(std::string_view text, std::size_t most = 40);

constexpr std::string_view tag_grammar = "RFC 6376 §3.2";
constexpr std::size_t most_reasons = 8;  ///< of one kind: a record of 64 KiB can have thousands

/// White space that may stand in a record: of RFC 6376 §2.8, CR and LF alone included.
constexpr std::string_view tag_blanks = " \t\r\n";

}  // namespace rdnsgate::mailauth
