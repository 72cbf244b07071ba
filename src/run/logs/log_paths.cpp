// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/logs/log_paths.h"

#include <algorithm>

namespace rdnsgate::run {

using inventory::Inventory;

LogPaths::LogPaths(const Inventory* inventory) : inventory_(inventory) {
  if (inventory == nullptr) return;
  by_sender_.resize(inventory->senders.size());
  by_relay_.resize(inventory->relays.size());
  for (const auto& path : inventory->paths) {
    if (path.sender) by_sender_[*path.sender].push_back(&path);
    if (path.relay) by_relay_[*path.relay].push_back(&path);
  }
  const auto add = [&](const dns::Name& name, std::size_t sender) {
    if (name.is_root()) return;
    const auto [known, is_new] = sender_by_helo_.emplace(name.text(), sender);
    if (!is_new && known->second != sender) known->second = several;
  };
  for (const auto& address : inventory->addresses) {
    add(address.helo, address.sender);
    for (const auto& name : address.other_helos) add(name, address.sender);
  }
}

/// The one path that the line fits; the sender or the relay alone where it is one of several.
std::string_view LogPaths::path_of(const Paths& paths, std::string_view own_name,
                                   std::string_view sender_domain, const Inventory& inventory) {
  if (paths.size() == 1) return paths.front()->id;
  const auto domain = dns::Name::from_host(sender_domain);
  const auto found = std::find_if(paths.begin(), paths.end(), [&](const auto* path) {
    return domain && inventory.domain_of(*path).name == *domain;
  });
  return found == paths.end() ? own_name : std::string_view((*found)->id);
}

LogPaths::Found LogPaths::find(const logs::LogEntry& entry) const {
  if (inventory_ == nullptr) return {};
  const auto of_sender = [&](std::size_t index) {
    return Found{
        path_of(by_sender_[index], inventory_->senders[index].name, entry.sender_domain, *inventory_), true};
  };
  if (entry.ip) {
    if (const auto* address = inventory_->find(*entry.ip)) return of_sender(address->sender);
    for (std::size_t i = 0; i < inventory_->relays.size(); ++i) {
      const auto& relay = inventory_->relays[i];
      const bool is_its = std::any_of(relay.addresses.begin(), relay.addresses.end(),
                                      [&](const Prefix& block) { return block.contains(*entry.ip); });
      if (is_its) return {path_of(by_relay_[i], relay.name, entry.sender_domain, *inventory_), true};
    }
    return {{}, entry.side != logs::Side::received};
  }
  if (!entry.helo.empty()) {
    const auto name = dns::Name::from_host(entry.helo);
    const auto known = name ? sender_by_helo_.find(name->text()) : sender_by_helo_.end();
    if (known != sender_by_helo_.end() && known->second != several) return of_sender(known->second);
  }
  return {{}, entry.side != logs::Side::received};
}

}  // namespace rdnsgate::run
