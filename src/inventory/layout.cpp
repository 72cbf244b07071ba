// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/layout.h"

#include <string>

#include "inventory/comments.h"
#include "inventory/layout_lines.h"
#include "inventory/problems.h"
#include "inventory/yaml_reader.h"

namespace rdnsgate::inventory {
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

bool keeps_all(const Document& document, const Sources& sources, std::string text, const Limits& limits) {
  if (comments_of(sources.text(document.file())) != comments_of(text)) return false;
  Sources after;
  const auto file = after.add("", std::move(text));
  Problems problems(after, file, limits.errors);
  const auto again = read_yaml(limits, problems);
  return again && same(document.root(), sources, again->root(), after);
}

}  // namespace

std::vector<TextEdit> find_layout(const Document& document, const Sources& sources, const Limits& limits) {
  const auto text = sources.text(document.file());
  for (const bool indent : {true, false}) {
    auto edits = lay_out(document, sources, indent);
    if (edits.empty() || keeps_all(document, sources, apply_edits(text, edits), limits)) return edits;
  }
  return {};
}

}  // namespace rdnsgate::inventory
