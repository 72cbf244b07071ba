// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/subject/domain.h"

#include <algorithm>
#include <set>
#include <string_view>
#include <tuple>

#include "audit/subject/relay.h"
#include "audit/subject/sender.h"

namespace rdnsgate::audit {
namespace {

using inventory::Domain;

bool is_same_domain(const Domain& a, const Domain& b) {
  const auto same_path = [](const Domain::Path& x, const Domain::Path& y) { return x.name == y.name; };
  const bool same_dmarc = a.dmarc.has_value() == b.dmarc.has_value() &&
                          (!a.dmarc || (a.dmarc->policy == b.dmarc->policy && a.dmarc->rua == b.dmarc->rua));
  return std::tie(a.name, a.spf_all, a.dkim, a.retired_dkim, a.dkim_domain) ==
             std::tie(b.name, b.spf_all, b.dkim, b.retired_dkim, b.dkim_domain) && same_dmarc &&
         std::equal(a.via.begin(), a.via.end(), b.via.begin(), b.via.end(), same_path);
}

std::set<std::string_view> paths(const Inventory& inventory) {
  std::set<std::string_view> all;
  for (const auto& domain : inventory.domains) {
    for (const auto& path : domain.via) all.insert(path.name);
  }
  return all;
}

/// The names of what is touched of a kind that mail leaves through.
template <typename Kind>
void add_touched(const Change& change, std::set<std::string_view>& names) {
  const auto items = Kind::items({.inventory = &change.now});
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (change.touched.of(Kind::target)[i] != 0) names.insert(items[i].name);
  }
}

/// Whether a path is used is a matter of the domains: of all that name it, before or after.
template <typename Kind>
void touch_paths(Change& change, const std::set<std::string_view>& before,
                 const std::set<std::string_view>& now) {
  const auto items = Kind::items({.inventory = &change.now});
  for (std::size_t i = 0; i < items.size(); ++i) {
    if (before.contains(items[i].name) != now.contains(items[i].name)) change.touched.of(Kind::target)[i] = 1;
  }
}

}  // namespace

void DomainKind::mark(Change& change) {
  mark_changed<DomainKind>(change, is_same_domain, [](const Domain&) {});
}

void DomainKind::spread(Change& change) {
  std::set<std::string_view> touched;
  add_touched<SenderKind>(change, touched);
  add_touched<RelayKind>(change, touched);
  for (std::size_t i = 0; i < change.now.domains.size(); ++i) {
    const auto& via = change.now.domains[i].via;
    if (std::any_of(via.begin(), via.end(), [&](const auto& path) { return touched.contains(path.name); }))
      change.touched.of(target)[i] = 1;
  }
  const auto before = paths(change.before), now = paths(change.now);
  touch_paths<SenderKind>(change, before, now);
  touch_paths<RelayKind>(change, before, now);
}

}  // namespace rdnsgate::audit
