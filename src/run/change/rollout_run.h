// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <functional>
#include <optional>
#include <string>
#include <vector>

#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"
#include "plan/emit/emit.h"
#include "plan/emit/soa_update.h"
#include "plan/plan.h"
#include "plan/rollout/find_standing.h"
#include "plan/rollout/standing.h"
#include "run/frame/asking.h"
#include "run/frame/attempt.h"
#include "run/frame/clock.h"
#include "run/frame/listener.h"
#include "run/frame/open_panel.h"

namespace rdnsgate::run {

/// A plan that is carried out, and what is to be known of it.
struct RolloutRequest {
  Clock clock;
  std::string plan;  ///< the file
  std::string
      inventory;      ///< that the plan was made for, with its vantages; empty: every name server is asked
  std::string state;  ///< a file that remembers, or empty
  std::vector<std::string> done;  ///< phases of which hosts have done what is asked of them
  bool any_time = false;          ///< change windows count for nothing
  Asking asking;
};

/// Where a rollout was found to stand.
struct FoundStanding {
  plan::Standing standing;
  Time at;
};

/// What a phase was found to look like.
struct FoundPhase {
  plan::Verification verification;
  Time at;
};

/// A plan that was read, who is asked about it, and what is remembered.
class Rollout {
 public:
  /// Reads all files but zone files.
  static Attempt<Rollout> open(RolloutRequest request, Listener& listener);

  const plan::Plan& plan() const { return plan_; }

  /// Asks where it stands, and remembers that. The facts are those of this call alone, here and in verify().
  Attempt<FoundStanding> look(Listener& listener);
  /// Asks whether everything is as it is to be after this phase of the plan.
  Attempt<FoundPhase> verify(const plan::Phase& phase, Listener& listener);

  /// Of the zones whose files are at hand: the inventory's, else those of --zone-files.
  std::vector<plan::ZonePatch> patches(const std::vector<std::size_t>& phases, Time now) const;

  /// Those that the last look found.
  plan::CurrentSoas soas(const std::vector<std::size_t>& phases) const;

 private:
  explicit Rollout(RolloutRequest request) : request_(std::move(request)) {}

  Attempt<void> open_plan();
  Attempt<void> open_inventory(Listener& listener);
  Attempt<void> open_state();
  Attempt<Time> ask(const std::function<void(dns::FactDesk&)>& reader, Listener& listener);
  Result<plan::RolloutState> read_state() const;
  Result<void> save_state();

  RolloutRequest request_;
  plan::Plan plan_;
  Declared declared_;
  std::optional<inventory::Inventory> inventory_;
  plan::RolloutState state_, saved_;
  std::vector<dns::VantageInfo> vantages_;
  dns::VantageIndex vantage_ = 0;
  dns::FactStore facts_;
};

}  // namespace rdnsgate::run
