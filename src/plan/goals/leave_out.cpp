// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/goals/leave_out.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>
#include <tuple>
#include <utility>

namespace rdnsgate::plan {
namespace {

const std::string& problem_of(const Picture& picture, std::size_t set) {
  static const std::string nothing;
  return set == none ? nothing : picture.sets[set].problem;
}

std::vector<Name> names_of(const Path& path) {
  auto names = path.live_ptr;
  for (const auto* address : {path.now, path.base}) {
    if (address != nullptr)
      inventory::for_each_name(*address, [&](const Name& name) { names.push_back(name); });
  }
  return names;
}

/// Why the addresses of its names are not known.
std::string unknown_names(const Picture& picture, const Path& path) {
  for (const auto& name : names_of(path)) {
    const auto& problem = problem_of(picture, picture.find(name, forward_type(path.ip)));
    if (!problem.empty()) return problem;
  }
  return {};
}

/// Nothing sends from it yet, and something is to.
bool is_new(const Picture& picture, const Goals& goals, std::size_t index) {
  return picture.paths[index].now != nullptr && goals.sending[index] == 0;
}

class Leaver {
 public:
  Leaver(Picture& picture, const Goals& goals) : picture_(picture), goals_(goals) {}

  bool run() {
    for (const auto& [path, why] : goals_.unknown) leave(path, why);
    for (const auto& operation : goals_.operations) check_zone(operation);
    if (std::none_of(picture_.paths.begin(), picture_.paths.end(),
                     [](const Path& path) { return !path.left_out.empty(); }))
      return changed_;
    leave_hosts();
    leave_shared_pointers();
    leave_what_is_replaced();
    return changed_;
  }

 private:
  void leave(std::size_t index, const std::string& why) {
    auto& path = picture_.paths[index];
    if (!path.left_out.empty() && !path.adds) return;
    path.left_out = why;
    path.adds = false;
    changed_ = true;
  }

  /// A change needs to know the zone that it is made in.
  void check_zone(const Operation& operation) {
    if (operation.set == none) return;
    auto& set = picture_.sets[operation.set];
    const auto why = set.zone == none ? fmt::format("{}: its zone was not asked for", set.owner.text())
                                      : picture_.zones[set.zone].problem;
    if (why.empty()) return;
    for (const auto path : operation.paths) leave(path, why);
    if (!operation.paths.empty() || !set.problem.empty()) return;
    set.problem = why;  // of relays, keys and name servers it is the record that is looked at
    changed_ = true;
  }

  /// A host says one name at all of its addresses.
  void leave_hosts() {
    std::set<std::pair<std::string, Name>> hosts;
    for (const auto& path : picture_.paths) {
      if (path.left_out.empty()) continue;
      for (const auto* address : {path.now, path.base}) {
        if (address == nullptr) continue;
        inventory::for_each_name(*address, [&](const Name& name) { hosts.emplace(path.sender, name); });
      }
    }
    for (const auto& operation : goals_.operations) {
      if (operation.kind != Kind::switch_helo || operation.paths.empty()) continue;
      const auto& sender = picture_.paths[operation.paths.front()].sender;
      for (const auto* name : {&operation.from, &operation.to}) {
        if (!hosts.contains({sender, *name})) continue;
        for (const auto path : operation.paths)
          leave(path, fmt::format("{} says {} at another address that is left out", sender, name->text()));
      }
    }
  }

  /// Reverse names that are aliases of one record.
  void leave_shared_pointers() {
    std::set<std::size_t> shared;
    for (const auto& path : picture_.paths) {
      if (path.left_out.empty()) continue;
      for (const auto set : {path.ptr_set, path.block_set}) {
        if (set != none) shared.insert(set);
      }
    }
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      const auto& path = picture_.paths[i];
      for (const auto set : {path.ptr_set, path.block_set}) {
        if (path.left_out.empty() && shared.contains(set))
          leave(i, fmt::format("an address that is left out has the same PTR record, {}",
                               picture_.sets[set].owner.text()));
      }
    }
  }

  /// What mail leaves from stays until all that was to take its place is in use.
  void leave_what_is_replaced() {
    std::set<std::string> waiting, living;
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      const auto& path = picture_.paths[i];
      if (path.now != nullptr) living.insert(path.sender);
      if (!path.left_out.empty() && is_new(picture_, goals_, i)) waiting.insert(path.sender);
    }
    if (waiting.empty()) return;
    for (std::size_t i = 0; i < picture_.paths.size(); ++i) {
      const auto& path = picture_.paths[i];
      if (path.now != nullptr || !path.left_out.empty()) continue;
      const bool moves_away = !living.contains(path.sender);
      if (!moves_away && !waiting.contains(path.sender)) continue;
      const auto& sender = moves_away ? *waiting.begin() : path.sender;
      leave(i, fmt::format("not before every new address of {} is in use, and one is left out", sender));
    }
  }

  Picture& picture_;
  const Goals& goals_;
  bool changed_ = false;
};

}  // namespace

void leave_out_unknown(Picture& picture) {
  for (auto& path : picture.paths) {
    if (!path.left_out.empty()) continue;
    path.left_out = unknown_names(picture, path);
    if (!path.left_out.empty()) continue;
    for (const auto set : {path.ptr_set, path.alias_set, path.block_set}) {
      const auto& problem = problem_of(picture, set);
      if (problem.empty() || !path.left_out.empty()) continue;
      path.left_out = problem;
      path.adds = picture.sets[set].outside;
    }
  }
}

bool leave_out_beside(Picture& picture, const Goals& goals) { return Leaver(picture, goals).run(); }

std::vector<LeftOut> left_out_of(const Picture& picture, const Goals& goals) {
  std::vector<std::pair<IpAddress, LeftOut>> addresses;
  for (const auto& path : picture.paths) {
    if (path.left_out.empty()) continue;
    const auto sender = path.only_listed() ? std::string() : path.sender;
    addresses.push_back(
        {path.ip, {LeftOut::Kind::address, path.ip.to_string(), sender, path.left_out, path.adds}});
  }
  std::stable_sort(addresses.begin(), addresses.end(),
                   [](const auto& a, const auto& b) { return a.first < b.first; });
  std::vector<LeftOut> others = picture.unknown;
  others.insert(others.end(), goals.left_out.begin(), goals.left_out.end());
  std::sort(others.begin(), others.end(), [](const LeftOut& a, const LeftOut& b) {
    return std::tie(a.kind, a.id, a.reason) < std::tie(b.kind, b.id, b.reason);
  });
  others.erase(std::unique(others.begin(), others.end()), others.end());
  std::vector<LeftOut> all;
  for (auto& one : addresses) all.push_back(std::move(one.second));
  all.insert(all.end(), others.begin(), others.end());
  return all;
}

bool leaves_out_all(const Picture& picture, const Goals& goals) {
  if (!goals.operations.empty()) return false;
  const bool some = !picture.unknown.empty() || !goals.left_out.empty() || !picture.paths.empty();
  return some &&
         std::all_of(picture.paths.begin(), picture.paths.end(),
                     [](const Path& path) { return !path.left_out.empty() && !path.adds; }) &&
         (!picture.paths.empty() || !goals.left_out.empty() || !picture.unknown.empty());
}

}  // namespace rdnsgate::plan
