// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "base/text/text_edit.h"
#include "yaml/dialect.h"
#include "yaml/document.h"
#include "yaml/limits.h"

namespace rdnsgate::yaml {

/// What gives a file the one layout: two blanks for each level and for the lists under a key, one blank after
/// `-`, `:` and `,`, none inside brackets, two or more before a comment, no blanks at the end of a line, at
/// most one empty line in a row and none at either end. Order, quotes, line breaks, line ends and the text of
/// scalars and comments stay. Line by line, in file order. What was laid out reads as it did and has the
/// comments it had: where a construct does not allow that, its indentation stays; in the last resort, so does
/// the file.
std::vector<TextEdit> find_layout(const Document& document, const Sources& sources, const Limits& limits,
                                  const Dialect& dialect);

}  // namespace rdnsgate::yaml
