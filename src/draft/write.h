// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "draft/estate.h"

namespace rdnsgate::draft {

/// The estate as an inventory, in the order of its addresses. What could not be known, and what cannot be
/// declared as it is, is said in comments; foreign text in it is quoted. At
/// least one host is not left out.
std::string inventory_text(const Estate& estate);

}  // namespace rdnsgate::draft
