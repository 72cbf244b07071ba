// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "lsp/hover.h"

#include <algorithm>

#include "lsp/cursor.h"
#include "lsp/schema_guide.h"
#include "rules/registry.h"

namespace rdnsgate::lsp {
namespace {

std::optional<Hover> page_of_marks(const OpenDocument& document, Position at) {
  std::optional<Hover> found;
  std::vector<std::string_view> said;
  for (const auto& mark : document.marks) {
    if (at < mark.begin || mark.end < at) continue;
    if (std::find(said.begin(), said.end(), mark.code) != said.end()) continue;
    const auto page = rules::page(mark.code);
    if (page.empty()) continue;
    said.push_back(mark.code);
    if (!found) found = Hover{{}, mark.begin, mark.end};
    if (!found->markdown.empty()) found->markdown += "\n\n---\n\n";
    found->markdown += page;
  }
  return found;
}

std::optional<Hover> description_of_key(const OpenDocument& document, std::size_t offset,
                                        const Lines& lines) {
  const ParsedText parsed(document.text);
  if (!parsed.document()) return std::nullopt;
  const auto cursor = cursor_at(*parsed.document(), offset);
  if (!cursor || !cursor->on_key) return std::nullopt;
  auto markdown = schema_markdown(cursor->path);
  if (markdown.empty()) return std::nullopt;
  const auto span = cursor->node.span();
  return Hover{std::move(markdown), lines.position(span.begin), lines.position(span.end)};
}

}  // namespace

std::optional<Hover> hover_at(const OpenDocument& document, Position at) {
  const Lines lines(document.text);
  const auto offset = lines.offset(at);
  const auto word = word_at(document.text, offset);
  const auto text = std::string_view(document.text).substr(word.begin, word.end - word.begin);
  if (rules::find_rule(text) != nullptr)
    return Hover{std::string(rules::page(text)), lines.position(word.begin), lines.position(word.end)};
  if (auto key = description_of_key(document, offset, lines)) return key;
  return page_of_marks(document, at);
}

}  // namespace rdnsgate::lsp
