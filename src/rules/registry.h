// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string_view>

#include "audit/policy/rule.h"

namespace rdnsgate::rules {

/// Every rule there is, sorted by id. An audit::RuleIndex is an index into it.
std::span<const audit::Rule> registry();

/// nullptr where no rule has this id.
const audit::Rule* find_rule(std::string_view id);

/// What `explain` prints about the rule: the Markdown of docs/rules/<id>.md; empty where there is no such
/// page.
std::string_view page(std::string_view id);

}  // namespace rdnsgate::rules
