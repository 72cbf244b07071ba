// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "base/severity.h"
#include "base/text/source.h"

namespace rdnsgate {

/// What mends something mechanically, with no judgement needed: the octets `at` become `text`, and nothing
/// else changes. `title` says so in the imperative, for a menu: `write "senders"`.
struct Fix {
  std::string title;
  Span at;
  std::string text;
  bool operator==(const Fix&) const = default;
};

/// Something wrong in a file that was read: what (`message`), where (`at`), and what to do (`hint`, may be
/// empty, such as `did you mean "senders"?`). `code` is a stable word for the kind of problem, such as
/// `inventory-syntax`. Texts may hold foreign bytes: whoever prints them escapes them.
struct Diagnostic {
  Severity severity = Severity::error;
  std::string code;
  std::string message;
  std::string hint;
  Span at;
  std::optional<Fix> fix{};
};

using Diagnostics = std::vector<Diagnostic>;

/// `path:line:column: error: message [code]`, the source line with carets, and the hint, each on a line of
/// its own and all harmless to a terminal. Of a file that could not be read only path, message and hint.
std::string render(const Diagnostic& diagnostic, const Sources& sources);

}  // namespace rdnsgate
