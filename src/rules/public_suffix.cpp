// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/public_suffix.h"

#include <libpsl.h>

#include <algorithm>
#include <array>
#include <utility>

namespace rdnsgate::rules {
namespace {

/// What the list says of a name.
struct Entry {
  dns::Name name;
  bool is_suffix = false;
  dns::Name domain;
};

/// An escaped octet is in no suffix, and its text form would mislead a look-up by text.
bool is_plain(const dns::Name& name) {
  const auto& wire = name.wire();
  return std::none_of(wire.begin(), wire.end(),
                      [](char c) { return static_cast<unsigned char>(c) > 0x7e || c == '\\'; });
}

Entry look_up(const dns::Name& name, int sections);

/// The entry of the name above. Names come in runs from one zone: the last parent is kept for each part of
/// the list, as a look-up takes longer than most rules.
const Entry& look_up_parent(const dns::Name& parent, int sections) {
  thread_local std::array<std::pair<int, Entry>, 2> kept;
  auto& slot = kept[sections == PSL_TYPE_ANY ? 0 : 1];
  if (slot.first != sections || slot.second.name != parent) {
    auto found = look_up(parent, sections);  // first, because it uses the slot for its own parent
    slot = {sections, std::move(found)};
  }
  return slot.second;
}

Entry look_up(const dns::Name& name, int sections) {
  Entry entry{name, psl_is_public_suffix2(psl_builtin(), name.text().c_str(), sections) != 0, name};
  const auto parent = name.parent();
  if (entry.is_suffix || parent.is_root()) return entry;
  const auto& above = look_up_parent(parent, sections);
  if (!above.is_suffix) entry.domain = above.domain;
  return entry;
}

dns::Name domain_by(const dns::Name& name, int sections) {
  return name.is_root() || !is_plain(name) ? name : look_up(name, sections).domain;
}

}  // namespace

dns::Name organisational_domain(const dns::Name& name) { return domain_by(name, PSL_TYPE_ANY); }
dns::Name registered_domain(const dns::Name& name) { return domain_by(name, PSL_TYPE_ICANN); }

}  // namespace rdnsgate::rules
