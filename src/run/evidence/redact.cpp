// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/evidence/redact.h"

#include <fmt/format.h>

#include <algorithm>

namespace rdnsgate::run {

Result<report::Redaction> make_redaction(const inventory::Inventory& inventory,
                                         const std::vector<std::string>& named) {
  report::Redaction redaction;
  const auto is_public = [&](const dns::Name& name) {
    return std::any_of(inventory.addresses.begin(), inventory.addresses.end(),
                       [&](const auto& address) { return address.ptr == name || says_helo(address, name); });
  };
  for (const auto& view : inventory.internal_views) {
    if (!view.ptr.is_root() && !is_public(view.ptr)) redaction.add(view.ptr);
    for (const auto& ip : view.addresses) {
      if (inventory.find(ip) == nullptr) redaction.add(ip);
    }
  }
  for (const auto& vantage : inventory.vantages) {
    if (vantage.view == "internal" && vantage.address) redaction.add(*vantage.address);
  }
  for (const auto& text : named) {
    if (const auto ip = IpAddress::read(text)) {
      redaction.add(*ip);
      continue;
    }
    const auto name = dns::Name::from_host(text);
    if (!name || name->is_root())
      return fail(fmt::format("--redact: \"{}\" is neither a name nor an address", text),
                  "such as int.example.com");
    redaction.add(*name);
  }
  return redaction;
}

}  // namespace rdnsgate::run
