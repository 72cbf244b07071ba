// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/registry.h"

#include <algorithm>
#include <array>

#include "rules/addr/rules.h"
#include "rules/deleg/rules.h"
#include "rules/dkim/rules.h"
#include "rules/dmarc/rules.h"
#include "rules/dnsbl/rules.h"
#include "rules/dnssec/rules.h"
#include "rules/dual/rules.h"
#include "rules/fcrdns/rules.h"
#include "rules/helo/rules.h"
#include "rules/hygiene/rules.h"
#include "rules/internal/rules.h"
#include "rules/leak/rules.h"
#include "rules/mx/rules.h"
#include "rules/pages.h"
#include "rules/ptr/rules.h"
#include "rules/relay/rules.h"
#include "rules/resolver/rules.h"
#include "rules/smtp/rules.h"
#include "rules/spf/rules.h"
#include "rules/tls/rules.h"
#include "rules/ttl/rules.h"
#include "rules/zone/estate_rules.h"
#include "rules/zone/practice_rules.h"
#include "rules/zone/rules.h"

namespace rdnsgate::rules {
namespace {

constexpr auto by_id = [](const auto& a, const auto& b) { return a.info.id < b.info.id; };

template <std::size_t... Sizes>
constexpr auto merged(const std::array<audit::Rule, Sizes>&... families) {
  std::array<audit::Rule, (Sizes + ...)> all{};
  auto end = all.begin();
  ((end = std::copy(families.begin(), families.end(), end)), ...);
  std::sort(all.begin(), all.end(), by_id);
  return all;
}

/// What the rules of a family stand on, unless one says otherwise.
template <std::size_t Size>
constexpr auto on(audit::Basis basis, std::array<audit::Rule, Size> rules) {
  for (auto& rule : rules) {
    if (!rule.basis) rule.basis = basis;
  }
  return rules;
}

/// They are judged for each HELO name that an address has.
template <std::size_t Size>
constexpr auto for_each_helo(std::array<audit::Rule, Size> rules) {
  for (auto& rule : rules) rule.each_helo = true;
  return rules;
}

constexpr auto table =
    merged(addr_rules, on(audit::Basis::delegation, deleg_rules), dkim_rules, dmarc_rules, dnsbl_rules,
           on(audit::Basis::delegation, dnssec_rules), dual_rules, on(audit::Basis::forward, fcrdns_rules),
           for_each_helo(on(audit::Basis::helo, helo_rules)), hygiene_rules, internal_rules, leak_rules,
           mx_rules, on(audit::Basis::ptr, ptr_rules), relay_rules, resolver_rules, smtp_rules, spf_rules, tls_rules,
           on(audit::Basis::times, ttl_rules), zone_rules, zone_estate_rules, zone_practice_rules);

static_assert(std::is_sorted(table.begin(), table.end(), by_id));
static_assert(std::adjacent_find(table.begin(), table.end(),
                                 [](const auto& a, const auto& b) { return a.info.id == b.info.id; }) ==
                  table.end(),
              "two rules have the same id");
static_assert(std::all_of(table.begin(), table.end(),
                          [](const auto& rule) {
                            return rule.unless.empty() ||
                                   std::any_of(table.begin(), table.end(), [&](const auto& other) {
                                     return other.info.id == rule.unless;
                                   });
                          }),
              "a rule leaves its place to one that there is not");
constexpr auto has_judge = [](const auto& rule) {
  return std::visit([](auto* judge) { return judge != nullptr; }, rule.judge);
};
static_assert(std::all_of(table.begin(), table.end(), has_judge), "a rule lacks its judgement");
static_assert(std::all_of(table.begin(), table.end(),
                          [](const auto& rule) {
                            return !rule.info.id.empty() && !rule.info.summary.empty() &&
                                   !rule.info.message.empty();
                          }),
              "a rule lacks its id, summary or message");

}  // namespace

std::span<const audit::Rule> registry() { return table; }

const audit::Rule* find_rule(std::string_view id) {
  const auto* const found = std::lower_bound(
      table.begin(), table.end(), id, [](const auto& rule, auto wanted) { return rule.info.id < wanted; });
  return found != table.end() && found->info.id == id ? &*found : nullptr;
}

std::string_view page(std::string_view id) {
  for (const auto& candidate : pages()) {
    if (candidate.id == id) return candidate.text;
  }
  return {};
}

}  // namespace rdnsgate::rules
