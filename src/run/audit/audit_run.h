// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <memory>
#include <optional>
#include <set>
#include <string>
#include <vector>

#include "audit/heard/banners.h"
#include "audit/run_context.h"
#include "audit/target.h"
#include "audit/verdict/verdict.h"
#include "base/text/source.h"
#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"
#include "inventory/model/model.h"
#include "report/document.h"
#include "run/frame/asking.h"
#include "run/frame/attempt.h"
#include "run/frame/clock.h"
#include "run/frame/kept_inventory.h"
#include "run/frame/listener.h"
#include "run/gate/configuration.h"

namespace rdnsgate::run {

/// An inventory to be judged. With the DNS, as far as it can be asked, that is `check`, and without it `lint`.
struct AuditRequest {
  std::string command;  ///< whose section of a configuration counts, for what a change weakens there
  Configuration configuration;
  Clock clock;

  std::vector<std::string> files;  ///< of the inventory, as they are named; empty: where it usually is
  std::string stdin_name;          ///< what the report calls an inventory on standard input; may be empty
  std::string commit;              ///< only what differs from it is judged; empty: everything
  std::string baseline;            ///< a file, or empty
  std::string banners;             ///< a file that `smtp banner` wrote, or empty
  std::vector<std::string> probes; ///< files that `smtp probe` wrote
  std::string sts_policies;        ///< a file that `smtp mta-sts` wrote, or empty
  audit::VerdictOptions verdict;   ///< but for the baseline
  std::optional<audit::Shard> shard{};  ///< only its share of the subjects is judged; nullopt: all are
  std::string category;                 ///< of uploads to code scanning; empty: by command and inventory
  bool coverage = false;                ///< the document is to say what was judged
  bool belongings = true;               ///< and whose each finding is

  std::optional<Asking> asking;             ///< nullopt: nobody is asked
  std::optional<inventory::Quorum> quorum;  ///< nullopt: the inventory's

  /// In place of what is in `files`; nullptr: that.
  std::shared_ptr<const KeptInventory> kept{};
  /// In place of what is in `banners`; nullptr: that.
  std::shared_ptr<const audit::Banners> heard{};
  /// Nothing else is judged, of the kinds that are declared; nullopt: everything is.
  std::optional<std::set<audit::Target>> only{};
  /// From the beginning of this run to that of the next, where there is a schedule: rules that judge by time left take
  /// it, and as much again as runs may be late. Zero: there is none.
  seconds interval{};
  /// True ends the asking: what is not judged by then is inconclusive. May be empty.
  std::function<bool()> stop{};

  // Judged without the DNS, as files:
  std::vector<std::string> zone_files;  ///< folders and files
  std::string earlier;                  ///< the inventory as it was before, or empty
  std::vector<std::string> earlier_zone_files;
};

struct AuditRun {
  report::Document document;                 ///< `unusable`: a file cannot be read, and nothing was judged
  dns::FactStore facts;                      ///< what was answered
  std::vector<dns::VantageInfo> vantages{};  ///< by whom: a fact's question names one by its position
  std::vector<dns::ServerTimes>
      servers{};                      ///< how each server of a declared zone answered that was asked itself
  std::vector<dns::Name> zones{};     ///< that the inventory declares
  std::optional<Error> not_recorded;  ///< why the answers are not in the snapshot that was asked for
};

/// Judges. A failure is what a report cannot say: what was asked for makes no sense, or cannot be opened.
Attempt<AuditRun> audit_run(const AuditRequest& request, Listener& listener);

}  // namespace rdnsgate::run
