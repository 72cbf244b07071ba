// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>

#include "audit/value.h"

namespace rdnsgate::rules {

/// `192.0.2.1, 192.0.2.2 and 7 more`: a list inside of an item of another.
template <typename List>
std::string listed(const List& items) {
  return audit::words_of(audit::list_of(items));
}

}  // namespace rdnsgate::rules
