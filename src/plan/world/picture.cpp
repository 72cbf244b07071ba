// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/world/picture.h"

#include <fmt/format.h>

namespace rdnsgate::plan {

std::string picture_key(const Name& name, RrType type) {
  const auto number = static_cast<unsigned>(type);
  std::string key;
  key.reserve(2 + name.wire().size());
  key += static_cast<char>(number >> 8);
  key += static_cast<char>(number & 0xFFu);
  return key += name.wire();
}

Name key_owner(const std::string& selector, const Name& domain) {
  const auto labels = Name::parse(selector + "._domainkey");
  const auto owner = labels ? labels->under(domain) : labels;
  return owner ? *owner : Name();
}

RrType forward_type(const IpAddress& ip) { return ip.is_v4() ? RrType::A : RrType::AAAA; }

std::size_t Picture::find(const Name& name, RrType type) const {
  const auto found = set_index.find(picture_key(name, type));
  return found == set_index.end() ? none : found->second;
}

std::size_t Picture::behind(std::size_t set) const {
  if (set == none || !sets[set].alias) return set;
  const std::size_t own = find(sets[set].owner, sets[set].type);
  return own == none ? set : own;
}

const Fact* Picture::find_theirs(const Name& name, RrType type) const {
  const auto found = theirs.find(picture_key(name, type));
  return found == theirs.end() ? nullptr : found->second;
}

}  // namespace rdnsgate::plan
