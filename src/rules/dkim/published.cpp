// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <map>
#include <string>

#include "rules/alias_circle.h"
#include "rules/dkim/relay_names.h"
#include "rules/dkim/rules.h"
#include "rules/dkim/selectors.h"
#include "rules/relays_of.h"

namespace rdnsgate::rules {
namespace {

using audit::Args;
using audit::DomainCase;
using audit::Findings;
using State = Selector::State;

bool is_alias(const Selector& selector) {
  return selector.fact != nullptr && !selector.fact->aliases().empty();
}

Args with_end(const Selector& selector, std::string_view wording) {
  auto args = about(selector);
  args.values.emplace_back("end", selector.fact->aliases().back().target);
  args.wording = wording;
  return args;
}

/// A part of a key that an interface made a record of its own: base64, and nothing around it.
bool is_bare_base64(const std::string& text) {
  const auto is_base64 = [](unsigned char c) { return std::isalnum(c) != 0 || c == '+' || c == '/'; };
  const auto end = text.find_last_not_of("= ");
  return end != std::string::npos && end + 1 >= 16 &&
         std::all_of(text.begin(), text.begin() + static_cast<std::ptrdiff_t>(end) + 1, is_base64);
}

bool are_parts(const Selector& selector) {
  const auto& records = selector.judged().records;
  return std::any_of(records.begin(), records.end(),
                     [](const auto& one) { return is_bare_base64(one.text); });
}

bool has_retired_relay_keys(const DomainCase& c) {
  const auto paths = relay_paths_of(c.inventory, c.domain);
  return std::any_of(paths.begin(), paths.end(), [&](const auto* path) {
    return !c.inventory.relay_of(*path)->retired_dkim.empty();
  });
}

/// A verifier may take it: of several records it is undefined which one it looks at.
bool holds_key(const Selector& selector) {
  const auto& records = selector.judged().records;
  return std::any_of(records.begin(), records.end(),
                     [](const auto& record) { return !record.revoked && record.tags.find("p") != nullptr; });
}

}  // namespace

void judge_dkim_key_missing(DomainCase& c, Findings& findings) {
  for (const auto& selector : selectors_of(c)) {
    if (selector.state != State::none || is_alias(selector)) continue;
    auto args = about(selector);
    args.values.emplace_back("denial", audit::describe_denial(*selector.fact));
    findings.add(std::move(args));
  }
}

void judge_dkim_lookup_failed(DomainCase& c, Findings& findings) {
  std::vector<dns::Name> failed;
  const dns::Fact* first = nullptr;
  for (const auto& selector : selectors_of(c)) {
    if (selector.state != State::unknown) continue;
    if (first == nullptr) first = selector.fact;
    failed.push_back(selector.owner);
  }
  if (first != nullptr) findings.inconclusive(*first, {.values = {{"names", audit::list_of(failed)}}});
}

void judge_dkim_cname_broken(DomainCase& c, Findings& findings) {
  for (const auto& selector : selectors_of(c)) {
    if (selector.state == State::circling) {
      auto args = about(selector);
      args.values.emplace_back("path", audit::list_of(alias_circle(*selector.fact)));
      args.wording = "circle";
      findings.add(std::move(args));
      continue;
    }
    if (!is_alias(selector)) continue;
    if (selector.state == State::none) {
      auto args = with_end(selector, "dangling");
      args.values.emplace_back("denial", audit::describe_denial(*selector.fact));
      findings.add(std::move(args));
    } else if (selector.state == State::there && selector.relay == nullptr &&
               !is_accounted_for(c, selector.fact->aliases().back().target)) {
      auto args = with_end(selector, "foreign");
      args.severity = Severity::warning;
      findings.add(std::move(args));
    }
  }
}

void judge_dkim_multiple(DomainCase& c, Findings& findings) {
  for (const auto& selector : selectors_of(c)) {
    if (selector.judged().records.size() < 2) continue;
    auto args = about(selector);
    args.values.emplace_back("count", selector.judged().records.size());
    if (are_parts(selector)) args.wording = "parts";
    findings.add(std::move(args));
  }
}

/// A name that two use, one of whom retired it, is judged as one in use.
void judge_dkim_old_selector(DomainCase& c, Findings& findings) {
  if (c.domain.retired_dkim.empty() && !has_retired_relay_keys(c)) return;
  const auto used = selectors_of(c);
  for (const auto& selector : selectors_of(c, Which::retired)) {
    if (std::any_of(used.begin(), used.end(), [&](const auto& one) { return one.owner == selector.owner; }))
      continue;
    if (selector.state == State::unknown) {
      auto args = about(selector);
      args.wording = "open";
      findings.inconclusive(*selector.fact, std::move(args));
    } else if (selector.state == State::none && is_alias(selector)) {
      findings.add(with_end(selector, "dangling"));
    } else if (selector.state == State::there && holds_key(selector)) {
      findings.add(is_alias(selector) ? with_end(selector, "alias") : about(selector));
    }
  }
}

/// Of each who signs: only where every key is known, and good, is it known that none is for RSA.
void judge_dkim_ed25519_only(DomainCase& c, Findings& findings) {
  std::map<const inventory::Relay*, std::vector<const Selector*>> signers;
  const auto selectors = selectors_of(c);
  for (const auto& selector : selectors) signers[selector.relay].push_back(&selector);
  const auto is_ed25519 = [](const Selector* selector) {
    const auto* record = selector->record();
    return record != nullptr && record->key && record->key->form == mailauth::DkimPublicKey::Form::ed25519;
  };
  for (const auto& [relay, of_signer] : signers) {
    if (!std::all_of(of_signer.begin(), of_signer.end(), is_ed25519)) continue;
    std::vector<dns::Name> owners;
    for (const auto* selector : of_signer) owners.push_back(selector->owner);
    Args args{.values = {{"names", audit::list_of(owners)}}, .at = of_signer.front()->at};
    if (relay != nullptr) args.values.emplace_back("relay", relay->name);
    findings.add(std::move(args));
  }
}

/// Said where the inventory speaks of DKIM at all.
void judge_dkim_unsigned_relay(const audit::DeclaredPath& c, Findings& findings) {
  if (c.relay == nullptr || !c.relay->dkim.empty()) return;
  const auto signs = [](const auto& item) { return !item.dkim.empty(); };
  const auto& relays = c.inventory.relays;
  if (c.domain.dkim.empty() && std::none_of(relays.begin(), relays.end(), signs)) return;
  findings.add({.values = {{"relay", c.relay->name}, {"domain", c.domain.name}}});
}

}  // namespace rdnsgate::rules
