// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <cctype>

#include "rules/alias_circle.h"
#include "rules/denial.h"
#include "rules/fcrdns/rules.h"
#include "rules/listing.h"

namespace rdnsgate::rules {
namespace {

using audit::AddressCase;
using dns::Name;

/// Names that cannot have an address by what they are. The `ptr` rules speak of them, and once is enough.
bool is_no_host(const Name& name) {
  const auto labels = name.labels();
  if (labels.size() < 2) return true;
  const auto last = labels.back();
  const bool numeric =
      std::all_of(last.begin(), last.end(), [](unsigned char c) { return std::isdigit(c) != 0; });
  return numeric || last == "arpa";
}

/// How far the PTR set is confirmed by its forward sets (RFC 8601 §3).
struct Confirmation {
  bool confirmed = false;
  const dns::Fact* unknown = nullptr;                  ///< the first question without a usable answer
  std::vector<const dns::Fact*> circling;              ///< those whose aliases never end
  std::vector<Name> without;                           ///< names with no address of the family
  std::vector<const AddressCase::Forward*> elsewhere;  ///< names with other addresses only
};

Confirmation confirmation_of(const AddressCase& c) {
  Confirmation result;
  for (const auto& forward : c.forward) {
    if (forward.confirms) {
      result.confirmed = true;
    } else if (!alias_circle(*forward.fact).empty()) {
      result.circling.push_back(forward.fact);
    } else if (is_unknown(*forward.fact)) {
      if (result.unknown == nullptr) result.unknown = forward.fact;
    } else if (is_no_host(forward.name)) {
      continue;
    } else if (is_denied(*forward.fact)) {
      result.without.push_back(forward.name);
    } else {
      result.elsewhere.push_back(&forward);
    }
  }
  return result;
}

/// `mx1.example has 192.0.2.1, 192.0.2.2`, of the first names.
audit::List forward_sets(const std::vector<const AddressCase::Forward*>& elsewhere) {
  constexpr std::size_t most = 3;
  std::vector<std::string> texts;
  for (std::size_t i = 0; i < std::min(most, elsewhere.size()); ++i)
    texts.push_back(
        fmt::format(forward_set, elsewhere[i]->name.text(), listed(elsewhere[i]->fact->addresses())));
  return audit::whole_list(texts);
}

audit::Args args_of(const AddressCase& c, const std::vector<Name>& names) {
  return {.values = {{"names", audit::list_of(names)}, {"type", dns::to_string(c.forward_type())}}};
}

}  // namespace

void judge_fcrdns_no_forward(AddressCase& c, audit::Findings& findings) {
  const auto state = confirmation_of(c);
  if (state.confirmed || state.unknown != nullptr || !state.circling.empty() || !state.elsewhere.empty() ||
      state.without.empty())
    return;
  findings.add(args_of(c, state.without));
}

void judge_fcrdns_mismatch(AddressCase& c, audit::Findings& findings) {
  const auto state = confirmation_of(c);
  if (state.confirmed || state.unknown != nullptr || state.elsewhere.empty()) return;
  std::vector<Name> names;
  for (const auto* forward : state.elsewhere) names.push_back(forward->name);
  auto args = args_of(c, names);
  args.values.emplace_back("forward", forward_sets(state.elsewhere));
  findings.add(std::move(args));
}

void judge_fcrdns_partial(AddressCase& c, audit::Findings& findings) {
  auto state = confirmation_of(c);
  if (!state.confirmed) return;
  std::vector<Name> names = std::move(state.without);
  for (const auto* forward : state.elsewhere) names.push_back(forward->name);
  if (names.empty()) return;
  std::sort(names.begin(), names.end());
  findings.add(args_of(c, names));
}

void judge_fcrdns_alias_loop(AddressCase& c, audit::Findings& findings) {
  for (const auto* fact : confirmation_of(c).circling)
    findings.add({.values = {{"name", fact->question.name}, {"path", audit::list_of(alias_circle(*fact))}}});
}

void judge_fcrdns_temperror(AddressCase& c, audit::Findings& findings) {
  const auto state = confirmation_of(c);
  if (state.unknown != nullptr) say_unknown(findings, *state.unknown);
}

}  // namespace rdnsgate::rules
