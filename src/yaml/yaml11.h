// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

namespace rdnsgate::yaml {

/// True where PyYAML, a reader of YAML 1.1, makes a value of this unquoted scalar that Python writes
/// otherwise: `010` is 8 to it, `1.10` is 1.1, `off` is False and `1:30` is 90.
bool yaml11_rewrites(std::string_view plain);

}  // namespace rdnsgate::yaml
