// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/goals/moves.h"

#include <fmt/format.h>

#include <algorithm>

#include "plan/sides.h"

namespace rdnsgate::plan {
namespace {

using Rdata = std::vector<std::string>;

Rdata united(const Rdata& a, const Rdata& b) {
  Rdata all;
  std::set_union(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(all));
  return all;
}

bool contains(const Rdata& all, const std::string& one) {
  return std::binary_search(all.begin(), all.end(), one);
}

class Mover {
 public:
  Mover(const Picture& picture, std::size_t index, Goals& goals)
      : index_(index),
        state_(picture.delegations[index]),
        own_(picture.sets[state_.own_set]),
        parent_(picture.sets[state_.parent_set]),
        wanted_(ns_rdata(state_.zone->name_servers)),
        goals_(goals) {}

  void run() {
    const bool own_done = own_.live && own_.live->rdata == wanted_ && own_.problem.empty();
    if (own_done && parent_.live && parent_.live->rdata == wanted_) return;
    if (own_done && !parent_.problem.empty()) {
      // What is planned beside it does not hang on that.
      goals_.note("The delegation of {} is left alone: {}.", state_.zone->name.text(), parent_.problem);
      return;
    }
    if (!is_known()) return;
    add_servers();
    if (!new_.empty()) push(Kind::start_serving, none, {}).starts = new_;
    const auto& own = own_.live->rdata;
    if (const auto both = united(own, wanted_); both != own) push(Kind::add_ns, state_.own_set, both);
    if (parent_.live->rdata != wanted_) push(Kind::move_delegation, state_.parent_set, wanted_);
    if (!std::includes(wanted_.begin(), wanted_.end(), own.begin(), own.end()))
      push(Kind::remove_ns, state_.own_set, wanted_);
    if (!old_.empty()) push(Kind::stop_serving, none, wanted_).stops = old_;
  }

 private:
  /// Both sides are as they were found, and nothing of the move is out of reach.
  bool is_known() {
    const auto before = goals_.problems.size();
    for (const auto* side : {&own_, &parent_}) {
      if (side->problem.empty()) continue;
      goals_.left_out.push_back({LeftOut::Kind::zone, state_.zone->name.text(), {}, side->problem});
      return false;
    }
    if (!own_.live || own_.alias)
      goals_.problems.push_back(fmt::format("{} has no NS records of its own", state_.zone->name.text()));
    for (const auto& server : state_.zone->name_servers) {
      const bool named = parent_.live && contains(parent_.live->rdata, dns::rdata_of(server));
      if (named || !server.is_within(state_.zone->name)) continue;
      goals_.problems.push_back(
          fmt::format("{} is a name in {} itself: who delegates to it has to give its address too, which no "
                      "plan sees to",
                      server.text(), state_.zone->name.text()));
    }
    return goals_.problems.size() == before;
  }

  void add_servers() {
    const auto named = united(own_.live->rdata, parent_.live->rdata);
    for (const auto& rdata : united(named, wanted_)) {
      const auto server = dns::name_in(rdata).value();
      const auto& holders = state_.holders;
      const bool serves =
          contains(named, rdata) || std::find(holders.begin(), holders.end(), server) != holders.end();
      goals_.services.push_back({state_.zone->name, server.text(), ServiceKind::server, serves, none, {}});
      if (!serves) new_.push_back(goals_.services.size() - 1);
      if (!contains(wanted_, rdata)) old_.push_back(goals_.services.size() - 1);
    }
  }

  Operation& push(Kind kind, std::size_t set, Rdata value) {
    Operation operation;
    operation.kind = kind;
    operation.set = set;
    operation.value = std::move(value);
    operation.delegation = index_;
    return goals_.operations.emplace_back(std::move(operation));
  }

  const std::size_t index_;
  const DelegationState& state_;
  const RRsetState &own_, &parent_;
  const Rdata wanted_;
  Goals& goals_;
  std::vector<std::size_t> new_, old_;
};

}  // namespace

std::string server_rdata(const Service& server) { return dns::rdata_of(Name::parse(server.name).value()); }

void derive_moves(const Picture& picture, Goals& goals) {
  for (std::size_t i = 0; i < picture.delegations.size(); ++i) Mover(picture, i, goals).run();
}

}  // namespace rdnsgate::plan
