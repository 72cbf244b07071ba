// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <vector>

#include "inventory/model/model.h"
#include "report/document.h"
#include "run/gate/configuration.h"
#include "run/git/git_files.h"

namespace rdnsgate::run {

/// What the inventory, the configuration and the baseline let pass that they did not let pass in the commit.
/// `before` is the inventory as it was; nullptr where there was none or, with `was_there`, none that could be
/// read.
std::vector<report::Weakening> weakened_gate(const GitFiles& then, const inventory::Inventory* before,
                                             bool was_there, const inventory::Inventory& now,
                                             const Judging& judging);

}  // namespace rdnsgate::run
