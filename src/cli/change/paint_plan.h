// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "base/text/page_view.h"

namespace rdnsgate::cli {

/// The text of a plan (plan::emit_text) for a terminal: phases stand out, what is taken away and what comes in its place
/// has colours, and long lines are broken at words. Without colour and width it is the text as it is.
std::string paint_plan(std::string_view text, const PageLook& look);

}  // namespace rdnsgate::cli
