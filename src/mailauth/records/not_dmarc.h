// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "mailauth/records/reason.h"

namespace rdnsgate::mailauth {

/// Says why receivers do not take a text for a DMARC record.
void judge_not_dmarc(const std::string& text, Reasons& reasons);

}  // namespace rdnsgate::mailauth
