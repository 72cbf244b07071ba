// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/dkim/relay_names.h"

#include <algorithm>
#include <string_view>
#include <vector>

#include "rules/public_suffix.h"
#include "rules/relays_of.h"

namespace rdnsgate::rules {
namespace {

using dns::Name;

/// What stands for a relay: the domain of `include:spf.relay.example`, and of `*.relay.example`.
std::vector<Name> domains_of(const inventory::Relay& relay) {
  std::vector<Name> domains;
  const auto add = [&](std::string_view text) {
    const auto last = text.find_last_of("*?]{}%");
    if (last != std::string_view::npos) {
      const auto dot = text.find('.', last);
      text = dot == std::string_view::npos ? std::string_view() : text.substr(dot + 1);
    }
    const auto name = Name::parse(text);
    if (name && name->label_count() > 1) domains.push_back(registered_domain(*name));
  };
  if (const auto colon = relay.spf.find_first_of(":="); colon != std::string::npos) {
    const auto target = std::string_view(relay.spf).substr(colon + 1);
    if (!relay.spf.starts_with("ip")) add(target.substr(0, target.find('/')));
  }
  add(relay.helo_pattern);
  return domains;
}

/// Of more domains than anybody looks through for each, all are taken to be the same organisation's.
constexpr std::size_t most_domains = 10'000;

bool is_own(const audit::DomainCase& c, const Name& name) {
  if (c.inventory.domains.size() > most_domains) return true;
  const auto registered = registered_domain(name);
  const auto shares = [&](const auto& item) { return item.name.is_within(registered); };
  return c.inventory.zone_of(name) != nullptr ||
         std::any_of(c.inventory.domains.begin(), c.inventory.domains.end(), shares);
}

}  // namespace

bool is_accounted_for(const audit::DomainCase& c, const Name& name) {
  for (const auto* path : relay_paths_of(c.inventory, c.domain)) {
    const auto domains = domains_of(*c.inventory.relay_of(*path));
    if (domains.empty()) return true;
    if (std::any_of(domains.begin(), domains.end(), [&](const Name& one) { return name.is_within(one); }))
      return true;
  }
  return is_own(c, name);
}

}  // namespace rdnsgate::rules
