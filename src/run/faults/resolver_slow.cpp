// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <optional>

#include "run/faults/scenario.h"

namespace rdnsgate::run {
namespace {

constexpr seconds slow_by{3};
constexpr auto slow_us = static_cast<std::uint32_t>(std::chrono::microseconds(slow_by).count());

/// A resolver of somebody else's before the own walk.
std::optional<dns::VantageIndex> pick_resolver(const Ground& ground) {
  std::optional<dns::VantageIndex> found;
  for (const auto vantage : ground.outside()) {
    if (!ground.is_resolver(vantage)) continue;
    if (ground.vantages()[vantage].kind == dns::VantageKind::forward) return vantage;
    if (!found) found = vantage;
  }
  return found;
}

}  // namespace

Result<Fault> slow_resolver(const Ground& ground, const Aim& aim) {
  if (aim.is_given() && (!aim.vantage || !ground.is_resolver(*aim.vantage)))
    return fail(fmt::format("{} is no resolver", aim.text), "name a vantage of kind recursive or forward");
  const auto vantage = aim.vantage ? aim.vantage : pick_resolver(ground);
  if (!vantage) return fail("the snapshot has no resolver", "record one: check --record");
  const auto& name = ground.vantages()[*vantage].name;
  Fault fault{name, fmt::format("{} takes three seconds for each answer", name)};
  fault.touches = [vantage = *vantage](const dns::Question& question) { return question.vantage == vantage; };
  fault.alter = [](dns::Fact& fact) {
    if (dns::is_definite(fact.outcome)) fact.rtt_us = std::max(fact.rtt_us, slow_us);
  };
  fault.steps = {
      {fmt::format("who runs {}", name), "look at its load, its forwarders and its way to the name servers"},
      {"who runs the mail servers",
       "give them another resolver meanwhile: SMTP servers give up after some seconds"},
  };
  const auto& standards = ground.inventory().standards;
  if (!standards.latency_warn && !standards.latency_fail)
    fault.unseen = "say in the inventory what is slow: standards: {latency: {warn: 500ms, fail: 2s}}";
  fault.lingers_why = "it is well as soon as it answers quickly";
  if (ground.is_cache(*vantage)) {
    fault.staging.slow = {*vantage, slow_by};
  } else {
    fault.staging.why_not = fmt::format("{} is a walk from here, and no server that could be slow", name);
  }
  return fault;
}

}  // namespace rdnsgate::run
