// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <optional>
#include <string>
#include <vector>

#include "base/result.h"
#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"
#include "inventory/model/model.h"
#include "resolve/panel.h"
#include "run/frame/asking.h"

namespace rdnsgate::run {

/// Who can be asked, and about which zones of ours.
struct Declared {
  std::vector<resolve::VantageConfig> vantages;  ///< their files as seen from here
  std::vector<resolve::OwnZone> zones;
};
Declared declared_by(const inventory::Inventory& inventory);
/// By an inventory that names no vantages, and of which nothing else is known.
Declared usually_declared();

/// What a run asks, and the times between which a replayed one was recorded.
struct OpenPanel {
  struct Times {
    Time taken_at, finished_at;
  };
  std::unique_ptr<dns::Panel> panel;
  std::optional<Times> recorded;
};

/// Opens those that are to be asked, or what stands in for them: a snapshot, or `proposed`, which is what
/// `asking.zone_files` names, read; with `asking.over`, that laid over one of the others. Fails, before anything is asked, where one cannot be opened.
Result<OpenPanel> open_panel(const Declared& declared, const Asking& asking,
                             std::vector<resolve::ZoneSource> proposed);

/// Who asks the name servers themselves comes first: a cache shows what was, an internal view what nobody
/// else sees.
dns::VantageIndex nearest_vantage(const std::vector<dns::VantageInfo>& all);

/// Writes the facts of a run where that is asked for.
Result<void> record_facts(const Asking& asking, const dns::Panel& panel, const dns::FactStore& facts,
                          Time started_at, Time finished_at);

}  // namespace rdnsgate::run
