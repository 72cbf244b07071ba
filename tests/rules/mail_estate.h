// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "mailauth/dkim_keys.h"
#include "rules/scenario.h"

namespace rdnsgate::scenario {

inline const std::string good_key = std::string("v=DKIM1; k=rsa; p=") + mailauth::keys::rsa_2048;
inline const std::string good_policy = "v=DMARC1; p=reject; rua=mailto:dmarc@corp-mail.net";

/// A path of the domain that was declared last.
inline Estate& add_path(Estate& estate, const std::string& name) {
  auto& inventory = estate.inventory;
  inventory::MailPath path;
  path.domain = static_cast<std::uint32_t>(inventory.domains.size() - 1);
  for (std::uint32_t i = 0; i < inventory.senders.size(); ++i) {
    if (inventory.senders[i].name == name) path.sender = i;
  }
  for (std::uint32_t i = 0; i < inventory.relays.size(); ++i) {
    if (inventory.relays[i].name == name) path.relay = i;
  }
  auto& domain = inventory.domains.back();
  path.id = domain.name.text() + " via " + name;
  path.at = domain.at;
  path.at.end += static_cast<std::uint32_t>(1 + inventory.paths.size());
  domain.via.push_back({name, path.at});
  inventory.paths.push_back(std::move(path));
  return estate;
}

/// The good estate with a domain, corp-mail.net, that leaves through mx1 and a newsletter service.
inline Estate mail_estate() {
  auto estate = good_estate();
  estate.inventory.relays.push_back(
      {.name = "newsletter", .spf = "include:spf.relay.net", .helo_pattern = "*.relay.net", .dkim = {"n1"}});
  estate.domain("corp-mail.net", false);
  estate.inventory.domains.back().dkim = {"s1"};
  add_path(estate, "mx1");
  return add_path(estate, "newsletter");
}

inline World mail_world() {
  return good_world()
      .txt("s1._domainkey.corp-mail.net", {good_key})
      .txt("n1._domainkey.corp-mail.net", {good_key})
      .txt("_dmarc.corp-mail.net", {good_policy})
      .mx("corp-mail.net", {{10, "mx1.corp-mail.net"}});
}

}  // namespace rdnsgate::scenario
