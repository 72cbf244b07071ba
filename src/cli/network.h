// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/options.h"
#include "dns/vantage.h"
#include "inventory/model.h"
#include "resolve/panel.h"

namespace rdnsgate::cli {

/// The vantages that a command line and an inventory ask for.
Result<std::vector<resolve::VantageConfig>> choose_vantages(const inventory::Inventory& inventory, const AskOptions& options);

/// Opens them. Fails, before anything is asked, where one cannot be opened.
Result<std::unique_ptr<dns::Panel>> open_panel(const inventory::Inventory& inventory, const AskOptions& options);

}  // namespace rdnsgate::cli
