// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/schedule/make_plan.h"

#include <fmt/format.h>

#include <algorithm>
#include <deque>
#include <set>

#include "base/hash.h"
#include "plan/goals/agreement.h"
#include "plan/goals/beyond_limits.h"
#include "plan/goals/derive_goals.h"
#include "plan/goals/helo_records.h"
#include "plan/goals/keep_used.h"
#include "plan/goals/leave_out.h"
#include "plan/goals/wildcards.h"
#include "plan/schedule/planner.h"
#include "plan/schedule/rollback_waits.h"
#include "plan/schedule/write_phases.h"
#include "plan/sides.h"
#include "plan/world/draw_picture.h"
#include "plan/world/uses.h"

namespace rdnsgate::plan {
namespace {

/// Who of us writes to those who hold zones: whoever looks after the zone, else the one who has all senders.
void add_owners(const inventory::Inventory& now, Plan& plan) {
  std::set<std::string> of_senders;
  for (const auto& sender : now.senders) of_senders.insert(sender.owner);
  for (const auto& phase : plan.phases) {
    for (const auto& step : phase.steps) {
      if (step.managed_by != ManagedBy::ticket) continue;
      const auto* zone = now.zone_of(step.zone);
      auto owner = zone != nullptr && zone->name == step.zone ? zone->owner : std::string();
      if (owner.empty() && of_senders.size() == 1) owner = *of_senders.begin();
      if (!owner.empty()) plan.owners.emplace(step.zone, std::move(owner));
    }
  }
}

/// A fact as far as a plan stands on it: neither times nor servers, which change from run to run.
std::string essence(const Fact& fact) {
  std::string text = fmt::format("{} {} {} {}", fact.question.name.text(), dns::to_string(fact.question.type),
                                 dns::to_string(fact.outcome), dns::to_string(fact.security));
  const auto add = [&](const dns::RRset& set) {
    text += fmt::format("; {} {} {}", set.owner.text(), set.ttl, dns::to_string(set.type));
    for (const auto& rdata : set.rdata) text.append(" ").append(dns::rdata_text(set.type, rdata));
  };
  for (const auto& set : fact.answer) add(set);
  if (fact.soa) add(*fact.soa);
  if (fact.delegation != nullptr) {
    for (const auto& side : parent_sides(fact.delegation->cut)) {
      if (side.version) add({fact.delegation->cut.zone, RrType::NS, side.version->ttl, side.version->rdata});
    }
  }
  return text + "\n";
}

tl::unexpected<Error> refuse(std::vector<std::string> problems, const std::string& hint) {
  std::sort(problems.begin(), problems.end());
  problems.erase(std::unique(problems.begin(), problems.end()), problems.end());
  constexpr std::size_t most = 5;
  std::string text = "no plan: ";
  for (std::size_t i = 0; i < std::min(most, problems.size()); ++i)
    text += (i == 0 ? "" : "; ") + problems[i];
  if (problems.size() > most) text += fmt::format("; and {} more", problems.size() - most);
  return fail(std::move(text), hint);
}

/// What the name servers say or, where that does not validate, what the validator says of it.
std::optional<Fact> fact_of(const World& world, const Name& name, RrType type) {
  if (world.validator) {
    auto judged = world.facts.find({*world.validator, name, type});
    if (judged && judged->security == dns::Security::bogus) return judged;
  }
  return world.facts.find({world.vantage, name, type});
}

/// A recursive walk and a resolver's cache see one server of each zone, whichever answers first.
void describe_vantage(const dns::VantageInfo& info, Plan& plan) {
  if (info.kind != dns::VantageKind::recursive && info.kind != dns::VantageKind::forward) return;
  plan.notes.push_back(fmt::format(
      "{} asks one name server of each zone: whether all have the same records was not checked. A "
      "vantage of kind authoritative checks that.",
      info.name));
}

void describe_facts(const Picture& picture, const std::vector<const Fact*>& about_uses, Plan& plan) {
  Sha256 hash;
  for (const auto* facts : {&picture.facts, &about_uses}) {
    for (const auto* fact : *facts) {
      hash.add(essence(*fact));
      if (plan.facts_taken_at == Time{} || fact->asked_at < plan.facts_taken_at)
        plan.facts_taken_at = fact->asked_at;
    }
  }
  plan.facts_sha256 = hash.hex();
}

/// What follows looks at RRsets, and of facts at those that SPF records outside led to; a plan of many addresses needs
/// the room.
void forget_facts(std::deque<Fact>& facts, Picture& picture) {
  std::deque<Fact> kept;
  for (auto& entry : picture.theirs) entry.second = &kept.emplace_back(*entry.second);
  picture.facts.clear();
  facts.swap(kept);
}

}  // namespace

void WorldReader::read(dns::FactDesk& desk) {
  const Asker ask = [&](const Name& name, RrType type) { return desk.get(name, type); };
  if (part_ == Part::records) {
    // Whether TTLs count down makes no difference to what has to be asked.
    auto picture = draw(now_, base_, {}, ask);
    if (!desk.complete()) return;
    picture_ = std::move(picture);
    goals_ = derive_goals(now_, base_, picture_);
    part_ = Part::wildcards;
  }
  if (part_ == Part::wildcards) {
    find_wildcards(goals_, ask, picture_);
    if (!desk.complete()) return;
    part_ = Part::uses;
  }
  if (part_ == Part::uses) {
    goals_ = derive_goals(now_, base_, picture_,
                          [&](Goals& some) { ask_for_uses(now_, base_, picture_, at_hand_, ask, some); });
    if (desk.complete()) part_ = Part::helo_records;
  }
  ask_for_helo_records(picture_, goals_, ask);
}

void read_validation(const Inventory& now, const Inventory* base, const World& world, dns::FactDesk& desk) {
  std::deque<Fact> facts;
  draw(now, base, {}, [&](const Name& name, RrType type) -> const Fact* {
    auto fact = world.facts.find({world.vantage, name, type});
    if (!fact) return nullptr;
    desk.get(name, type);
    return &facts.emplace_back(std::move(*fact));
  });
}

Result<Plan> make_plan(const Inventory& now, const Inventory* base, const World& world,
                       const PlanOptions& options) {
  std::deque<Fact> facts;
  std::vector<std::string> missing;
  const Asker known = [&](const Name& name, RrType type) -> const Fact* {
    auto fact = fact_of(world, name, type);
    return fact ? &facts.emplace_back(std::move(*fact)) : nullptr;
  };
  auto picture = draw(now, base, world.info, [&](const Name& name, RrType type) -> const Fact* {
    const Fact* fact = known(name, type);
    if (fact == nullptr)
      missing.push_back(fmt::format("{} {}: not asked", name.text(), dns::to_string(type)));
    return fact;
  });
  constexpr std::string_view while_unknown =
      "no plan while a record is unknown: run again, or add the zone with --zone-files; a snapshot knows "
      "what the "
      "inventory of its run has (check --record FILE, with the new one)";
  constexpr std::string_view over_the_rest =
      "lay the zone files over what answers for the rest: --over live, or --over FILE with a snapshot";
  if (!missing.empty()) return refuse(std::move(missing), std::string(while_unknown));
  leave_out_unknown(picture);
  if (world.at_hand != nullptr) picture.spf_takers = spf_takers_in(*world.at_hand);
  find_wildcards(derive_goals(now, base, picture), known, picture);
  std::vector<const Fact*> about_uses;
  std::vector<std::string> despite;
  const Asker ask_about_uses = [&](const Name& name, RrType type) {
    const Fact* fact = known(name, type);
    if (fact != nullptr) about_uses.push_back(fact);
    return fact;
  };
  const auto derive = [&] {
    about_uses.clear();
    return derive_goals(now, base, picture, [&](Goals& some) {
      despite = keep_what_is_used(now, base, picture, world.at_hand, ask_about_uses, options.despite, some);
    });
  };
  auto goals = derive();
  while (leave_out_beside(picture, goals)) goals = derive();
  auto left_out = left_out_of(picture, goals);
  if (leaves_out_all(picture, goals)) {
    for (const auto& one : left_out) missing.push_back(one.reason);
    const bool outside = std::any_of(picture.sets.begin(), picture.sets.end(),
                                     [](const RRsetState& set) { return set.outside; });
    return refuse(std::move(missing), std::string(outside ? over_the_rest : while_unknown));
  }
  if (!goals.problems.empty())
    return refuse(std::move(goals.problems),
                  "fix what is named, in the DNS or in the inventory, and plan again");
  auto apart = disagreement_about(picture, goals);
  if (!apart.records.empty()) {
    return refuse(std::move(apart.records),
                  "wait until all name servers of the zone have the same records, then plan again");
  }
  Plan plan;
  describe_facts(picture, about_uses, plan);
  about_uses.clear();
  forget_facts(facts, picture);
  const Timing timing(now, base, options);
  auto schedule = make_schedule(picture, goals, timing, options);
  if (!schedule.blocked.empty())
    return refuse({schedule.blocked},
                  "no order of changes keeps this path working; --at-once makes them anyway, and says for "
                  "how long mail "
                  "may be refused");
  plan.inventory_path = now.path;
  plan.inventory_sha256 = now.sha256;
  if (base != nullptr) plan.base_sha256 = base->sha256;
  plan.windows = now.defaults.rollout.windows;
  plan.notes = goals.notes;
  plan.left_out = std::move(left_out);
  plan.spf_open = goals.spf_open;
  plan.despite = std::move(despite);
  plan.beyond_limits = beyond_limits(picture, goals, options.limits);
  if (!schedule.rounds.empty()) describe_vantage(world.info, plan);
  for (const auto& zone : apart.serials)
    plan.notes.push_back("Not every name server has the same version of " + zone + ".");
  if (schedule.exposure > seconds(0)) {
    plan.exposure = schedule.exposure;
    plan.notes.push_back(fmt::format(
        "Everything is changed at once. For up to {} after the last change caches may hold old and "
        "new side by side, and mail may be refused.",
        format_duration(schedule.exposure)));
  }
  add_rollback_waits(picture, goals, timing, schedule);
  write_phases(picture, goals, std::move(schedule), plan);
  add_owners(now, plan);
  return plan;
}

}  // namespace rdnsgate::plan
