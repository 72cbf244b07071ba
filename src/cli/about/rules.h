// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "base/text/page_view.h"

namespace rdnsgate::cli {

/// One line for each rule whose id begins with `prefix`.
std::string list_rules(std::string_view prefix, const PageLook& look);

/// schemas/rules.schema.json, of the same rules.
std::string list_rules_json(std::string_view prefix);

/// For a rule or a family that there is not, nor one of the further names; empty where no name is near.
std::string meant_rule(std::string_view name, std::vector<std::string_view> further = {});

}  // namespace rdnsgate::cli
