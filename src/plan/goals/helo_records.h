// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "plan/operation/goals.h"

namespace rdnsgate::plan {

/// Asks for the SPF records of the HELO names that the goals have to do with, and for what they rest on:
/// receivers check the HELO identity by itself (RFC 7208 §2.3), and the simulator watches what they see. What
/// is not answered is not watched: few HELO names have such a record.
void ask_for_helo_records(const Picture& picture, const Goals& goals, const Asker& ask);

}  // namespace rdnsgate::plan
