// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "plan/plan.h"

namespace rdnsgate::plan {

/// The plan document (schemas/plan.schema.json), with a final line feed.
std::string emit_json(const Plan& plan);

/// What the plan's id is the hash of: the phases, the totals and what they were made from.
std::string content_of(const Plan& plan);

/// The timetable for a person. Foreign text is escaped for a terminal.
std::string emit_text(const Plan& plan);

struct Forecast;
/// What the simulator saw, for a person.
std::string emit_forecast(const Plan& plan, const Forecast& forecast);

/// The scripts of all phases and zones in the order of application, for reading. Every zone is written,
/// whoever manages it: who asks for this format wants it.
std::string emit_nsupdate(const Plan& plan);

/// The script that applies one phase in one zone, or takes it back; see nsupdate.cpp for what protects it.
/// Empty where the phase has nothing to be scripted there.
std::string nsupdate_script(const Plan& plan, std::size_t phase, const Name& zone, bool rollback);

/// Of `plan -o DIR`.
struct PlanFile {
  std::string path;  ///< relative, of safe characters only: `02-add-forward/mail.example.nsupdate`
  std::string content;
};

/// plan.json, plan.txt, and the scripts for the zones that are managed by nsupdate.
std::vector<PlanFile> plan_files(const Plan& plan);

}  // namespace rdnsgate::plan
