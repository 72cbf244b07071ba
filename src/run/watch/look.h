// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <set>
#include <string>
#include <vector>

#include "dns/facts/fact_store.h"
#include "history/history.h"
#include "inventory/model/model.h"
#include "report/document.h"

namespace rdnsgate::run {

/// One look, as a history takes it. Without its id and origin.
history::Run run_of(const report::Document& document);
std::vector<history::Seen> seen_of(const report::Document& document);

/// What nobody could say anything of, and that can be looked at by itself.
std::set<audit::Target> left_open(const report::Document& document);
/// It can be looked at by itself.
bool is_subject(const audit::Target& target);

/// How each vantage was answered, and at a vantage that asks them itself each server of each declared zone.
std::vector<history::Latency> latency_of(const report::Document& document, const dns::FactStore& facts,
                                         const inventory::Inventory& inventory);

}  // namespace rdnsgate::run
