// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "audit/heard/sts_policies.h"
#include "base/result.h"

namespace rdnsgate::run {

/// What `smtp mta-sts --format json` wrote. Fails where the file cannot be read, and where it holds anything else; an
/// error names the option that the file came with.
Result<audit::StsPolicies> load_sts_policies(const std::string& path, std::string_view option = "--mta-sts");
/// The same of its text.
Result<audit::StsPolicies> read_sts_policies(std::string_view text);

}  // namespace rdnsgate::run
