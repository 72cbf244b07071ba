// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "base/text/markup.h"
#include "plan/plan.h"

namespace rdnsgate::plan {

/// The timetable as a picture (SVG in HTML) with its legend: dates, change windows as bands, a row for each phase or kind
/// of waves with its moments and waits. It is as wide as where it stands; on narrow screens CSS hides what has the class
/// `wide`, and elsewhere what has the class `narrow`. Whatever has a colour has a class that names it.
Markup timeline(const Plan& plan, Time start);

}  // namespace rdnsgate::plan
