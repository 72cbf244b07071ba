// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/simulate/course.h"

namespace rdnsgate::plan {

/// Whether a plan that is carried out to its end takes the time that it needs: fills Forecast::early and
/// Forecast::uptakes.
void look_at_pace(const Scene& scene, const Course& course, Forecast& forecast);

}  // namespace rdnsgate::plan
