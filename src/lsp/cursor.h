// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/text/source.h"
#include "yaml/document.h"

namespace rdnsgate::lsp {

/// Keys from the top of a document; `[]` for an item of a list.
using KeyPath = std::vector<std::string>;

/// The scalar at an offset.
struct Cursor {
  KeyPath path;  ///< to the value; of a key, with the key
  bool on_key = false;
  yaml::Value node;
  std::optional<yaml::Value> map;  ///< that the node is a key or a value of
};

/// nullopt where no scalar is at the offset.
std::optional<Cursor> cursor_at(const yaml::Document& document, std::size_t offset);

/// An editor's text, as far as it is YAML, whatever else is wrong with it.
class ParsedText {
 public:
  explicit ParsedText(std::string text);
  ParsedText(const ParsedText&) = delete;
  ParsedText& operator=(const ParsedText&) = delete;

  /// nullopt where it cannot be read.
  const std::optional<yaml::Document>& document() const { return document_; }

 private:
  Sources sources_;  // the document's views are into it
  std::optional<yaml::Document> document_;
};

/// The letters around an offset that a rule, a key or a name can have: [begin, end).
struct Word {
  std::size_t begin, end;
};
Word word_at(std::string_view text, std::size_t offset);

}  // namespace rdnsgate::lsp
