// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <fmt/format.h>

#include <optional>
#include <string>

#include "yaml/document.h"
#include "yaml/problems.h"

namespace rdnsgate::yaml {

/// All that can be seen of a node: kinds, places, texts.
inline void render(const Value& value, std::string& out) {
  const auto span = value.span();
  out += fmt::format("{}@{}-{}{}", to_string(value.kind()), span.begin, span.end, value.is_alias() ? "* " : " ");
  if (value.is_list() || value.is_map()) {
    out += fmt::format("{}( ", value.size());
    for (auto child = value.first(); child; child = child->next()) render(*child, out);
    out += ") ";
  } else {
    out += fmt::format("'{}' ", value.text());
  }
}

/// What reading came to: the document, if there is one, and what was wrong.
inline std::string rendered(const std::optional<Document>& document, Problems& problems) {
  std::string said;
  if (document) render(document->root(), said);
  Diagnostics all;
  problems.move_to(all);
  for (const auto& one : all)
    said += fmt::format("\n{} {} {}-{}: {}; {}", to_string(one.severity), one.code, one.at.begin, one.at.end, one.message,
                        one.hint);
  return said;
}

}  // namespace rdnsgate::yaml
