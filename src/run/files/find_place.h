// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "report/document.h"

namespace rdnsgate::run {

/// Of the repository that the run is started in: the nearest folder upward that git keeps.
report::Place find_place();

}  // namespace rdnsgate::run
