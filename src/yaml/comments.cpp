// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/comments.h"

#include <algorithm>
#include <optional>

#include "base/ascii.h"

namespace rdnsgate::yaml {
namespace {

/// Follows the text line by line, and knows only so much of YAML as says where a `#` begins a comment.
class Scanner {
 public:
  explicit Scanner(std::string_view text) : text_(text) {}

  std::vector<Comment> scan() {
    for (std::size_t at = 0; at < text_.size();) {
      std::size_t end = std::min(text_.find('\n', at), text_.size());
      const std::size_t next = end + 1;
      if (end > at && text_[end - 1] == '\r') --end;
      line(at, end);
      at = next;
    }
    return std::move(comments_);
  }

 private:
  void line(std::size_t begin, std::size_t end) {
    std::size_t at = begin;
    if (quote_ == 0) {
      while (at < end && text_[at] == ' ') ++at;
      if (in_block(at - begin, at == end)) return;
      at = skip_dashes(begin, at, end);
    }
    bool token_begins =
        true;  // a quote here opens a scalar; inside a plain one it is a character like others
    for (; at < end; ++at) {
      const char c = text_[at];
      if (quote_ != 0) {
        at = inside_quotes(at, end);
        token_begins = false;
      } else if (c == '#' && (at == begin || is_blank(text_[at - 1]))) {
        const auto before = text_.substr(begin, at - begin);
        comments_.push_back({at, end, std::all_of(before.begin(), before.end(), is_blank)});
        return;
      } else if ((c == '"' || c == '\'') && token_begins) {
        quote_ = c;
      } else if ((c == '|' || c == '>') && token_begins) {
        block_ = Block{parent_, explicit_indent(at, end)};
        token_begins = false;
      } else if (c == '[' || c == '{' || c == ',' || ends_key(at, end)) {
        token_begins = true;
      } else if (c == '&' || c == '*' || c == '!') {
        // An anchor or a tag: what follows it is still the beginning of a scalar.
        while (token_begins && at + 1 < end && !is_blank(text_[at + 1])) ++at;
      } else if (!is_blank(c)) {
        token_begins = false;
      }
    }
  }

  /// True where the line belongs to a block scalar: those that are indented deeper than what holds it.
  bool in_block(std::size_t indent, bool empty) {
    if (!block_) return false;
    if (empty) return true;
    if (!block_->indent && static_cast<std::ptrdiff_t>(indent) > block_->parent) block_->indent = indent;
    if (block_->indent && indent >= *block_->indent) return true;
    block_.reset();
    return false;
  }

  /// What a header such as `|2-` says of the indentation of its text.
  std::optional<std::size_t> explicit_indent(std::size_t at, std::size_t end) const {
    for (std::size_t i = at + 1; i < end && !is_blank(text_[i]); ++i) {
      if (text_[i] >= '1' && text_[i] <= '9')
        return static_cast<std::size_t>(std::max<std::ptrdiff_t>(parent_, 0)) +
               static_cast<std::size_t>(text_[i] - '0');
    }
    return std::nullopt;
  }

  /// Past the `- ` of list items; remembers how deep what holds a value of this line is indented.
  std::size_t skip_dashes(std::size_t begin, std::size_t at, std::size_t end) {
    parent_ = -1;
    while (at < end && text_[at] == '-' && (at + 1 == end || is_blank(text_[at + 1]))) {
      parent_ = static_cast<std::ptrdiff_t>(at - begin);
      ++at;
      while (at < end && is_blank(text_[at])) ++at;
    }
    const bool is_block = at < end && (text_[at] == '|' || text_[at] == '>');
    if (!is_block && at < end) parent_ = static_cast<std::ptrdiff_t>(at - begin);
    return at;
  }

  bool ends_key(std::size_t at, std::size_t end) const {
    return text_[at] == ':' && (at + 1 == end || is_blank(text_[at + 1]));
  }

  /// From a place inside of quotes to the quote that closes them, or the end of the line.
  std::size_t inside_quotes(std::size_t at, std::size_t end) {
    for (; at < end; ++at) {
      if (quote_ == '"' && text_[at] == '\\') {
        ++at;
      } else if (text_[at] == quote_) {
        if (quote_ == '"' || at + 1 == end || text_[at + 1] != '\'') {
          quote_ = 0;
          return at;
        }
        ++at;  // '' is a quote in single quotes
      }
    }
    return end;
  }

  struct Block {
    std::ptrdiff_t parent;              // how deep what holds it is indented; -1 for the document itself
    std::optional<std::size_t> indent;  // of its text, known from its first line
  };

  std::string_view text_;
  std::vector<Comment> comments_;
  char quote_ = 0;  // of the scalar that is open, over line ends too
  std::ptrdiff_t parent_ = -1;
  std::optional<Block> block_;
};

}  // namespace

std::vector<Comment> find_comments(std::string_view text) { return Scanner(text).scan(); }

}  // namespace rdnsgate::yaml
