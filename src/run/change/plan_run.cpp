// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/change/plan_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <utility>

#include "base/duration.h"
#include "dns/facts/collect.h"
#include "dns/zone/zone_edit.h"
#include "plan/schedule/make_plan.h"
#include "plan/simulate/simulator.h"
#include "run/files/at_hand.h"
#include "run/files/load.h"
#include "run/files/patch_texts.h"
#include "run/frame/deadline.h"
#include "run/frame/open_panel.h"
#include "run/frame/read_files.h"

namespace rdnsgate::run {
namespace {

/// Who else of the panel validates: the name servers do not.
std::optional<dns::VantageIndex> validator_beside(dns::VantageIndex vantage, const dns::Panel& panel) {
  const auto& all = panel.vantages();
  if (all[vantage].kind != dns::VantageKind::authoritative) return std::nullopt;
  const auto found = std::find_if(all.begin(), all.end(), [](const dns::VantageInfo& one) {
    return one.kind == dns::VantageKind::recursive && !one.internal;
  });
  if (found == all.end()) return std::nullopt;
  return static_cast<dns::VantageIndex>(found - all.begin());
}

/// Of zones that are signed in their files, what has to be done beside each change.
void note_signed_zones(const std::vector<plan::ZoneText>& texts, plan::Plan& made) {
  for (const auto& one : texts) {
    if (!dns::signed_in_file(one.text, one.zone, one.included)) continue;
    made.notes.push_back(
        fmt::format("{} is signed in its file, {}: a change there, of a TTL alone too, leaves signatures "
                    "that do not hold, and "
                    "what is signed does not validate any more. Make each change in the file that it is "
                    "signed from, and sign it "
                    "again (ldns-signzone, dnssec-signzone); there are no patches for it. Signatures have to "
                    "outlast the plan.",
                    one.zone.text(), one.path));
  }
}

std::string text_of(milliseconds time) {
  const auto whole = std::chrono::floor<seconds>(time);
  const auto rest = (time - whole).count();
  if (rest == 0) return format_duration(whole);
  return fmt::format("{}{}ms", whole == seconds(0) ? "" : format_duration(whole), rest);
}

class Planner {
 public:
  Planner(const PlanRequest& request, Listener& listener)
      : request_(request), listener_(listener), deadline_(request.asking.deadline) {}

  Attempt<PlanRun> run() {
    auto read = read_inventories();
    if (!read) return tl::unexpected(std::move(read.error()));
    auto proposed = read_answers(request_.asking.zone_files, &now_, sources_, listener_);
    if (!proposed) return tl::unexpected(std::move(proposed.error()));
    if (auto made = make(std::move(*proposed)); !made) return tl::unexpected(std::move(made.error()));
    return std::move(done_);
  }

 private:
  /// What is wrong with one is said with what is wrong with the other.
  Attempt<void> read_inventories() {
    if (request_.kept != nullptr) {
      sources_ = request_.kept->sources;
      now_ = request_.kept->inventory;
      return {};
    }
    Diagnostics problems;
    auto now = load(request_.files, problems);
    if (!now) return tl::unexpected(now.error());
    auto base =
        request_.base.empty() ? std::optional<inventory::Inventory>() : load({request_.base}, problems);
    if (!base) return tl::unexpected(base.error());
    if (!*now || (!request_.base.empty() && !*base))
      return tl::unexpected(Failure(std::move(problems), std::move(sources_)));
    listener_.problems(problems, sources_);
    now_ = std::move(**now);
    base_ = std::move(*base);
    return {};
  }

  Result<std::optional<inventory::Inventory>> load(const std::vector<std::string>& named,
                                                   Diagnostics& problems) {
    const auto paths = find_inventory(named);
    if (!paths) return tl::unexpected(paths.error());
    auto loaded = load_inventory(sources_, *paths);
    problems.insert(problems.end(), loaded.problems.begin(), loaded.problems.end());
    return std::move(loaded.inventory);
  }

  const inventory::Inventory* base() const { return base_ ? &*base_ : nullptr; }

  Attempt<void> make(std::vector<resolve::ZoneSource> proposed) {
    const auto started = request_.clock.now();
    done_.start = request_.start.value_or(started);
    const bool alone = !request_.asking.zone_files.empty() && request_.asking.over.empty();
    const auto at_hand = zones_at_hand(now_, base(), proposed, alone);
    auto opened = open_panel(declared_by(now_), request_.asking, std::move(proposed));
    if (!opened) return tl::unexpected(opened.error());
    dns::Panel& panel = *opened->panel;
    const auto vantage = nearest_vantage(panel.vantages());
    const plan::World world{done_.facts, vantage, panel.vantages()[vantage], validator_beside(vantage, panel),
                            &at_hand};
    listener_.loaded();
    if (!gather(panel, world)) {
      return give_up(fmt::format("the DNS did not answer within {}", text_of(request_.asking.deadline)),
                     "no plan while a record is unknown: allow more time with --deadline",
                     Failure::Kind::unknown);
    }
    if (const auto kept = record_facts(request_.asking, panel, done_.facts, started, request_.clock.now());
        !kept)
      return tl::unexpected(kept.error());
    if (auto planned = plan_in(world); !planned) return planned;
    look_at_zone_files();
    if (request_.scenarios) simulate(world);
    return {};
  }

  /// False where the deadline passed first.
  bool gather(dns::Panel& panel, const plan::World& world) {
    plan::WorldReader reader(now_, base(), world.at_hand);
    const auto reads_world = [&](dns::FactDesk& desk) { reader.read(desk); };
    if (!dns::collect(panel, world.vantage, done_.facts, reads_world, deadline_.left())) return false;
    if (!world.validator) return true;
    const auto reads_validation = [&](dns::FactDesk& desk) {
      plan::read_validation(now_, base(), world, desk);
    };
    return dns::collect(panel, *world.validator, done_.facts, reads_validation, deadline_.left());
  }

  Attempt<void> plan_in(const plan::World& world) {
    plan::PlanOptions options;
    options.sources = &sources_;
    options.at_once = request_.at_once;
    options.limits = request_.limits;
    options.despite = request_.despite;
    auto made = plan::make_plan(now_, base(), world, options);
    if (!made) return tl::unexpected(Failure(made.error(), Failure::Kind::unknown));
    if (!made->beyond_limits.empty()) {
      return tl::unexpected(
          Failure({fmt::format("the plan changes too much: {}", fmt::join(made->beyond_limits, "; ")),
                   "check that this is intended, then plan with a higher limit"}));
    }
    if (made->exposure > seconds(0) && !request_.accept_exposure) {
      return tl::unexpected(Failure(
          {fmt::format("all at once, mail may be refused for up to {} after the last change",
                       format_duration(made->exposure)),
           "leave --at-once out for a plan that breaks nothing, or take this one with --accept-exposure"}));
    }
    done_.plan = std::move(*made);
    if (!done_.plan.left_out.empty() && !request_.asking.zone_files.empty() && request_.asking.over.empty())
      done_.plan.notes.push_back(
          "The zone files were asked alone. What they do not hold is asked with --over live, or taken from a "
          "snapshot with --over FILE.");
    return request_.accept_exposure ? Attempt<void>() : prove(world);
  }

  /// No plan is handed out that the simulator refutes in the very world that it was made for. The worst caches of
  /// each change are what counts there; a crowd besides shows how long things take.
  Attempt<void> prove(const plan::World& world) const {
    constexpr std::size_t most = 5;
    auto climate = plan::climate_of(now_);
    climate.caches = 0;
    const auto seen = plan::simulate(now_, base(), world, done_.plan, climate).breaches;
    if (seen.empty()) return {};
    std::string text = "no plan: it fails the simulation: ";
    for (std::size_t i = 0; i < std::min(most, seen.size()); ++i)
      text += (i == 0 ? "" : "; ") + plan::text_of(done_.plan, seen[i]);
    if (seen.size() > most) text += fmt::format("; and {} more", seen.size() - most);
    return give_up(std::move(text),
                   "fix what is named and plan again, or take the plan with --accept-exposure",
                   Failure::Kind::refuted);
  }

  void look_at_zone_files() {
    auto read = read_patch_texts(done_.plan, &now_, request_.asking.zone_files);
    note_signed_zones(read.texts, done_.plan);
    if (!request_.patches) return;
    done_.not_patched = std::move(read.unread);
    done_.patches = plan::zone_patches(done_.plan, read.texts, done_.start);
    std::set<dns::Name> said;
    for (const auto& patch : done_.patches) {
      if (!patch.problem.empty() && said.insert(patch.zone).second)
        done_.not_patched.push_back({patch.problem, "no patch is made; the records are written out instead"});
    }
  }

  void simulate(const plan::World& world) {
    std::vector<std::string> wanted;
    for (const auto& scenario : plan::scenarios()) {
      const auto& named = *request_.scenarios;
      if (std::find(named.begin(), named.end(), scenario.name) != named.end())
        wanted.emplace_back(scenario.name);
    }
    if (wanted.size() > 1) {
      for (const auto& one : wanted) done_.simulations.push_back(simulation(world, {one}));
    }
    done_.simulations.push_back(simulation(world, std::move(wanted)));
  }

  plan::Simulation simulation(const plan::World& world, std::vector<std::string> wanted) const {
    auto climate = plan::climate_of(now_);
    for (const auto& scenario : plan::scenarios()) {
      if (std::find(wanted.begin(), wanted.end(), scenario.name) != wanted.end()) scenario.apply(climate);
    }
    // In the world that was planned for they are proven, unless nobody wanted to know.
    const bool roll_backs = request_.accept_exposure || !wanted.empty();
    return {std::move(wanted), plan::simulate(now_, base(), world, done_.plan, climate, roll_backs)};
  }

  const PlanRequest& request_;
  Listener& listener_;
  Deadline deadline_;
  Sources sources_;
  inventory::Inventory now_;
  std::optional<inventory::Inventory> base_;
  PlanRun done_;
};

}  // namespace

Attempt<PlanRun> plan_run(const PlanRequest& request, Listener& listener) {
  return Planner(request, listener).run();
}

}  // namespace rdnsgate::run
