// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "audit/findings.h"

namespace rdnsgate::audit {

/// Fills `{target}`, `{expected}`, `{observed}` and `{detail}` of a rule's sentence. Anything else between
/// braces stays as it is, and so do braces in what is filled in.
std::string fill(std::string_view sentence, const Target& target, const Args& args);

}  // namespace rdnsgate::audit
