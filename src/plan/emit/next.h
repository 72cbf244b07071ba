// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string>
#include <string_view>
#include <vector>

#include "plan/emit/emit.h"
#include "plan/emit/soa_update.h"

namespace rdnsgate::plan {

/// What may be done now of a plan, and all that is known for writing it out.
struct NextSteps {
  const Plan& plan;
  std::vector<std::size_t> done;    ///< phases that are, or are begun, by their index
  std::vector<std::size_t> phases;  ///< those that are due
  const Name* only = nullptr;       ///< this zone alone; nullptr for all
  Time now{};
  CurrentSoas soas{};
  std::vector<ZonePatch> patches{};  ///< of the files at hand
};

/// In the form that each zone is managed in, with letters, and what hosts are to do.
inline constexpr std::string_view as_managed = "auto";
/// That, and the names of the forms that all zones can be written in, whoever manages them.
std::vector<std::string> next_formats();

/// What carries these phases out. Empty where they have nothing to be written in that form.
std::string emit_next(const NextSteps& next, std::string_view format);

}  // namespace rdnsgate::plan
