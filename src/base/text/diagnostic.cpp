// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "base/text/diagnostic.h"

#include <fmt/format.h>

#include "base/text/escape.h"

namespace rdnsgate {

std::string render(const Diagnostic& diagnostic, const Sources& sources) {
  const std::string path = path_at_line_start(sources.path(diagnostic.at.file));
  const std::string what = fmt::format("{}: {} [{}]\n", to_string(diagnostic.severity),
                                       escape_terminal(diagnostic.message), diagnostic.code);
  std::string out;
  if (sources.text(diagnostic.at.file).empty()) {
    out = fmt::format("{}: {}", path, what);  // no line of it can be shown
  } else {
    const auto [line, column] = sources.locate(diagnostic.at);
    out = fmt::format("{}:{}:{}: {}", path, line, column, what) + sources.excerpt(diagnostic.at);
  }
  if (!diagnostic.hint.empty()) out += fmt::format("    hint: {}\n", escape_terminal(diagnostic.hint));
  return out;
}

}  // namespace rdnsgate
