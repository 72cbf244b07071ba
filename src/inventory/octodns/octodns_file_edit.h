// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/text_edit.h"
#include "inventory/octodns/octodns_style.h"
#include "yaml/collection_edit.h"
#include "yaml/document.h"

namespace rdnsgate::inventory {

/// One octoDNS file that is being edited: owners go out of it and come into it, in the order of its keys.
class OctodnsFileEdit {
 public:
  /// `text` and the object itself have to stay where they are as long as values of the document are in use. No document,
  /// or one that is no mapping: there are no owners.
  OctodnsFileEdit(std::string_view text, std::optional<yaml::Document> document);

  std::string_view text() const { return text_; }
  const OctodnsStyle& style() const { return style_; }
  /// For what is changed inside of owners that stay.
  std::vector<TextEdit>& edits() { return edits_; }

  /// `visit(index, key, value)` for each owner.
  template <typename Visitor>
  void for_each_entry(Visitor&& visit) const {
    std::size_t index = 0;
    if (root_)
      yaml::for_each_member(document_->root(), [&](const yaml::Value& key, const yaml::Value& value) {
        visit(index++, key, value);
      });
  }

  void remove(std::size_t index) { root_->remove(index); }
  void add(std::string key, std::vector<OctodnsRecord> records) {
    new_owners_.push_back({std::move(key), std::move(records)});
  }

  /// An owner with one record gets more of them. `deeper`: so many columns go in front of the lines of the one. False
  /// where the layout is one that is not known here.
  bool make_list(const yaml::Value& owner, const yaml::Value& record, const std::vector<OctodnsRecord>& more,
                 std::size_t& deeper);

  /// All edits; nullopt where the layout is one that is not known here.
  std::optional<std::vector<TextEdit>> finish();

 private:
  struct NewOwner {
    std::string key;
    std::vector<OctodnsRecord> records;
  };

  void add_to_empty(std::string lines);
  std::size_t place_of(const std::string& key) const;

  std::string_view text_;
  std::optional<yaml::Document> document_;
  OctodnsStyle style_;
  std::optional<yaml::CollectionEdit> root_;
  std::vector<std::string> keys_;
  bool natural_ = true;  ///< the order of the keys that octoDNS enforces by default
  bool plain_ = false;   ///< not that one, but `order_mode: simple`
  std::vector<NewOwner> new_owners_;
  std::vector<TextEdit> edits_;
  std::vector<TextEdit> late_;  ///< behind all others at the same place
};

}  // namespace rdnsgate::inventory
