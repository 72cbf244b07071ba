// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/goals.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <unordered_map>

#include "plan/moves.h"
#include "plan/services.h"
#include "plan/spf_edit.h"

namespace rdnsgate::plan {
namespace {

bool holds(const RRsetState& set, const IpAddress& ip) {
  return set.live && std::binary_search(set.live->rdata.begin(), set.live->rdata.end(), dns::rdata_of(ip));
}

std::vector<Name> declared_names(const inventory::Address* address) {
  std::vector<Name> names;
  if (address == nullptr) return names;
  for (const auto* name : {&address->ptr, &address->helo}) {
    if (!name->is_root() && std::find(names.begin(), names.end(), *name) == names.end())
      names.push_back(*name);
  }
  return names;
}

bool contains(const std::vector<Name>& names, const Name& name) {
  return std::find(names.begin(), names.end(), name) != names.end();
}

class Deriver {
 public:
  Deriver(const Inventory& now, const Inventory* base, const Picture& picture)
      : now_(now), base_(base), picture_(picture) {}

  Goals run() {
    for (const auto& text : picture_.notes) note("{}", text);
    for (const auto& path : picture_.paths) ours_.insert(dns::rdata_of(path.ip));
    for (const auto& retired : now_.retired_names) note_holders(retired.name);
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      const Path& path = picture_.paths[i];
      goals_.sending.push_back(is_sending(path) ? 1 : 0);
      goals_.helo.push_back(helo_before(path));
      if (path.only_listed()) {
        retire_listed(i);
      } else {
        path.now != nullptr ? declare(i) : retire(i);
      }
    }
    for (auto& [key, operation] : switches_) goals_.operations.push_back(std::move(operation));
    for (const auto& domain : now_.domains) authorise(domain);
    stop_listed();
    derive_services(now_, base_, picture_, goals_);
    derive_moves(picture_, goals_);
    const auto removes = [](const Operation& o) {
      return o.kind == Kind::remove_ptr || o.kind == Kind::remove_old;
    };
    if (std::any_of(goals_.operations.begin(), goals_.operations.end(), removes)) {
      note(
          "Resolvers that serve stale data (RFC 8767) may show what was removed for days: hand addresses and "
          "names on "
          "to others only after that.");
    }
    std::stable_sort(goals_.operations.begin(), goals_.operations.end(),
                     [](const Operation& a, const Operation& b) { return a.kind < b.kind; });
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

  void declare(std::size_t index) {
    const Path& path = picture_.paths[index];
    const auto names = declared_names(path.now);
    keep_ptr(path);
    for (const auto& name : names) add_forward(index, name);
    set_ptr(index);
    const Name& helo = path.now->helo;
    if (goals_.sending[index] == 0) {
      push({Kind::start_egress, none, path.ip, {}, {index}, {}, helo});
    } else if (!helo.is_root() && !goals_.helo[index].is_root() && goals_.helo[index] != helo) {
      auto& operation = switches_[{path.now->sender, helo}];
      operation.kind = Kind::switch_helo;
      operation.paths.push_back(index);
      operation.from = goals_.helo[index];
      operation.to = helo;
    }
    auto former = base_ != nullptr ? declared_names(path.base) : path.live_ptr;
    for (const auto& name : retired_names_of(path)) {
      if (!contains(former, name)) former.push_back(name);
    }
    for (const auto& name : former) {
      if (!contains(names, name)) give_up(index, name);
    }
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

  /// What the list of retired addresses says has no names: those in zones of ours that its PTR gives are.
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
        note("The PTR of {} names nothing in the inventory's zones; it is left alone.", path.ip.to_string());
      } else {
        push({Kind::remove_ptr, path.ptr_set, path.ip, std::move(rest), {index}, names.front(), {}});
      }
    }
    for (const auto& name : retired_names_of(path)) {
      if (!contains(names, name)) names.push_back(name);
    }
    for (const auto& name : names) give_up(index, name);
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
      goals_.problems.push_back(fmt::format("{} is an alias of {}: it cannot be given {}", name.text(),
                                            picture_.sets[set].owner.text(), path.ip.to_string()));
      return;
    }
    if (!all_ours(picture_.sets[set])) {
      note("{} also holds addresses that are not in the inventory; they stay.", name.text());
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
      note("The PTR of {} names something that was never declared; it is left alone.", path.ip.to_string());
      return;
    }
    std::erase(ptr_after_, target);
    push({Kind::remove_ptr, path.ptr_set, path.ip, std::move(rest), {index}, target, {}});
  }

  /// Takes the address from a name that it no longer has. What the earlier inventory declared is ours to
  /// remove. Without one, only a name in a declared zone whose addresses are all in the inventory, and which
  /// is neither an apex nor a mail domain: those carry more than a host's identity.
  void give_up(std::size_t index, const Name& name) {
    const Path& path = picture_.paths[index];
    const std::size_t at = picture_.find(name, forward_type(path.ip));
    if (at == none || !holds(picture_.sets[at], path.ip)) return;
    const auto& set = picture_.sets[at];
    const bool named = contains(ptr_after_, name) ||
                       (path.now != nullptr && path.now->helo.is_root() && goals_.helo[index] == name);
    if (named) {
      note("{} still names {}, and nothing is declared in its place; it is left alone.", path.ip.to_string(),
           name.text());
    } else if (set.alias) {
      note("{} is an alias of {}; its address {} is left alone.", name.text(), set.owner.text(),
           path.ip.to_string());
    } else if (base_ == nullptr && retired_names_.count(name) == 0 && !only_ours(set, name)) {
      note("{} still holds {}; it is left alone, as it may serve others.", name.text(), path.ip.to_string());
    } else {
      push({Kind::remove_old, at, path.ip, {}, {index}, name, {}});
    }
  }

  bool only_ours(const RRsetState& set, const Name& name) const {
    const auto* zone = now_.zone_of(name);
    if (zone == nullptr || zone->name == name) return false;
    const bool domain =
        std::any_of(now_.domains.begin(), now_.domains.end(), [&](const auto& d) { return d.name == name; });
    return !domain && all_ours(set);
  }

  /// SPF follows where the domain's record lists addresses of the sender one by one.
  void authorise(const inventory::Domain& domain) {
    const std::size_t at = picture_.find(domain.name, RrType::TXT);
    if (at == none) return;
    const auto senders = senders_of(domain);
    std::vector<Operation> wanted;
    bool literal = false;
    const auto& set = picture_.sets[at];
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      const Path& path = picture_.paths[i];
      if (!path.only_listed() && senders.count(path.sender) == 0) continue;
      const bool listed = set.live && spf_lists(set.live->rdata, path.ip);
      literal = literal || listed;
      if (path.now == nullptr && (listed || (!path.only_listed() && !set.problem.empty()))) {
        wanted.push_back({Kind::remove_old, at, path.ip, {}, {i}, domain.name, {}});
      } else if (path.now != nullptr && goals_.sending[i] == 0 &&
                 !(set.live && spf_covers(set.live->rdata, path.ip))) {
        wanted.push_back({Kind::add_forward, at, path.ip, {}, {i}, {}, domain.name});
      }
    }
    if (wanted.empty()) return;
    if (!set.problem.empty()) {
      goals_.problems.push_back(set.problem);
    } else if (literal && set.alias) {
      note("{} is an alias; its SPF record is left alone.", domain.name.text());
    } else if (literal) {
      for (auto& operation : wanted) push(std::move(operation));
    }
  }

  std::set<std::string> senders_of(const inventory::Domain& domain) const {
    std::set<std::string> names;
    for (const auto* inventory : {&now_, base_}) {
      if (inventory == nullptr) continue;
      for (const auto& other : inventory->domains) {
        if (other.name != domain.name) continue;
        for (const auto& via : other.via) names.insert(via.name);
      }
    }
    return names;
  }

  const RRsetState* forward(const Name& name, const IpAddress& ip) const {
    const std::size_t at = picture_.find(name, forward_type(ip));
    return at == none ? nullptr : &picture_.sets[at];
  }

  void push(Operation operation) { goals_.operations.push_back(std::move(operation)); }

  template <typename... Args>
  void note(fmt::format_string<Args...> text, Args&&... args) {
    auto one = fmt::format(text, std::forward<Args>(args)...);
    if (noted_.insert(one).second) goals_.notes.push_back(std::move(one));
  }

  const Inventory& now_;
  const Inventory* base_;
  const Picture& picture_;
  Goals goals_;
  std::set<std::string> ours_, noted_;
  std::set<Name> retired_names_;
  std::unordered_map<std::string, std::vector<Name>> retired_by_address_;
  std::vector<Name> ptr_after_;  ///< what the PTR of the path in hand names in the end
  std::map<std::pair<inventory::SenderIndex, Name>, Operation> switches_;
};

}  // namespace

std::string_view to_string(Kind kind) {
  switch (kind) {
    case Kind::add_forward:
      return "add-forward";
    case Kind::add_ptr:
      return "add-ptr";
    case Kind::swap_ptr:
      return "swap-ptr";
    case Kind::redelegate:
      return "redelegate";
    case Kind::switch_helo:
      return "switch-helo";
    case Kind::start_relay:
      return "start-relay";
    case Kind::start_egress:
      return "start-egress";
    case Kind::stop_egress:
      return "stop-egress";
    case Kind::stop_relay:
      return "stop-relay";
    case Kind::switch_dkim:
      return "switch-dkim";
    case Kind::revoke_key:
      return "revoke-key";
    case Kind::remove_ptr:
      return "remove-ptr";
    case Kind::remove_old:
      return "remove-old";
    case Kind::start_serving:
      return "start-serving";
    case Kind::add_ns:
      return "add-ns";
    case Kind::move_delegation:
      return "move-delegation";
    case Kind::remove_ns:
      return "remove-ns";
    case Kind::stop_serving:
      return "stop-serving";
  }
  return "change";
}

Goals derive_goals(const Inventory& now, const Inventory* base, const Picture& picture) {
  return Deriver(now, base, picture).run();
}

std::vector<std::string> applied(const Operation& operation, RrType type, std::vector<std::string> rdata) {
  const bool adds = operation.kind == Kind::add_forward;
  if (operation.kind == Kind::redelegate)
    return type == RrType::CNAME ? operation.value : std::vector<std::string>();
  if (type == RrType::PTR || type == RrType::NS) return operation.value;
  if (!operation.term.empty())
    return adds ? spf_with_terms(std::move(rdata), operation.term)
                : spf_without_terms(std::move(rdata), operation.term);
  if (operation.service != none) return operation.value;
  if (type == RrType::TXT)
    return adds ? spf_with(std::move(rdata), operation.ip) : spf_without(std::move(rdata), operation.ip);
  const auto record = dns::rdata_of(operation.ip);
  const auto place = std::lower_bound(rdata.begin(), rdata.end(), record);
  const bool there = place != rdata.end() && *place == record;
  if (adds && !there) rdata.insert(place, record);
  if (!adds && there) rdata.erase(place);
  return rdata;
}

}  // namespace rdnsgate::plan
