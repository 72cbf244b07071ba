// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "cli/options.h"
#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"
#include "inventory/model/model.h"
#include "resolve/panel.h"

namespace rdnsgate::cli {

/// The vantages that a command line and an inventory ask for; `proposed` is what `--zone-files` names, read.
Result<std::vector<resolve::VantageConfig>> choose_vantages(const inventory::Inventory& inventory,
                                                            const AskOptions& options,
                                                            std::vector<resolve::ZoneSource>&& proposed);

/// What a run asks, and the times between which a replayed one was recorded.
struct OpenPanel {
  struct Times {
    Time taken_at, finished_at;
  };
  std::unique_ptr<dns::Panel> panel;
  std::optional<Times> recorded;
};

/// Opens them, or the snapshot that stands in for them. Fails, before anything is asked, where one cannot be
/// opened.
Result<OpenPanel> open_panel(const inventory::Inventory& inventory, const AskOptions& options,
                             std::vector<resolve::ZoneSource> proposed);

/// Who asks the name servers themselves comes first: a cache shows what was, an internal view what nobody
/// else sees.
dns::VantageIndex nearest_vantage(const std::vector<dns::VantageInfo>& all);

/// Writes the facts of a run where --record asked for it.
Result<void> record_facts(const AskOptions& options, const dns::Panel& panel, const dns::FactStore& facts,
                          Time started_at, Time finished_at);

}  // namespace rdnsgate::cli
