// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/emit/next.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/escape.h"
#include "dns/serial.h"
#include "plan/document/plan_json.h"
#include "plan/emit/zone_blocks.h"
#include "plan/rollout/sightings.h"

namespace rdnsgate::plan {
namespace {

std::string zone_step(const NextSteps& next, const ZoneBlock& block, ManagedBy managed_by) {
  switch (managed_by) {
    case ManagedBy::nsupdate: {
      const auto soa = next.soas.find(block.zone);
      return nsupdate_script_with(block.plan, block.phase, block.zone, block.rollback,
                                  soa == next.soas.end() ? nullptr : &soa->second);
    }
    case ManagedBy::dnscontrol:
      return dnscontrol_block(block);
    default:
      return patch_or_block(block, managed_by, next.patches);
  }
}

/// All zones in one form; nullptr: as each is managed.
std::string zone_steps(const NextSteps& next, std::size_t phase, const ManagedBy* form) {
  std::string out;
  const auto& steps = next.plan.phases[phase].steps;
  for (const auto& zone : zones_of(next.plan.phases[phase])) {
    if (next.only != nullptr && *next.only != zone) continue;
    const auto step =
        std::find_if(steps.begin(), steps.end(), [&](const Step& one) { return one.zone == zone; });
    const auto managed_by = form == nullptr ? step->managed_by : *form;
    if (managed_by != ManagedBy::ticket) out += zone_step(next, {next.plan, phase, zone, false}, managed_by);
  }
  return out;
}

std::string as_each_is_managed(const NextSteps& next) {
  std::string out;
  for (const auto index : next.phases) {
    out += zone_steps(next, index, nullptr);
    if (next.only != nullptr) continue;
    out += emit_ticket_steps(next.plan, {index}, next.now);
    // A comment for nsupdate and in zone files alike.
    for (const auto& manual : next.plan.phases[index].manual)
      out += escape_terminal("; " + manual.sender + ": " + manual.text) + "\n";
  }
  return out;
}

std::string in_form(const NextSteps& next, ManagedBy form) {
  std::string out;
  for (const auto phase : next.phases) out += zone_steps(next, phase, &form);
  return out;
}

std::string opentofu_steps(const NextSteps& next) {
  if (next.only != nullptr) {
    std::string out;
    for (const auto phase : next.phases) {
      const auto zones = zones_of(next.plan.phases[phase]);
      if (std::find(zones.begin(), zones.end(), *next.only) != zones.end())
        out += opentofu_block({next.plan, phase, *next.only, false});
    }
    return out;
  }
  OpentofuState state{std::vector<bool>(next.plan.phases.size())};
  for (const auto* phases : {&next.done, &next.phases}) {
    for (const auto phase : *phases) state.done[phase] = true;
  }
  return opentofu_file(next.plan, state);
}

/// The plan of these phases and no other, the first of them beginning now; of one zone, where only that is wanted.
Plan cut_down(const NextSteps& next) {
  Plan part = next.plan;
  part.phases.clear();
  part.notes.clear();
  part.changes = 0;
  const auto begin = next.plan.phases[next.phases.front()].starts_after;
  seconds end{};
  for (const auto index : next.phases) {
    auto phase = next.plan.phases[index];
    phase.starts_after = std::max(phase.starts_after - begin, seconds(0));
    phase.worst_after = phase.starts_after;
    if (next.only != nullptr) {
      for (auto* steps : {&phase.steps, &phase.rollback})
        std::erase_if(*steps, [&](const Step& step) { return step.zone != *next.only; });
      std::erase_if(phase.verify, [&](const Check& check) { return check.zone != *next.only; });
    }
    end = std::max(end, phase.starts_after + phase.wait.total);
    part.changes += phase.steps.size();
    part.phases.push_back(std::move(phase));
  }
  part.total = part.worst_total = end;
  part.cheap_return_until = std::clamp(next.plan.cheap_return_until - begin, seconds(0), end);
  return part;
}

struct Form {
  std::string_view name;
  std::string (*print)(const NextSteps& next);
};
constexpr Form forms[] = {
    {as_managed, as_each_is_managed},
    {"text", [](const NextSteps& n) { return emit_text(cut_down(n), n.now, Detail::full); }},
    {"markdown", [](const NextSteps& n) { return emit_markdown(cut_down(n), n.now); }},
    {"html", [](const NextSteps& n) { return emit_html(cut_down(n), n.now); }},
    {"ics", [](const NextSteps& n) { return emit_ics(cut_down(n), n.now); }},
    {"json", [](const NextSteps& n) { return emit_json(cut_down(n)); }},
    {"nsupdate", [](const NextSteps& n) { return in_form(n, ManagedBy::nsupdate); }},
    {"zonefile", [](const NextSteps& n) { return in_form(n, ManagedBy::zonefile); }},
    {"octodns", [](const NextSteps& n) { return in_form(n, ManagedBy::octodns); }},
    {"dnscontrol", [](const NextSteps& n) { return in_form(n, ManagedBy::dnscontrol); }},
    {"opentofu", opentofu_steps},
    {"ticket", [](const NextSteps& n) { return emit_ticket_steps(n.plan, n.phases, n.now); }},
};

}  // namespace

CurrentSoas current_soas(const Plan& plan, const std::vector<std::size_t>& phases,
                         const dns::FactStore& facts, dns::VantageIndex vantage,
                         const dns::VantageInfo& info) {
  CurrentSoas soas;
  for (const auto phase : phases) {
    for (const auto& step : plan.phases[phase].steps) {
      if (step.type != RrType::SOA) continue;
      for (const auto& one : sightings({facts, vantage, info}, step.zone, {step.zone, RrType::SOA})) {
        if (!one.known || !one.version || one.version->rdata.size() != 1) continue;
        const auto& rdata = one.version->rdata.front();
        const auto soa = dns::soa_in(rdata);
        if (!soa) continue;
        const auto [known, fresh] = soas.emplace(step.zone, rdata);
        if (!fresh && dns::is_newer_serial(soa->serial, dns::soa_in(known->second).value().serial))
          known->second = rdata;
      }
    }
  }
  return soas;
}

std::vector<std::string> next_formats() {
  std::vector<std::string> names;
  for (const auto& form : forms) names.emplace_back(form.name);
  return names;
}

std::string emit_next(const NextSteps& next, std::string_view format) {
  const auto form =
      std::find_if(std::begin(forms), std::end(forms), [&](const Form& one) { return one.name == format; });
  return form == std::end(forms) || next.phases.empty() ? std::string() : form->print(next);
}

}  // namespace rdnsgate::plan
