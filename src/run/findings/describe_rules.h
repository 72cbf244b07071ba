// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>

#include "report/document.h"

namespace rdnsgate::run {

/// Puts into the document what reports say of the rules that its findings name.
void describe_rules(report::Document& document);

/// Where the page of a rule can be read: on the site that the build names (`homepage`), else where it is installed on
/// this machine; empty where neither is.
std::string page_url(std::string_view rule);

}  // namespace rdnsgate::run
