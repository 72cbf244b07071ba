// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "report/document.h"

namespace rdnsgate::report {

/// What a finding has in common with the others of its cause: rule, weight, who saw it, and what was expected and
/// observed, and its other values, but for what differs from address to address: names' own labels, counts and times.
/// Two findings with equal keys are one mistake made twice.
std::string cause_of(const Document::Finding& finding);

/// A text of a finding without what belongs to one address: addresses, blocks and reverse names by their kind, numbers
/// in names as `#`. The host's own label is `*` in a name of three labels or more, where it is `host`, or where every
/// name is the host's own (`own_names`).
std::string shape_of(std::string_view text, std::string_view host, bool own_names);

}  // namespace rdnsgate::report
