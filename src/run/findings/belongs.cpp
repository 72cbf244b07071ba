// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/findings/belongs.h"

#include <string_view>
#include <unordered_map>

#include "base/ip.h"
#include "dns/name.h"

namespace rdnsgate::run {
namespace {

using Belongs = report::Document::Belongs;
using inventory::Inventory;

class Belongings {
 public:
  explicit Belongings(const Inventory& inventory) : inventory_(inventory) {
    for (const auto& sender : inventory.senders) senders_.emplace(sender.name, &sender);
    for (const auto& path : inventory.paths) paths_.emplace(path.id, &path);
  }

  Belongs of(const audit::Target& target) const {
    switch (target.kind) {
      case audit::TargetKind::address:
        return of_address(target.id);
      case audit::TargetKind::sender:
        return of_sender(target.id);
      case audit::TargetKind::zone:
      case audit::TargetKind::domain:
        return of_zone(target.id, target.kind == audit::TargetKind::zone);
      case audit::TargetKind::path:
        return of_path(target.id);
      case audit::TargetKind::relay:
      case audit::TargetKind::vantage:
      case audit::TargetKind::blocklist:
      case audit::TargetKind::inventory:
        break;
    }
    return {};
  }

 private:
  Belongs of_address(const std::string& text) const {
    Belongs belongs;
    const auto ip = IpAddress::read(text);
    if (!ip) return belongs;
    const auto* zone = inventory_.zone_of(dns::reverse_name(*ip));
    if (zone != nullptr) belongs.zone = zone->name.text();
    if (const auto* address = inventory_.find(*ip)) {
      const auto& sender = inventory_.sender_of(*address);
      belongs.sender = sender.name;
      belongs.owner = sender.owner;
    } else if (zone != nullptr) {
      belongs.owner = zone->owner;
    }
    return belongs;
  }

  Belongs of_sender(const std::string& name) const {
    Belongs belongs;
    const auto found = senders_.find(name);
    if (found == senders_.end()) return belongs;
    belongs.sender = name;
    belongs.owner = found->second->owner;
    if (found->second->helo_name) belongs.zone = of_zone(found->second->helo_name->text(), false).zone;
    return belongs;
  }

  /// The zone is where its domain's records stand.
  Belongs of_path(const std::string& id) const {
    const auto found = paths_.find(id);
    if (found == paths_.end()) return {};
    auto belongs = of_zone(inventory_.domain_of(*found->second).name.text(), false);
    if (const auto* sender = inventory_.sender_of(*found->second)) {
      belongs.sender = sender->name;
      belongs.owner = sender->owner;
    }
    return belongs;
  }

  /// `itself`: a zone that is not declared is one all the same.
  Belongs of_zone(const std::string& text, bool itself) const {
    Belongs belongs;
    if (itself) belongs.zone = text;
    const auto name = dns::Name::from_host(text);
    if (!name) return belongs;
    if (const auto* zone = inventory_.zone_of(*name)) {
      if (!itself) belongs.zone = zone->name.text();
      belongs.owner = zone->owner;
    }
    return belongs;
  }

  const Inventory& inventory_;
  std::unordered_map<std::string_view, const inventory::Sender*> senders_;
  std::unordered_map<std::string_view, const inventory::MailPath*> paths_;
};

}  // namespace

void set_belongings(report::Document& document, const Inventory& inventory) {
  const Belongings belongings(inventory);
  Shared<Belongs> last;  // that many after it have, too
  for (auto& finding : document.findings) {
    auto belongs = belongings.of(finding.target);
    if (!last || *last != belongs) last = std::move(belongs);
    finding.belongs = last;
  }
}

}  // namespace rdnsgate::run
