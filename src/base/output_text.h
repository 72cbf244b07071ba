// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

namespace rdnsgate {

/// A file's name at the beginning of a line of text: escaped for a terminal, and with ./ in front where runners of
/// pipelines would take the line for a command (::stop-commands::, ##vso[...]).
std::string path_at_line_start(std::string_view path);

/// A file's name as git writes it behind --- and +++ (git-config, core.quotePath): in quotes with C escapes where it
/// has octets that are not printable ASCII, a quote or a backslash; with a tab behind where it has a blank.
std::string quoted_for_diff(std::string_view path);

/// JSON that means the same, with nothing raw in it that escape_terminal() escapes: DEL, C1, bidirectional and
/// zero-width characters become \uNNNN. Takes well-formed JSON, in which they stand in strings alone.
std::string harmless_json(std::string json);

}  // namespace rdnsgate
