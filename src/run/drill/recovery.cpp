// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/drill/recovery.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <tuple>

#include "plan/digest/host_lines.h"
#include "plan/digest/runs.h"

namespace rdnsgate::run {
namespace {

using Phase = report::DrillRecovery::Phase;
using Key = std::tuple<dns::Name, dns::Name, dns::RrType, std::vector<std::string>>;

/// Which records become what in the end, TTLs apart.
std::set<Key> ends_of(const plan::Plan& plan) {
  std::set<Key> all;
  for (const auto& phase : plan.phases) {
    for (const auto& step : phase.steps) {
      if (step.before && step.after && step.before->rdata == step.after->rdata) continue;
      all.insert(
          {step.zone, step.owner, step.type, step.after ? step.after->rdata : std::vector<std::string>()});
    }
  }
  return all;
}

std::string reason_of(const Failure& failure) {
  return failure.error.message.empty() ? "a file cannot be used" : failure.error.message;
}

std::string holder_of(const plan::Step& step) {
  return step.contact.empty()
             ? fmt::format("{} ({})", step.zone.text(), inventory::to_string(step.managed_by))
             : fmt::format("{}, for {} ({})", step.contact, step.zone.text(),
                           inventory::to_string(step.managed_by));
}

Phase phase_of(const plan::Phase& phase) {
  Phase made{phase.id, phase.starts_after, phase.wait.total, {}, {}};
  std::vector<const plan::Step*> steps;
  for (const auto& step : phase.steps) {
    steps.push_back(&step);
    const auto holder = holder_of(step);
    if (std::find(made.who.begin(), made.who.end(), holder) == made.who.end()) made.who.push_back(holder);
  }
  for (const auto& run : plan::runs_of(plan::changes_of(steps)))
    made.what.push_back(fmt::format("{}: {} -> {}", run.title, run.from, run.to));
  std::vector<const plan::Manual*> manual;
  for (const auto& one : phase.manual) manual.push_back(&one);
  for (auto& line : plan::host_lines(manual)) made.what.push_back(std::move(line));
  return made;
}

}  // namespace

report::DrillRecovery recovery_of(const Fault& fault, const RecoveryPlans* plans) {
  report::DrillRecovery recovery;
  recovery.steps = fault.steps;
  recovery.lingers = fault.lingers;
  recovery.lingers_why = fault.lingers_why;
  if (plans == nullptr) return recovery;
  if (!plans->during) {
    recovery.why_no_plan = reason_of(plans->during.error());
    return recovery;
  }
  const auto& plan = plans->during->plan;
  std::set<Key> due;
  if (plans->before) due = ends_of(plans->before->plan);
  const auto ends = ends_of(plan);
  recovery.changes_before = static_cast<std::size_t>(
      std::count_if(ends.begin(), ends.end(), [&](const Key& one) { return due.contains(one); }));
  if (recovery.changes_before == ends.size()) return recovery;
  recovery.by_plan = true;
  recovery.plan_id = plan.id;
  recovery.plan_time = plan.total;
  for (const auto& phase : plan.phases) recovery.phases.push_back(phase_of(phase));
  return recovery;
}

}  // namespace rdnsgate::run
