// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "lsp/cursor.h"

#include "base/ascii.h"

namespace rdnsgate::lsp {
namespace {

using yaml::Value;

/// A step down: the last child that begins at or before the offset, because the place of a collection has no
/// end; and of a map the key that it is, or is under.
struct Step {
  Value child;
  std::optional<Value> key;
  bool on_key = false;
};

std::optional<Step> step_into_list(const Value& list, std::size_t offset) {
  std::optional<Step> last;
  for (auto item = list.first(); item && item->span().begin <= offset; item = item->next())
    last = Step{*item, std::nullopt, false};
  return last;
}

std::optional<Step> step_into_map(const Value& map, std::size_t offset) {
  std::optional<Step> last;
  for (auto key = map.first(); key && key->span().begin <= offset;) {
    const auto item = key->next();
    const bool on_key = offset < key->span().end || offset < item->span().begin;
    last = Step{on_key ? *key : *item, *key, on_key};
    key = item->next();
  }
  return last;
}

/// What an alias stands for is elsewhere, and so nothing is visited twice.
std::optional<Cursor> descend(Value value, std::size_t offset) {
  KeyPath path;
  std::optional<Value> map;
  bool on_key = false;
  while (!on_key && !value.is_alias() && (value.is_map() || value.is_list())) {
    const auto step = value.is_map() ? step_into_map(value, offset) : step_into_list(value, offset);
    if (!step) return std::nullopt;
    path.emplace_back(step->key ? step->key->text() : "[]");
    map = value.is_map() ? std::optional(value) : std::nullopt;
    on_key = step->on_key;
    value = step->child;
  }
  if (value.is_alias() || offset >= value.span().end) return std::nullopt;
  return Cursor{path, on_key, value, map};
}

bool is_word(char c) {
  return is_alphanumeric(c) || std::string_view("-_.").find(c) != std::string_view::npos;
}

}  // namespace

std::optional<Cursor> cursor_at(const yaml::Document& document, std::size_t offset) {
  return descend(document.root(), offset);
}

ParsedText::ParsedText(std::string text) {
  document_ = inventory::read_document(sources_, sources_.add({}, std::move(text)));
}

Word word_at(std::string_view text, std::size_t offset) {
  Word word{offset, offset};
  while (word.begin > 0 && is_word(text[word.begin - 1])) --word.begin;
  while (word.end < text.size() && is_word(text[word.end])) ++word.end;
  return word;
}

}  // namespace rdnsgate::lsp
