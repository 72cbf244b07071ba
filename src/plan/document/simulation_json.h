// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <nlohmann/json_fwd.hpp>
#include <span>

#include "plan/forecast.h"
#include "plan/plan.h"

namespace rdnsgate::plan {

/// What stands under `simulation` in the plan document. `simulations` is not empty; its last one is the whole.
nlohmann::ordered_json simulation_json(const Plan& plan, std::span<const Simulation> simulations, Time start);

}  // namespace rdnsgate::plan
