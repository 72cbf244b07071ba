// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "yaml/layout.h"

#include <optional>
#include <string>

#include "yaml/comments.h"
#include "yaml/layout_lines.h"
#include "yaml/problems.h"
#include "yaml/reader.h"

namespace rdnsgate::yaml {
namespace {

/// Both say the same; an alias says the name of its anchor.
bool same(const Value& a, const Sources& of_a, const Value& b, const Sources& of_b) {
  const auto raw_a = of_a.text(a.span()), raw_b = of_b.text(b.span());
  if (raw_a.starts_with('*') || raw_b.starts_with('*')) return raw_a == raw_b;
  if (a.kind() != b.kind() || a.size() != b.size() || a.text() != b.text()) return false;
  if (!a.is_list() && !a.is_map()) return true;
  auto left = a.first(), right = b.first();
  for (; left && right; left = left->next(), right = right->next()) {
    if (!same(*left, of_a, *right, of_b)) return false;
  }
  return !left && !right;
}

std::vector<std::string_view> comments_of(std::string_view text) {
  std::vector<std::string_view> all;
  for (const auto& comment : find_comments(text)) {
    auto words = text.substr(comment.begin, comment.end - comment.begin);
    words = words.substr(0, words.find_last_not_of(" \t") + 1);
    all.push_back(words);
  }
  return all;
}

/// nullopt where it would not read as before, or be laid out otherwise a second time.
std::optional<std::vector<TextEdit>> attempt(const Document& document, const Sources& sources,
                                             const Limits& limits, const Dialect& dialect, bool indent) {
  auto edits = lay_out(document, sources, indent);
  if (edits.empty()) return edits;
  const auto text = sources.text(document.file());
  Sources after;
  const auto file = after.add("", apply_edits(text, edits));
  if (comments_of(text) != comments_of(after.text(file))) return std::nullopt;
  Problems problems(after, file, limits.errors, dialect);
  const auto again = read(limits, problems);
  if (!again || !same(document.root(), sources, again->root(), after)) return std::nullopt;
  if (!lay_out(*again, after, indent).empty()) return std::nullopt;
  if (!indent) {
    const auto better = attempt(*again, after, limits, dialect, true);
    if (better && !better->empty()) return std::nullopt;
  }
  return edits;
}

}  // namespace

std::vector<TextEdit> find_layout(const Document& document, const Sources& sources, const Limits& limits,
                                  const Dialect& dialect) {
  for (const bool indent : {true, false}) {
    if (auto edits = attempt(document, sources, limits, dialect, indent)) return std::move(*edits);
  }
  return {};
}

}  // namespace rdnsgate::yaml
