// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "report/drill/drill.h"

namespace rdnsgate::run {

/// What receivers do with mail of the same addresses in two worlds (rdnsgate paths), held against each other.
report::DrillReceivers compare_receivers(const report::PathsDocument& before,
                                         const report::PathsDocument& during);

}  // namespace rdnsgate::run
