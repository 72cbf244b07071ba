// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "dns/name.h"

namespace rdnsgate::plan {

/// Foreign text for each of the formats that plans are written in. All of it is one line afterwards: control
/// and formatting characters are made visible first, as for a terminal.

/// Text between Markdown's characters, none of which has its meaning, and no mention of anybody.
std::string markdown_text(std::string_view text);
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

/// A file name of harmless characters: what is none becomes `%XX`, such as the slash of RFC 2317 zone names,
/// so that two texts never share a file and none leaves the folder.
std::string file_name(std::string_view text);

/// The name as it stands in its zone: `10`, or `apex` for the zone's own.
std::string relative_name(const dns::Name& name, const dns::Name& zone, std::string_view apex);

}  // namespace rdnsgate::plan
