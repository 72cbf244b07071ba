// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <memory>
#include <string>
#include <vector>

#include "audit/heard/banners.h"
#include "run/audit/audit_run.h"
#include "run/lab/lab_stage.h"

namespace rdnsgate::run {

/// What is judged in a laboratory.
struct LabEstate {
  std::shared_ptr<const KeptInventory> kept;
  std::shared_ptr<const audit::Banners> heard;  ///< may be nullptr
  std::vector<dns::VantageInfo> vantages;       ///< who asks, internal ones left out
  seconds interval{};                           ///< of AuditRequest
};

/// Programs for it; an error says what to install.
Result<LabPrograms> find_lab_programs(const LabEstate& estate);

struct LabPlayed {
  AuditRun ran;
  std::vector<std::string> notes;  ///< what is not as it was
};

/// Has real servers show the world, in a network of its own, and asks them as any are asked. Nothing of it is left behind.
Attempt<LabPlayed> play_in_lab(const LabEstate& estate, const LabPrograms& programs, const LabWorld& world,
                               const Staging& staging, Listener& listener);

}  // namespace rdnsgate::run
