// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/goals/shared_pointers.h"

#include <fmt/format.h>

#include <algorithm>
#include <iterator>
#include <map>
#include <set>

namespace rdnsgate::plan {
namespace {

bool is_about_pointer(const Operation& operation) {
  return operation.kind == Kind::add_ptr || operation.kind == Kind::swap_ptr ||
         operation.kind == Kind::remove_ptr;
}

/// One PTR record and the addresses that are led to it.
class Joiner {
 public:
  Joiner(const Picture& picture, std::size_t set, std::vector<std::size_t> paths, Goals& goals)
      : picture_(picture), set_(set), paths_(std::move(paths)), goals_(goals) {}

  void run() {
    std::set<Name> wanted;
    for (const auto index : paths_) {
      if (picture_.paths[index].now != nullptr) wanted.insert(picture_.paths[index].now->ptr);
    }
    const bool changes =
        std::any_of(goals_.operations.begin(), goals_.operations.end(),
                    [&](const auto& one) { return is_mine(one) && one.kind != Kind::remove_ptr; });
    if (wanted.size() > 1 && changes) {
      goals_.problems.push_back(fmt::format(
          "{} share one PTR record, {} (their reverse names are aliases of it), and are declared with "
          "different names: point each reverse name at a PTR record of its own first",
          addresses(), picture_.sets[set_].owner.text()));
    } else if (!wanted.empty()) {
      keep_for_others();
    }
    join();
  }

 private:
  bool is_mine(const Operation& one) const { return one.set == set_ && is_about_pointer(one); }

  std::string addresses() const {
    constexpr std::size_t most = 5;
    std::vector<std::string> texts;
    for (std::size_t i = 0; i < std::min(most, paths_.size()); ++i)
      texts.push_back(picture_.paths[paths_[i]].ip.to_string());
    const auto more = paths_.size() - texts.size();
    return fmt::format("{}{}", fmt::join(texts, ", "), more == 0 ? "" : fmt::format(" and {} more", more));
  }

  /// The record stays, and with it the names that it gives: an address with a PTR is to be confirmed by it.
  void keep_for_others() {
    const auto removed = std::erase_if(goals_.operations, [&](const Operation& one) {
      return is_mine(one) && one.kind == Kind::remove_ptr;
    });
    if (removed == 0) return;
    std::erase_if(goals_.operations, [&](const Operation& one) {
      if (one.kind != Kind::remove_old || one.paths.empty() || picture_.sets[one.set].type == RrType::TXT)
        return false;
      const auto& path = picture_.paths[one.paths.front()];
      return path.ptr_set == set_ && path.now == nullptr &&
             std::find(path.live_ptr.begin(), path.live_ptr.end(), one.from) != path.live_ptr.end();
    });
    goals_.note(
        "{} share one PTR record, {} (their reverse names are aliases of it); it stays for those that are "
        "declared, and so do the names that it gives.",
        addresses(), picture_.sets[set_].owner.text());
  }

  /// Into the first of them, so that it waits for all and is done once.
  void join() {
    Operation* first = nullptr;
    for (auto& one : goals_.operations) {
      if (!is_mine(one)) continue;
      if (first == nullptr) {
        first = &one;
        continue;
      }
      first->paths.insert(first->paths.end(), one.paths.begin(), one.paths.end());
      if (one.kind == Kind::remove_ptr) first->value = common(first->value, one.value);
      one.paths.clear();
    }
    std::erase_if(goals_.operations, [&](const Operation& one) { return is_mine(one) && one.paths.empty(); });
  }

  static std::vector<std::string> common(const std::vector<std::string>& a,
                                         const std::vector<std::string>& b) {
    std::vector<std::string> both;
    std::set_intersection(a.begin(), a.end(), b.begin(), b.end(), std::back_inserter(both));
    return both;
  }

  const Picture& picture_;
  const std::size_t set_;
  const std::vector<std::size_t> paths_;
  Goals& goals_;
};

}  // namespace

void join_shared_pointers(const Picture& picture, Goals& goals) {
  std::map<std::size_t, std::vector<std::size_t>> by_set;
  for (std::size_t i = 0; i < picture.paths.size(); ++i) {
    const auto& path = picture.paths[i];
    // Those that get an alias of their own leave it.
    if (path.ptr_set != none && path.alias_set == none) by_set[path.ptr_set].push_back(i);
  }
  for (auto& [set, paths] : by_set) {
    if (paths.size() > 1) Joiner(picture, set, std::move(paths), goals).run();
  }
}

}  // namespace rdnsgate::plan
