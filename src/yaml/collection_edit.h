// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/text_edit.h"
#include "yaml/document.h"

namespace rdnsgate::yaml {

/// Where line ends and indentation of a text are.
std::size_t line_start(std::string_view text, std::size_t offset);
/// Behind the line feed of the line; the end of the text where it has none.
std::size_t next_line(std::string_view text, std::size_t offset);

/// A mapping or list in brackets; `text` is the source that the document was read from.
bool is_flow(const Value& collection, std::string_view text);

/// Behind the last octet that belongs to the node: span() of a collection or a block scalar ends earlier.
std::size_t content_end(const Value& value, std::string_view text);

/// Members of one mapping, or items of one list, that are taken out and put in. Everything else stays: order, comments,
/// layout. For the edits of what lies inside an item that stays, others care.
class CollectionEdit {
 public:
  /// `deeper`: so many columns are put in front of the collection's lines by others, and so of new ones.
  CollectionEdit(const Value& collection, std::string_view text, std::size_t deeper = 0);

  bool flow() const { return flow_; }
  std::size_t size() const { return items_.size(); }
  void remove(std::size_t index) { items_[index].gone = true; }
  /// Before the item of that index, behind what was put there already; at the end for size(). In brackets `content` is
  /// text of one line, else lines without indentation.
  void insert(std::size_t before, std::string content) { added_.push_back({before, std::move(content)}); }

  /// False where the layout is one that is not known here, such as `? key`; then nothing is added to `edits`.
  bool write(std::vector<TextEdit>& edits) const;

 private:
  struct Item {
    std::size_t begin = 0, end = 0;  ///< of a block's item: from its key or dash
    bool gone = false;
  };
  struct Added {
    std::size_t before = 0;
    std::string content;
  };

  bool write_flow(std::vector<TextEdit>& edits) const;
  bool write_block(std::vector<TextEdit>& edits) const;
  bool stands_alone(const Item& item) const;
  std::string in_block(const std::string& content) const;
  std::size_t before_first() const;

  std::string_view text_;
  std::size_t begin_ = 0, end_ = 0, deeper_ = 0;
  bool flow_ = false, list_ = false, known_ = true;
  std::vector<Item> items_;
  std::vector<Added> added_;
};

}  // namespace rdnsgate::yaml
