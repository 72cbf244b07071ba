// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include "inventory/model/model.h"
#include "report/document.h"

namespace rdnsgate::run {

/// Says of each finding whose it is: the zone, the sender and the owner, as far as the inventory declares them. Of an
/// address the zone is that of its reverse name, of a sender that of its HELO name.
void set_belongings(report::Document& document, const inventory::Inventory& inventory);

}  // namespace rdnsgate::run
