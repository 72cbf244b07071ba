// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <set>

#include "report/document.h"

namespace rdnsgate::run {

/// What nobody could say anything of, and that can be looked at by itself.
std::set<audit::Target> left_open(const report::Document& document);
/// It can be looked at by itself.
bool is_subject(const audit::Target& target);

}  // namespace rdnsgate::run
