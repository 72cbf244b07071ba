// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "base/text/page_view.h"

namespace rdnsgate::cli {

/// One line for each rule whose id begins with `prefix`.
std::string list_rules(std::string_view prefix, const PageLook& look);

/// schemas/rules.schema.json, of the same rules.
std::string list_rules_json(std::string_view prefix);

/// For a rule or a family that there is not; empty where no name is near.
std::string meant_rule(std::string_view name);

}  // namespace rdnsgate::cli
