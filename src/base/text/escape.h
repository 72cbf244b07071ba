// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

namespace rdnsgate {

// Foreign text for everything that is written: a function for each place that it can stand in. What goes to a terminal,
// a log or a viewer is made visible first (escape_terminal), so that no format hides or turns round what it shows.

/// Foreign text made harmless for a terminal and for one line: control characters (C0, DEL, C1), invalid
/// UTF-8, bidirectional and zero-width formatting characters become `\xNN` or `\u{NNNN}`; a backslash stays.
std::string escape_terminal(std::string_view text);

/// The same for XML and HTML, in elements and in quoted attributes. Control characters, which XML 1.0 cannot
/// hold even as references, and what is not UTF-8 are made visible first. base/text/markup.h does it by itself.
std::string escape_markup(std::string_view text);

/// A file's name at the beginning of a line of text: escaped for a terminal, and with ./ in front where runners of
/// pipelines would take the line for a command (::stop-commands::, ##vso[...]).
std::string path_at_line_start(std::string_view path);

/// A file's name as git writes it behind --- and +++ (git-config, core.quotePath): in quotes with C escapes where it
/// has octets that are not printable ASCII, a quote or a backslash; with a tab behind where it has a blank.
std::string quoted_for_diff(std::string_view path);

/// JSON that means the same, with nothing raw in it that escape_terminal() escapes: DEL, C1, bidirectional and
/// zero-width characters become \uNNNN. Takes well-formed JSON, in which they stand in strings alone.
std::string harmless_json(std::string json);

/// A JSON string in its quotes, with the text as harmless_json() leaves it; `ascii`: with nothing but ASCII in it. What is
/// no UTF-8 is replaced.
std::string json_string(std::string_view text, bool ascii);

/// A value in a workflow command of GitHub (actions/toolkit, command.ts): of a property, or behind the `::`. Of text in
/// which control characters are visible already.
std::string github_property(std::string_view text);
std::string github_message(std::string_view text);

/// Markdown that shows the text on one line: none of its characters has a meaning, and nobody is mentioned.
std::string markdown_text(std::string_view text);
/// In a table of GitHub Flavored Markdown, which also makes links of what looks like one: all punctuation with a meaning
/// is a character reference, and the marks of references get a space of no width. Of text in which control characters
/// are visible already.
std::string markdown_cell(std::string_view text);
/// A code span, also inside a table's cell (GFM).
std::string markdown_code(std::string_view text);

/// A value of type TEXT (RFC 5545 §3.3.11).
std::string ics_text(std::string_view text);

/// A double-quoted string of JavaScript, and of YAML: JSON with nothing but ASCII.
std::string quoted_text(std::string_view text);

/// A double-quoted string of HCL, with no template in it.
std::string hcl_string(std::string_view text);

/// One word for a POSIX shell.
std::string shell_word(std::string_view text);

/// A path in a URI (RFC 3986 §2.1): what is neither unreserved nor a slash becomes `%XX`.
std::string percent_encoded(std::string_view path);

/// A file name of harmless characters: what is none becomes `%XX`, such as the slash of RFC 2317 zone names,
/// so that two texts never share a file and none leaves the folder.
std::string file_name(std::string_view text);

}  // namespace rdnsgate
