// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "yaml/problems.h"

namespace rdnsgate::yaml {

/// Refuses what is not worth a parser's time: binary files, other encodings than UTF-8, characters that YAML
/// does not allow. True where it may go on.
bool precheck(Problems& problems);

}  // namespace rdnsgate::yaml
