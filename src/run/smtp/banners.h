// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "audit/heard/banners.h"
#include "base/result.h"

namespace rdnsgate::run {

/// What `smtp banner --format json` wrote. Fails where the file cannot be read, and where it holds anything else.
Result<audit::Banners> load_banners(const std::string& path);
/// The same of its text.
Result<audit::Banners> read_banners(std::string_view text);

}  // namespace rdnsgate::run
