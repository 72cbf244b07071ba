// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <map>
#include <string>
#include <vector>

#include "report/drill/drill.h"
#include "run/drill/detection.h"

namespace rdnsgate::run {

/// What a world shows that another does not, the gravest first. `told`: see detect(). Waived findings are none.
std::vector<report::DrillFinding> differences(const report::Document& before, const report::Document& during,
                                              const Sight& seen_before, const Sight& seen_during,
                                              const std::map<std::string, seconds>& told);

}  // namespace rdnsgate::run
