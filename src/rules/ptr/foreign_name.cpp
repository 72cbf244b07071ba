// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/generic_name.h"
#include "rules/helo/syntax.h"
#include "rules/ptr/rules.h"
#include "rules/ptr/set.h"
#include "rules/public_suffix.h"

namespace rdnsgate::rules {
namespace {

using audit::AddressCase;
using audit::DeclaredAddress;
using dns::Name;

/// What a receiver thinks of a name, the worst first: of one name only one thing is said.
enum class Looks { fine, generic, provider_default, unrelated };

/// The organisation's own: its domain holds a declared zone, a domain, the HELO name or the PTR name.
bool is_related(const DeclaredAddress& c, const Name& name) {
  if (c.inventory.zone_of(name) != nullptr) return true;
  const Name domain = organisational_domain(name);
  const auto holds = [&](const auto& item) { return item.name.is_within(domain); };
  return (!c.address.helo.is_root() && c.address.helo.is_within(domain)) ||
         (!c.address.ptr.is_root() && c.address.ptr.is_within(domain)) ||
         std::any_of(c.inventory.zones.begin(), c.inventory.zones.end(), holds) ||
         std::any_of(c.inventory.domains.begin(), c.inventory.domains.end(), holds);
}

Looks looks_of(const DeclaredAddress& c, const Name& name) {
  if (score_generic(name, c.address.ip).is_generic()) return Looks::generic;
  if (!provider_default_zone(name).empty()) return Looks::provider_default;
  // What is no host name at all is the business of the rules about its form.
  const bool is_host = is_host_name(name) && name.labels().back() != "arpa";
  return is_host && !is_related(c, name) ? Looks::unrelated : Looks::fine;
}

/// The live names to judge. Beside the declared name others are ptr-extra, whatever they look like, and the
/// declared one was judged without the DNS.
std::vector<Name> undeclared(const AddressCase& c, Looks looks) {
  if (holds_declared(c)) return {};
  std::vector<Name> names(
      c.targets.begin(),
      c.targets.begin() + static_cast<std::ptrdiff_t>(std::min(c.targets.size(), AddressCase::max_targets)));
  std::erase_if(names, [&](const Name& name) { return looks_of(c, name) != looks; });
  return names;
}

/// Wants the inventory's own wish where it has one, so that this is another finding than that about the wish.
audit::Args args_of(const AddressCase& c, const std::vector<Name>& names, audit::Values values) {
  audit::Args args{.values = std::move(values)};
  args.values.emplace_back("names", audit::list_of(names));
  if (c.address.ptr.is_root()) return args;
  args.values.emplace_back("ptr", c.address.ptr);
  args.wording = "declared";
  return args;
}

}  // namespace

void judge_ptr_generic(AddressCase& c, audit::Findings& findings) {
  const auto names = undeclared(c, Looks::generic);
  if (names.empty()) return;
  findings.add(args_of(c, names, score_generic(names.front(), c.address.ip).values()));
}

void judge_declared_ptr_generic(const DeclaredAddress& c, audit::Findings& findings) {
  if (c.address.ptr.is_root()) return;
  const auto score = score_generic(c.address.ptr, c.address.ip);
  if (!score.is_generic()) return;
  audit::Args args{.values = score.values(), .at = c.address.ptr_at};
  args.values.emplace_back("names", audit::list_of(std::vector{c.address.ptr}));
  findings.add(std::move(args));
}

void judge_ptr_provider_default(AddressCase& c, audit::Findings& findings) {
  const auto names = undeclared(c, Looks::provider_default);
  if (names.empty()) return;
  findings.add(args_of(c, names, {{"zone", provider_default_zone(names.front())}}));
}

void judge_declared_ptr_provider_default(const DeclaredAddress& c, audit::Findings& findings) {
  if (c.address.ptr.is_root()) return;
  const auto zone = provider_default_zone(c.address.ptr);
  if (zone.empty() || looks_of(c, c.address.ptr) != Looks::provider_default) return;
  findings.add({.values = {{"names", audit::list_of(std::vector{c.address.ptr})}, {"zone", zone}},
                .at = c.address.ptr_at});
}

void judge_ptr_domain_unrelated(AddressCase& c, audit::Findings& findings) {
  const auto names = undeclared(c, Looks::unrelated);
  if (names.empty()) return;
  findings.add(args_of(c, names, {{"domain", organisational_domain(names.front())}}));
}

}  // namespace rdnsgate::rules
