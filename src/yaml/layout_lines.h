// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "base/text/text_edit.h"
#include "yaml/document.h"

namespace rdnsgate::yaml {

/// The layout of find_layout(), line by line and unproved; without `indent` lines begin where they do.
std::vector<TextEdit> lay_out(const Document& document, const Sources& sources, bool indent);

}  // namespace rdnsgate::yaml
