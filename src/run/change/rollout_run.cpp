// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/change/rollout_run.h"

#include <fmt/format.h>

#include <algorithm>
#include <filesystem>
#include <utility>

#include "base/files/file_lock.h"
#include "base/files/output_file.h"
#include "dns/facts/collect.h"
#include "inventory/files/file_tree.h"
#include "inventory/files/read_file.h"
#include "plan/document/read_plan.h"
#include "plan/rollout/verify_phase.h"
#include "run/files/load.h"
#include "run/files/patch_texts.h"
#include "run/frame/deadline.h"
#include "run/frame/read_files.h"

namespace rdnsgate::run {
namespace {

constexpr std::size_t max_plan = std::size_t{512} << 20;
constexpr std::size_t max_state = std::size_t{1} << 20;

/// Without an inventory every name server of the plan's zones is asked: nobody else knows when all have a change.
Declared declared_by(const plan::Plan& plan) {
  Declared declared;
  auto& authority = declared.vantages.emplace_back();
  authority.name = authority.operator_name = "authority";
  authority.kind = dns::VantageKind::authoritative;
  for (auto& [name, servers] : plan::zones_to_ask(plan)) declared.zones.push_back({name, servers});
  return declared;
}

}  // namespace

Attempt<Rollout> Rollout::open(RolloutRequest request, Listener& listener) {
  Rollout rollout(std::move(request));
  if (auto read = rollout.open_plan(); !read) return tl::unexpected(std::move(read.error()));
  if (auto read = rollout.open_inventory(listener); !read) return tl::unexpected(std::move(read.error()));
  if (auto read = rollout.open_state(); !read) return tl::unexpected(std::move(read.error()));
  return rollout;
}

Attempt<void> Rollout::open_plan() {
  const auto text = inventory::read_file(request_.plan, max_plan);
  if (!text) {
    const auto& error = text.error();
    return tl::unexpected(
        Failure({error.message,
                 error.hint.empty() ? "name a plan: the plan.json that plan -o DIR writes" : error.hint}));
  }
  auto read = plan::read_plan(*text, request_.plan);
  if (!read) return tl::unexpected(read.error());
  plan_ = std::move(*read);
  if (request_.any_time) plan_.windows.clear();
  return {};
}

Attempt<void> Rollout::open_inventory(Listener& listener) {
  if (request_.inventory.empty()) {
    declared_ = declared_by(plan_);
    return {};
  }
  Sources sources;
  auto inventory = read_inventory({request_.inventory}, sources, listener);
  if (!inventory) return tl::unexpected(std::move(inventory.error()));
  if (inventory->sha256 != plan_.inventory_sha256) {
    return tl::unexpected(Failure(
        {fmt::format("{} is not the inventory that {} was made for", request_.inventory, request_.plan),
         "it has changed since: make a new plan, or name the inventory as it was"}));
  }
  declared_ = declared_by(*inventory);
  inventory_ = std::move(*inventory);
  // That a file is not there, lint and check say.
  for (auto& zone : inventory_->zones) {
    if (inventory::disk().kind(beside(*inventory_, zone.file)) == inventory::FileTree::Kind::none)
      zone.file.clear();
  }
  return {};
}

Attempt<void> Rollout::open_state() {
  if (const auto file = check_is_file("--state", request_.state); !file) return tl::unexpected(file.error());
  for (const auto& phase : request_.done) {
    if (request_.state.empty())
      return tl::unexpected(Failure({"--done needs --state", "what was done is remembered in a file"}));
    const auto found = std::find_if(plan_.phases.begin(), plan_.phases.end(),
                                    [&](const plan::Phase& one) { return one.id == phase; });
    if (found == plan_.phases.end() || found->manual.empty()) {
      return tl::unexpected(
          Failure({fmt::format("--done: the plan asks nothing of hosts in a phase \"{}\"", phase),
                   "what is done in the DNS is seen there"}));
    }
  }
  state_.plan = plan_.id;
  std::error_code ignored;
  if (request_.state.empty() || !std::filesystem::exists(request_.state, ignored)) return {};
  auto read = read_state();
  if (!read) return tl::unexpected(read.error());
  state_ = saved_ = std::move(*read);
  return {};
}

Result<plan::RolloutState> Rollout::read_state() const {
  const auto text = inventory::read_file(request_.state, max_state);
  if (!text) return fail(text.error().message, text.error().hint);
  // Another run has locked it, and nothing is in it yet.
  if (text->empty()) return plan::RolloutState{plan_.id, {}, {}, {}};
  return plan::read_state(*text, request_.state, plan_.id);
}

/// What another run has put there meanwhile stays: its marks and ours are both true.
Result<void> Rollout::save_state() {
  if (request_.state.empty() || state_ == saved_) return {};
  const auto lock = FileLock::take(request_.state);
  if (!lock) return tl::unexpected(lock.error());
  const auto there = read_state();
  if (!there) return tl::unexpected(there.error());
  state_ = plan::merged(saved_, state_, *there);
  saved_ = state_;
  return state_ == *there ? Result<void>() : replace_file(request_.state, plan::write_state(state_));
}

/// The moment that the answers are of.
Attempt<Time> Rollout::ask(const std::function<void(dns::FactDesk&)>& reader, Listener& listener) {
  const auto& asking = request_.asking;
  const Deadline deadline(asking.deadline);
  Sources sources;
  Listener nobody;  // who waits, and looks again and again, is not told each time what is odd about the files
  auto proposed = read_answers(asking.zone_files, inventory_ ? &*inventory_ : nullptr, sources, nobody);
  if (!proposed) {
    if (!proposed.error().problems.empty()) proposed.error().error.message = "the zone files have errors";
    return tl::unexpected(std::move(proposed.error()));
  }
  const auto started = request_.clock.now();
  auto opened = open_panel(declared_, asking, std::move(*proposed));
  if (!opened) return tl::unexpected(opened.error());
  vantages_ = opened->panel->vantages();
  vantage_ = nearest_vantage(vantages_);
  if (const auto& asked = vantages_[vantage_];
      asked.kind == dns::VantageKind::recursive || asked.kind == dns::VantageKind::forward) {
    listener.note(fmt::format(
        "{} sees one name server of each zone; only an authoritative vantage knows when all have a change",
        asked.name));
  }
  facts_ = dns::FactStore();
  listener.loaded();
  dns::collect(*opened->panel, vantage_, facts_, reader, deadline.left());
  const auto finished = request_.clock.now();
  if (const auto kept = record_facts(asking, *opened->panel, facts_, started, finished); !kept)
    return tl::unexpected(kept.error());
  return opened->recorded && !request_.clock.named ? opened->recorded->taken_at : finished;
}

Attempt<FoundStanding> Rollout::look(Listener& listener) {
  auto asked = ask([&](dns::FactDesk& desk) { plan::read_rollout(plan_, desk); }, listener);
  if (!asked) return tl::unexpected(std::move(asked.error()));
  const auto& info = vantages_[vantage_];
  const auto early = plan::tell_done(plan_, facts_, vantage_, info, *asked, request_.done, state_);
  auto standing = plan::find_standing(plan_, facts_, vantage_, info, *asked, state_);
  if (const auto kept = save_state(); !kept) return tl::unexpected(kept.error());
  if (early.empty()) return FoundStanding{std::move(standing), *asked};
  std::vector<std::string> next;
  for (const auto phase : standing.next) next.push_back(plan_.phases[phase].id);
  return tl::unexpected(
      Failure({fmt::format("--done {}: it is not the turn of that phase, and nothing was marked as done",
                           fmt::join(early, ", ")),
               next.empty() ? "\"rollout status\" shows where the rollout stands"
                            : fmt::format("next is {}; say it again once \"rollout status\" asks for it",
                                          fmt::join(next, ", "))}));
}

Attempt<FoundPhase> Rollout::verify(const plan::Phase& phase, Listener& listener) {
  auto asked = ask([&](dns::FactDesk& desk) { plan::read_checks(phase, desk); }, listener);
  if (!asked) return tl::unexpected(std::move(asked.error()));
  return FoundPhase{plan::verify_phase(phase, facts_, vantage_, vantages_[vantage_]), *asked};
}

std::vector<plan::ZonePatch> Rollout::patches(const std::vector<std::size_t>& phases, Time now) const {
  const auto read = read_patch_texts(plan_, inventory_ ? &*inventory_ : nullptr, request_.asking.zone_files);
  return plan::next_patches(plan_, phases, read.texts, now);
}

plan::CurrentSoas Rollout::soas(const std::vector<std::size_t>& phases) const {
  return plan::current_soas(plan_, phases, facts_, vantage_, vantages_[vantage_]);
}

}  // namespace rdnsgate::run
