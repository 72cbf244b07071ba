// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/change/find_touched.h"

#include <algorithm>
#include <tuple>

#include "audit/subject/kinds.h"

namespace rdnsgate::audit {
namespace {

using namespace inventory;

// What is declared, without the places where it stands.

auto declared(const Vantage& v) {
  return std::tie(v.name, v.kind, v.address, v.port, v.tls_name, v.tls_ca, v.questions_per_second, v.mix_case,
                  v.view, v.operator_name, v.root_hints, v.trust_anchor);
}
auto declared(const RuleSetting& r) { return std::tie(r.rule, r.severity); }
auto declared(const Waiver& w) { return std::tie(w.rule, w.target, w.reason, w.expires); }
auto declared(const NamePattern& p) { return std::tie(p.regex); }

template <typename T>
bool same_list(const std::vector<T>& a, const std::vector<T>& b) {
  return std::equal(a.begin(), a.end(), b.begin(), b.end(),
                    [](const T& x, const T& y) { return declared(x) == declared(y); });
}

bool same(const Standards& a, const Standards& b) {
  const auto path = [](const Standards& s) { return s.as_data ? s.as_data->path : std::string(); };
  return same_list(a.names, b.names) && a.latency_warn == b.latency_warn &&
         a.latency_fail == b.latency_fail && path(a) == path(b);
}

}  // namespace

std::string changed_for_all(const Inventory& before, const Inventory& now) {
  if (!same_list(before.rules, now.rules)) return "the settings of rules changed";
  if (!same_list(before.waivers, now.waivers)) return "the waivers changed";
  if (!same(before.standards, now.standards)) return "the standards changed";
  if (!same_list(before.vantages, now.vantages)) return "the vantages changed";
  if (before.defaults.rollout.ttl != now.defaults.rollout.ttl) return "the TTL of rollouts changed";
  return {};
}

Touched find_touched(const Inventory& before, const Inventory& now) {
  Touched touched;
  touched.inventory = &now;
  Change change{before, now, touched};
  for_each_kind([&]<typename Kind>() {
    if constexpr (Changing<Kind>) touched.of(Kind::target).assign(Kind::items({.inventory = &now}).size(), 0);
  });
  for_each_kind([&]<typename Kind>() {
    if constexpr (Changing<Kind>) Kind::mark(change);
  });
  for_each_kind([&]<typename Kind>() {
    if constexpr (requires { Kind::spread(change); }) Kind::spread(change);
  });
  for_each_kind([&]<typename Kind>() {
    if constexpr (Changing<Kind> && !Numerous<Kind>) {
      const auto items = Kind::items({.inventory = &now});
      for (std::size_t i = 0; i < items.size(); ++i) {
        if (touched.of(Kind::target)[i] != 0) touched.ids.insert(target_of<Kind>(items[i]));
      }
    }
  });
  return touched;
}

Touched touch_only(const Inventory& now, const std::set<Target>& targets) {
  Touched touched;
  touched.inventory = &now;
  for_each_kind([&]<typename Kind>() {
    if constexpr (Changing<Kind>) {
      const auto items = Kind::items({.inventory = &now});
      auto& flags = touched.of(Kind::target);
      flags.assign(items.size(), 0);
      for (std::size_t i = 0; i < items.size(); ++i) {
        auto target = target_of<Kind>(items[i]);
        if (!targets.contains(target)) continue;
        flags[i] = 1;
        if constexpr (!Numerous<Kind>) touched.ids.insert(std::move(target));
      }
    }
  });
  return touched;
}

std::size_t count_touchable(const Inventory& inventory) {
  std::size_t all = 0;
  for_each_kind([&]<typename Kind>() {
    if constexpr (Changing<Kind>) all += Kind::items({.inventory = &inventory}).size();
  });
  return all;
}

}  // namespace rdnsgate::audit
