// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/goals/derive_goals.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <numeric>
#include <set>
#include <tuple>
#include <unordered_map>
#include <unordered_set>

#include "plan/goals/moves.h"
#include "plan/goals/repairs.h"
#include "plan/goals/services.h"
#include "plan/goals/shared_pointers.h"
#include "plan/goals/wildcards.h"
#include "plan/spf/spf_goals.h"
#include "plan/spf/relays_left.h"
#include "plan/spf/spf_limits.h"
#include "plan/spf/spf_promises.h"
#include "plan/spf/spf_relays.h"
#include "plan/spf/spf_retired.h"
#include "plan/world/spf_edit.h"

namespace rdnsgate::plan {
namespace {

bool holds(const RRsetState& set, const IpAddress& ip) {
  return set.live && std::binary_search(set.live->rdata.begin(), set.live->rdata.end(), dns::rdata_of(ip));
}

std::vector<Name> declared_names(const inventory::Address* address) {
  std::vector<Name> names;
  if (address == nullptr) return names;
  inventory::for_each_name(*address, [&](const Name& name) {
    if (!name.is_root() && std::find(names.begin(), names.end(), name) == names.end()) names.push_back(name);
  });
  return names;
}

bool contains(const std::vector<Name>& names, const Name& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

/// Those of a kind stay as they are. Operations are large: each is moved once.
void sort_by_kind(std::vector<Operation>& operations) {
  std::vector<std::size_t> order(operations.size());
  std::iota(order.begin(), order.end(), std::size_t{0});
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return operations[a].kind < operations[b].kind; });
  std::vector<Operation> sorted;
  sorted.reserve(operations.size());
  for (const auto index : order) sorted.push_back(std::move(operations[index]));
  operations = std::move(sorted);
}

class GoalDeriver {
 public:
  GoalDeriver(const Inventory& now, const Inventory* base, const Picture& picture)
      : now_(now), base_(base), picture_(picture) {}

  Goals run(const GoalFilter& keep) {
    for (const auto& text : picture_.notes) goals_.note(text);
    for (const auto& path : picture_.paths) ours_.insert(dns::rdata_of(path.ip));
    for (const auto& retired : now_.retired_names) note_holders(retired.name);
    for (const auto& domain : now_.domains) more_than_hosts_.insert(domain.name);
    for (const auto& zone : now_.zones) more_than_hosts_.insert(zone.name);
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      const Path& path = picture_.paths[i];
      goals_.sending.push_back(is_sending(path) ? 1 : 0);
      goals_.unconfirmed.push_back(goals_.sending.back() != 0 && is_unconfirmed(path) ? 1 : 0);
      goals_.helo.push_back(helo_before(path));
      if (!path.left_out.empty()) {
        if (path.adds && path.now != nullptr) add_names(i);
      } else if (path.only_listed()) {
        retire_listed(i);
      } else {
        path.now != nullptr ? declare(i) : retire(i);
      }
    }
    for (auto& [key, operation] : switches_) goals_.operations.push_back(std::move(operation));
    join_shared_pointers(picture_, goals_);
    if (keep) keep(goals_);
    derive_spf(now_, base_, picture_, goals_);
    derive_services(now_, base_, picture_, goals_);
    derive_moves(picture_, goals_);
    heed_wildcards(picture_, goals_);
    retire_from_spf(now_, base_, picture_, goals_);
    take_out_left_relays(now_, base_, picture_, goals_);
    stop_listed();
    check_spf_limits(now_, picture_, goals_);
    check_relays_in_spf(now_, base_, picture_, goals_);
    derive_spf_promises(now_, picture_, goals_);
    const auto removes = [](const Operation& o) {
      return o.kind == Kind::remove_ptr || o.kind == Kind::remove_old;
    };
    if (std::any_of(goals_.operations.begin(), goals_.operations.end(), removes)) {
      goals_.note(
          "Resolvers that serve stale data (RFC 8767) may show what was removed for days: hand addresses and "
          "names on to others only after that.");
    }
    sort_by_kind(goals_.operations);
    mark_repairs(goals_, picture_);
    return std::move(goals_);
  }

 private:
  /// With an earlier inventory, what stands in it sends. Without, an address of which the DNS knows nothing
  /// is taken for a new one.
  bool is_sending(const Path& path) const {
    if (base_ != nullptr) return path.base != nullptr;
    if (path.ptr_set != none && picture_.sets[path.ptr_set].live) return true;
    const auto names = declared_names(path.now);
    return std::any_of(names.begin(), names.end(), [&](const Name& name) {
      const auto* set = forward(name, path.ip);
      return set != nullptr && holds(*set, path.ip);
    });
  }

  /// It is seen: names that were not looked up, or whose addresses could not be determined, may confirm it.
  bool is_unconfirmed(const Path& path) const {
    if (path.ptr_set == none || !picture_.sets[path.ptr_set].problem.empty()) return false;
    return std::all_of(path.live_ptr.begin(), path.live_ptr.end(), [&](const Name& name) {
      const auto* set = forward(name, path.ip);
      return set != nullptr && set->problem.empty() && !holds(*set, path.ip);
    });
  }

  /// The name that the host says now. Without an earlier inventory it can only be guessed: where PTR and HELO
  /// are declared to be the same and the PTR still names another host name of ours that resolves to the
  /// address, the rename has not reached the DNS, and the host is taken to be where the DNS is.
  Name helo_before(const Path& path) const {
    if (path.base != nullptr) return path.base->helo;
    if (path.now == nullptr) return {};
    if (base_ != nullptr || path.live_ptr.size() != 1 || path.now->helo != path.now->ptr)
      return path.now->helo;
    const auto* set = forward(path.live_ptr.front(), path.ip);
    return set != nullptr && holds(*set, path.ip) ? path.live_ptr.front() : path.now->helo;
  }

  void add_names(std::size_t index) {
    for (const auto& name : declared_names(picture_.paths[index].now)) add_forward(index, name);
  }

  void declare(std::size_t index) {
    const Path& path = picture_.paths[index];
    const auto names = declared_names(path.now);
    keep_ptr(path);
    add_names(index);
    set_ptr(index);
    const Name& helo = path.now->helo;
    if (goals_.sending[index] == 0) {
      push({Kind::start_egress, none, path.ip, {}, {index}, {}, helo});
      note_others(path);
    } else if (is_shared(path)) {
      change_shared(index);
    } else if (!helo.is_root() && !goals_.helo[index].is_root() && goals_.helo[index] != helo) {
      auto& operation = switches_[{path.now->sender, helo, goals_.helo[index]}];
      operation.kind = Kind::switch_helo;
      operation.paths.push_back(index);
      operation.from = goals_.helo[index];
      operation.to = helo;
    }
    auto former = declared_names(path.base);
    for (const auto& name : retired_names_of(path)) {
      if (!contains(former, name)) former.push_back(name);
    }
    for (const auto& name : path.live_ptr) {
      if (!contains(names, name) && !contains(former, name)) leave(index, name);
    }
    for (const auto& name : former) {
      if (contains(names, name)) continue;
      is_shared(path) && retired_names_.count(name) == 0 ? keep_said(path, name) : give_up(index, name);
    }
  }

  /// Several mail servers leave from it, or did.
  static bool is_shared(const Path& path) {
    const auto has_several = [](const inventory::Address* address) {
      return address != nullptr && !address->other_helos.empty();
    };
    return has_several(path.now) || has_several(path.base);
  }

  void note_others(const Path& path) {
    for (const auto& name : path.now->other_helos)
      goals_.note("{} is also the address of a mail server that says {}: it starts with the others.",
                  path.ip.to_string(), name.text());
  }

  /// Which of several mail servers gets a name in place of another one, the inventory does not say. That one more is
  /// there is no change for those that were.
  void change_shared(std::size_t index) {
    const Path& path = picture_.paths[index];
    const Name& said = goals_.helo[index];
    if (!said.is_root() && !inventory::says_helo(*path.now, said)) {
      goals_.problems.push_back(
          fmt::format("several mail servers leave from {}, and which of them says another name in place of "
                      "{} is not known: "
                      "declare the new name beside it first, and take {} out of the inventory, into retired, "
                      "once nothing says it",
                      path.ip.to_string(), said.text(), said.text()));
    }
    if (path.base == nullptr) return;
    for (const auto& name : path.now->other_helos) {
      if (!inventory::says_helo(*path.base, name))
        goals_.note("A mail server may leave from {} and say {} once the plan is through its additions.",
                    path.ip.to_string(), name.text());
    }
  }

  void keep_said(const Path& path, const Name& name) {
    const auto* set = forward(name, path.ip);
    if (set == nullptr || !holds(*set, path.ip)) return;
    goals_.note(
        "{} keeps {}: one of the mail servers behind it may still say that name. Once none does, list it "
        "under "
        "retired.",
        name.text(), path.ip.to_string());
  }

  void retire(std::size_t index) {
    const Path& path = picture_.paths[index];
    push({Kind::stop_egress, none, path.ip, {}, {index}, path.base->helo, {}});
    keep_ptr(path);
    remove_ptr(index);
    for (const auto& name : declared_names(path.base)) give_up(index, name);
  }

  void note_holders(const Name& name) {
    retired_names_.insert(name);
    for (const auto type : {RrType::A, RrType::AAAA}) {
      const std::size_t set = picture_.find(name, type);
      if (set == none || !picture_.sets[set].live) continue;
      for (const auto& rdata : picture_.sets[set].live->rdata) retired_by_address_[rdata].push_back(name);
    }
  }

  /// The retired names that still have the path's address.
  const std::vector<Name>& retired_names_of(const Path& path) const {
    static const std::vector<Name> nothing;
    const auto found = retired_by_address_.find(dns::rdata_of(path.ip));
    return found == retired_by_address_.end() ? nothing : found->second;
  }

  /// What the list of retired addresses says has no names: the PTR record goes where it gives one in a zone
  /// of ours, and the names that are retired, too, lose the address.
  void retire_listed(std::size_t index) {
    const Path& path = picture_.paths[index];
    keep_ptr(path);
    auto names = path.live_ptr;
    std::erase_if(names, [&](const Name& name) { return now_.zone_of(name) == nullptr; });
    if (path.ptr_set != none && !path.live_ptr.empty()) {
      auto rest = picture_.sets[path.ptr_set].live->rdata;
      for (const auto& name : names) {
        std::erase(rest, dns::rdata_of(name));
        std::erase(ptr_after_, name);
      }
      if (names.empty()) {
        goals_.note("The PTR record of {} names nothing in the inventory's zones; it is left alone.",
                    path.ip.to_string());
      } else {
        push({Kind::remove_ptr, path.ptr_set, path.ip, std::move(rest), {index}, names.front(), {}});
      }
    }
    const auto& retired = retired_names_of(path);
    for (const auto& name : names) {
      if (!contains(retired, name)) leave(index, name);
    }
    for (const auto& name : retired) give_up(index, name);
  }

  /// Where something of a listed address is left to be taken away, nothing may send from it before.
  void stop_listed() {
    std::set<std::size_t> leaving;
    for (const auto& operation : goals_.operations) {
      if (!operation.paths.empty() && picture_.paths[operation.paths.front()].only_listed())
        leaving.insert(operation.paths.front());
    }
    for (const auto index : leaving)
      push({Kind::stop_egress, none, picture_.paths[index].ip, {}, {index}, {}, {}});
  }

  void keep_ptr(const Path& path) { ptr_after_ = path.live_ptr; }

  void add_forward(std::size_t index, const Name& name) {
    const Path& path = picture_.paths[index];
    const std::size_t set = picture_.find(name, forward_type(path.ip));
    if (set == none || holds(picture_.sets[set], path.ip)) return;
    if (picture_.sets[set].alias) {
      goals_.problems.push_back(fmt::format(
          "{} is an alias of {} (by a CNAME, a DNAME or a wildcard) and cannot be given {}: give it "
          "address records in place of the alias first",
          name.text(), picture_.sets[set].owner.text(), path.ip.to_string()));
      return;
    }
    // What a wildcard gives is not its own, and goes with the first record that is.
    if (!picture_.sets[set].made_up && !all_ours(picture_.sets[set])) {
      goals_.note("{} also has addresses that are not in the inventory; they stay.", name.text());
    }
    push({Kind::add_forward, set, path.ip, {}, {index}, {}, name});
  }

  bool all_ours(const RRsetState& set) const {
    return !set.live || std::all_of(set.live->rdata.begin(), set.live->rdata.end(),
                                    [&](const std::string& rdata) { return ours_.count(rdata) != 0; });
  }

  void set_ptr(std::size_t index) {
    const Path& path = picture_.paths[index];
    const Name& target = path.now->ptr;
    if (target.is_root() || path.ptr_set == none) return;
    if (path.alias_set != none) return lead_to_block(index);
    if (path.live_ptr.size() == 1 && path.live_ptr.front() == target) return;
    const auto kind = picture_.sets[path.ptr_set].live ? Kind::swap_ptr : Kind::add_ptr;
    ptr_after_ = {target};
    push({kind, path.ptr_set, path.ip, {dns::rdata_of(target)}, {index}, {}, target});
  }

  /// The PTR lies in the zone of its block, and the reverse name leads there.
  void lead_to_block(std::size_t index) {
    const Path& path = picture_.paths[index];
    const Name& target = path.now->ptr;
    const auto& block = picture_.sets[path.block_set];
    const std::vector<std::string> wanted{dns::rdata_of(target)};
    if (!block.live || block.live->rdata != wanted)
      push({block.live ? Kind::swap_ptr : Kind::add_ptr,
            path.block_set,
            path.ip,
            wanted,
            {index},
            {},
            target});
    ptr_after_ = {target};
    // What stands at the reverse name: a PTR or another alias, or nothing.
    const bool direct = picture_.sets[path.ptr_set].live && !picture_.sets[path.alias_set].live;
    Operation operation{
        Kind::redelegate, direct ? path.ptr_set : path.alias_set, path.ip, {}, {index}, {}, target};
    operation.alias = path.alias_set;
    operation.value = {dns::rdata_of(block.owner)};
    push(std::move(operation));
  }

  /// Only the name that we declared is ours to take away; what else the PTR says stays.
  void remove_ptr(std::size_t index) {
    const Path& path = picture_.paths[index];
    const Name& target = path.base->ptr;
    if (path.ptr_set == none || path.live_ptr.empty()) return;
    auto rest = picture_.sets[path.ptr_set].live->rdata;
    if (std::erase(rest, dns::rdata_of(target)) == 0) {
      goals_.note("The PTR record of {} names something that was never declared; it is left alone.",
                  path.ip.to_string());
      return;
    }
    std::erase(ptr_after_, target);
    push({Kind::remove_ptr, path.ptr_set, path.ip, std::move(rest), {index}, target, {}});
  }

  /// A name that only the PTR record gives, and that nobody declared or retired, is not ours to take.
  void leave(std::size_t index, const Name& name) {
    const Path& path = picture_.paths[index];
    const auto* set = forward(name, path.ip);
    if (set == nullptr || !holds(*set, path.ip) || now_.zone_of(name) == nullptr) return;
    goals_.note(
        "{} still has {}; the name is neither declared nor retired, so it is left alone. To remove it, list "
        "it "
        "under retired{}.",
        name.text(), path.ip.to_string(),
        base_ == nullptr ? ", or give the previous inventory with --base" : "");
  }

  /// Takes the address from a name that it no longer has: one that the earlier inventory declared or this one
  /// retires. An apex or a mail domain carries more than a host's identity, and has to be retired by name.
  void give_up(std::size_t index, const Name& name) {
    const Path& path = picture_.paths[index];
    const std::size_t at = picture_.find(name, forward_type(path.ip));
    if (at == none || !holds(picture_.sets[at], path.ip)) return;
    const auto& set = picture_.sets[at];
    const bool named = contains(ptr_after_, name) ||
                       (path.now != nullptr && path.now->helo.is_root() && goals_.helo[index] == name);
    if (named) {
      goals_.note("{} still names {}, and nothing is declared in its place; it is left alone.",
                  path.ip.to_string(), name.text());
    } else if (set.alias) {
      goals_.note("{} is an alias of {}; its address {} is left alone.", name.text(), set.owner.text(),
                  path.ip.to_string());
    } else if (retired_names_.count(name) == 0 && is_more_than_a_host(name)) {
      goals_.note(
          "{} still has {}; it is the name of a zone or of a mail domain, and is left alone. To remove it, "
          "list "
          "it under retired.",
          name.text(), path.ip.to_string());
    } else {
      push({Kind::remove_old, at, path.ip, {}, {index}, name, {}});
    }
  }

  bool is_more_than_a_host(const Name& name) const {
    return more_than_hosts_.contains(name) || picture_.zone_index.contains(name.wire());
  }

  const RRsetState* forward(const Name& name, const IpAddress& ip) const {
    const std::size_t at = picture_.find(name, forward_type(ip));
    return at == none ? nullptr : &picture_.sets[at];
  }

  void push(Operation operation) { goals_.operations.push_back(std::move(operation)); }

  const Inventory& now_;
  const Inventory* base_;
  const Picture& picture_;
  Goals goals_;
  std::set<std::string> ours_;
  std::set<Name> retired_names_;
  std::unordered_set<Name> more_than_hosts_;  ///< declared domains and zones
  std::unordered_map<std::string, std::vector<Name>> retired_by_address_;
  std::vector<Name> ptr_after_;  ///< what the PTR of the path in hand names in the end
  /// By sender, and the names after and before: what said different names goes back to each.
  std::map<std::tuple<inventory::SenderIndex, Name, Name>, Operation> switches_;
};

}  // namespace

Goals derive_goals(const Inventory& now, const Inventory* base, const Picture& picture,
                   const GoalFilter& keep) {
  return GoalDeriver(now, base, picture).run(keep);
}

}  // namespace rdnsgate::plan
