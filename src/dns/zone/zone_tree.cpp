// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "dns/zone/zone_tree.h"

#include <algorithm>
#include <array>
#include <span>
#include <string>

namespace rdnsgate::dns {
namespace {

constexpr std::string_view wildcard_label("\1*", 2);

std::string_view parent(std::string_view wire) {
  return wire.substr(1u + static_cast<unsigned char>(wire[0]));
}

/// Owners of NSEC3 records are hashes, and no names that can be asked for (RFC 5155 §7.2.8).
bool is_name(std::span<const RRset> sets) {
  return std::any_of(sets.begin(), sets.end(),
                     [](const RRset& set) { return set.type != RrType::NSEC3 && set.type != RrType::RRSIG; });
}

}  // namespace

ZoneTree::ZoneTree(const ZoneFile& zone) : zone_(&zone) {
  nodes_.reserve(zone.rrsets.size() + zone.open.size() + 1);
  nodes_.try_emplace(zone.origin.wire());
  add_names();
  for (const auto& open : zone.open) {
    Node& node = add(open.owner);
    node.open.push_back(&open);
    // Where these may be, what lies below is not the zone's to answer.
    if (open.type == RrType::NS || open.type == RrType::DNAME) node.is_cut = true;
  }
}

void ZoneTree::add_names() {
  const std::span<const RRset> all(zone_->rrsets);
  for (std::size_t first = 0, behind = 0; first < all.size(); first = behind) {
    while (behind < all.size() && all[behind].owner == all[first].owner) ++behind;
    const auto sets = all.subspan(first, behind - first);
    if (!is_name(sets)) continue;
    Node& node = add(sets.front().owner);
    node.first = static_cast<std::uint32_t>(first);
    node.sets = static_cast<std::uint32_t>(sets.size());
    node.is_cut = set_of(node, RrType::NS) != nullptr;
    node.is_renamed = set_of(node, RrType::DNAME) != nullptr;
  }
}

/// With the names between it and the apex.
ZoneTree::Node& ZoneTree::add(const Name& owner) {
  const std::string_view wire = owner.wire();
  Node& node = nodes_.try_emplace(wire).first->second;  // references outlive what is added later
  if (!owner.is_within(zone_->origin)) return node;
  for (auto above = wire; above != zone_->origin.wire();) {
    above = parent(above);
    if (!nodes_.try_emplace(above).second) break;
  }
  return node;
}

const ZoneTree::Node* ZoneTree::find(std::string_view wire) const {
  const auto found = nodes_.find(wire);
  return found == nodes_.end() ? nullptr : &found->second;
}

const RRset* ZoneTree::set_of(const Node& node, RrType type) const {
  const auto sets = std::span(zone_->rrsets).subspan(node.first, node.sets);
  const auto set = std::find_if(sets.begin(), sets.end(), [&](const RRset& one) { return one.type == type; });
  return set == sets.end() ? nullptr : &*set;
}

const RRset* ZoneTree::soa() const {
  const Node* apex = find(zone_->origin.wire());
  return apex == nullptr ? nullptr : set_of(*apex, RrType::SOA);
}

ZoneReply ZoneTree::look_up(const Name& name, RrType type) const {
  const std::string_view wire = name.wire(), origin = zone_->origin.wire();
  std::array<std::uint8_t, 127> starts;  // of the name and the names above it, up to the child of the apex
  std::size_t left = 0;
  for (std::size_t at = 0; wire.size() - at > origin.size(); at += 1u + static_cast<unsigned char>(wire[at]))
    starts[left++] = static_cast<std::uint8_t>(at);
  const Node* node = find(origin);
  auto encloser = origin;
  while (left-- > 0) {
    if (node->is_renamed) return {ZoneReply::Kind::renamed, set_of(*node, RrType::DNAME), {}, {}};
    const auto next = wire.substr(starts[left]);
    const Node* child = find(next);
    if (child == nullptr) return below(encloser, type);
    node = child;
    encloser = next;
    // The DS belongs to the parent's side of the cut (RFC 4035 §3.1.4.1).
    if (node->is_cut && !(left == 0 && type == RrType::DS))
      return {ZoneReply::Kind::delegated, set_of(*node, RrType::NS), {}, {}};
  }
  return at(*node, type);
}

/// Of a name that does not exist, by its closest encloser (RFC 4592 §3.3.1).
ZoneReply ZoneTree::below(std::string_view encloser, RrType type) const {
  std::string wire(wildcard_label);
  wire += encloser;
  const Node* node = find(wire);
  if (node == nullptr) return {};
  // What a wildcard that is delegated means is undefined (RFC 4592 §4.2).
  auto reply = node->is_cut ? ZoneReply{ZoneReply::Kind::delegated, set_of(*node, RrType::NS), {}, {}}
                            : at(*node, type);
  reply.wildcard = Name::from_wire(wire).value();
  return reply;
}

ZoneReply ZoneTree::at(const Node& node, RrType type) const {
  using Kind = ZoneReply::Kind;
  // What somebody adds to the records of a type is no part of the file: nothing is said of them.
  for (const auto* one : node.open) {
    if (one->type == type) return {Kind::open, nullptr, {}, one->why};
  }
  if (const auto* set = set_of(node, type)) return {Kind::records, set, {}, {}};
  if (const auto* set = set_of(node, RrType::CNAME)) return {Kind::alias, set, {}, {}};
  const auto open = std::find_if(node.open.begin(), node.open.end(),
                                 [&](const OpenQuestion* one) { return one->type == RrType{}; });
  if (open != node.open.end()) return {Kind::open, nullptr, {}, (*open)->why};
  return {Kind::no_records, nullptr, {}, {}};
}

}  // namespace rdnsgate::dns
