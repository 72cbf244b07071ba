// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/open_questions.h"

#include <algorithm>

namespace rdnsgate::resolve {
namespace {

constexpr std::string_view wildcard_label("\1*", 2);

std::string_view parent(std::string_view wire) {
  return wire.substr(1u + static_cast<unsigned char>(wire[0]));
}

}  // namespace

void OpenQuestions::add(const dns::ZoneFile& zone) {
  bool wildcard = false;
  for (const auto& open : zone.open) {
    open_[open.owner.wire()].push_back({open.type, open.why});
    wildcard = wildcard || open.owner.first_label() == "*";
  }
  if (wildcard) add_names(zone);
}

void OpenQuestions::add_names(const dns::ZoneFile& zone) {
  const auto add_up = [&](const dns::Name& owner) {
    for (std::string_view name = owner.wire(); names_.emplace(name).second; name = parent(name)) {
      if (name == zone.origin.wire() || name.size() == 1) break;
    }
  };
  for (const auto& set : zone.rrsets) add_up(set.owner);
  for (const auto& open : zone.open) add_up(open.owner);
}

std::string_view OpenQuestions::why(const dns::Name& name, dns::RrType type) const {
  if (open_.empty()) return {};
  if (const auto found = at(name.wire(), type); !found.empty()) return found;
  if (names_.empty()) return {};
  // The wildcard that covers a name is the one of its closest encloser (RFC 4592 §3.3.1).
  std::string_view encloser = name.wire();
  if (names_.contains(encloser)) return {};
  while (encloser.size() > 1 && !names_.contains(encloser)) encloser = parent(encloser);
  std::string wildcard(wildcard_label);
  wildcard += encloser;
  return at(wildcard, type);
}

std::string_view OpenQuestions::at(std::string_view owner, dns::RrType type) const {
  const auto found = open_.find(owner);
  if (found == open_.end()) return {};
  const auto open = std::find_if(found->second.begin(), found->second.end(), [&](const Open& one) {
    return one.type == type || one.type == dns::RrType{};
  });
  return open == found->second.end() ? std::string_view() : std::string_view(open->why);
}

}  // namespace rdnsgate::resolve
