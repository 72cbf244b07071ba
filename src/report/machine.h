// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "report/document.h"

namespace rdnsgate::report {

/// The path from the root of the repository, with `/` between its parts and without `./`; what lies outside
/// of it is absolute, and `<stdin>` stays as it is.
std::string repository_path(const Place& place, std::string_view path);

/// The path as a URI reference (RFC 3986): relative where it lies in the repository, `file:` elsewhere.
std::string repository_uri(const Place& place, std::string_view path);

/// Foreign text on one line, harmless (escape_terminal) and of `limit` octets at most: what is longer is cut
/// between characters and ends in `...`.
std::string clipped(std::string_view text, std::size_t limit);

/// Octets of a message that any format of a CI system shows; what DNS and YAML hold may be far longer.
inline constexpr std::size_t message_limit = 4096;

/// What keeps a finding from being an open one, in front of its message: `waived: ` and the like; else empty.
std::string_view remark(const Document::Finding& finding);

/// True where a finding is shown and does not count.
bool is_accepted(const Document::Finding& finding);

/// `1 error, 0 warnings, 2 inconclusive, 1 waived`.
std::string counts(const audit::Summary& summary);

}  // namespace rdnsgate::report
