// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string_view>

#include "base/duration.h"

namespace rdnsgate {

/// Tells the service manager that started this program how it stands (sd_notify(3)): `READY=1`, `STATUS=...`,
/// `WATCHDOG=1`, by lines. Nothing where none wants to know. For several threads; also what fails is not said.
void tell_service_manager(std::string_view state);

/// There is one that wants to know (`Type=notify`).
bool has_service_manager();

/// How often it wants to hear `WATCHDOG=1` (half of what it grants); zero where it does not.
milliseconds watchdog_interval();

}  // namespace rdnsgate
