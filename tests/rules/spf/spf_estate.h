// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <string>
#include <vector>

#include "dns/rdata_reader.h"
#include "rules/several.h"

namespace rdnsgate::scenario {

/// `relay` of the inventory; its addresses are blocks.
inline Estate& add_relay(Estate& estate, const std::string& name, const std::string& spf,
                         const std::vector<std::string>& blocks = {}) {
  inventory::Relay relay;
  relay.name = name;
  relay.spf = spf;
  for (const auto& block : blocks) relay.addresses.push_back(Prefix::parse(block).value());
  relay.addresses_at.resize(blocks.size());
  estate.inventory.relays.push_back(std::move(relay));
  return estate;
}

/// A domain with paths through senders and relays that are there already.
inline Estate& add_domain(Estate& estate, const std::string& domain_name, const std::vector<std::string>& via,
                          const std::string& all = {}) {
  auto& inventory = estate.inventory;
  inventory::Domain domain;
  domain.name = name(domain_name);
  domain.spf_all = all;
  const auto at = static_cast<std::uint32_t>(100'000 + 1000 * inventory.domains.size());
  domain.at = {0, at, at + 10};
  for (const auto& way : via) {
    const auto place = at + 20 * static_cast<std::uint32_t>(domain.via.size() + 1);
    inventory::MailPath path{.id = domain_name + " via " + way,
                             .domain = static_cast<std::uint32_t>(inventory.domains.size()),
                             .sender = {},
                             .relay = {},
                             .at = {0, place, place + 5}};
    for (inventory::SenderIndex i = 0; i < inventory.senders.size(); ++i) {
      if (inventory.senders[i].name != way) continue;
      path.sender = i;
      if (!inventory.senders[i].first_path)
        inventory.senders[i].first_path = static_cast<std::uint32_t>(inventory.paths.size());
    }
    for (std::uint32_t i = 0; i < inventory.relays.size(); ++i) {
      if (inventory.relays[i].name == way) path.relay = i;
    }
    domain.via.push_back({way, path.at});
    inventory.paths.push_back(std::move(path));
  }
  inventory.domains.push_back(std::move(domain));
  return estate;
}

/// Each text is one record of one string or, where it is longer, several.
inline World& txt(World& world, const std::string& owner, const std::vector<std::string>& texts) {
  std::vector<std::string> rdata;
  for (const auto& text : texts) rdata.push_back(dns::txt_rdata(text));
  std::sort(rdata.begin(), rdata.end());
  return world.rrset({name(owner), dns::RrType::TXT, 3600, std::move(rdata)});
}

/// One TXT record of these strings.
inline World& txt_strings(World& world, const std::string& owner, const std::vector<std::string>& strings) {
  std::string rdata;
  for (const auto& one : strings) rdata += static_cast<char>(one.size()) + one;
  return world.rrset({name(owner), dns::RrType::TXT, 3600, {std::move(rdata)}});
}

inline World& mx(World& world, const std::string& owner, const std::vector<std::string>& hosts) {
  std::vector<std::string> rdata;
  for (const auto& host : hosts) rdata.push_back(std::string("\0\x0a", 2) + name(host).wire());
  std::sort(rdata.begin(), rdata.end());
  return world.rrset({name(owner), dns::RrType::MX, 3600, std::move(rdata)});
}

/// The good hosts send for shop.net, whose record has both addresses of mx1 and those of a relay.
inline Estate shop() {
  auto estate = good_estate();
  add_relay(estate, "news", "include:spf.news.net", {"198.51.99.0/28"});
  return add_domain(estate, "shop.net", {"mx1", "news"}, "fail");
}

inline World shop_world(
    const std::string& record = "v=spf1 ip4:185.9.2.10 ip6:2a92::10 include:spf.news.net -all") {
  auto world = good_world();
  world.zone("shop.net").zone("news.net").zone("corp-mail.net");
  txt(world, "spf.news.net", {"v=spf1 ip4:198.51.99.0/28 -all"});
  txt(world, "mx1.corp-mail.net", {"v=spf1 a -all"});
  return txt(world, "shop.net", {record});
}

/// What the rules about SPF say, and no other.
inline std::vector<std::string> spf_lines(const Said& said) {
  std::vector<std::string> lines;
  for (const auto& line : said.lines) {
    if (line.starts_with("spf-") || line.starts_with("dual-spf-")) lines.push_back(line);
  }
  return lines;
}
using Lines = std::vector<std::string>;

}  // namespace rdnsgate::scenario
