// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "base/text/diagnostic.h"
#include "yaml/document.h"

namespace rdnsgate::inventory {

/// What this file of an inventory says right and in an unusual way, each with the fix that changes no
/// meaning: addresses not in the form of RFC 5952, names with capitals or a final dot, seconds that have a
/// shorter form, `false` for `off`, and an address or a path that one list has twice. What is an address, a
/// name or a duration is what the schema marks with `x-form`. In file order, as Severity::info. What is no
/// address, name or duration is somebody else's to say.
Diagnostics find_style(const yaml::Document& document, const Sources& sources);

}  // namespace rdnsgate::inventory
