// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/host_fields.h"

#include <algorithm>

namespace rdnsgate::draft {

Result<void> add_host(const HostFields& fields, Estate& estate) {
  const auto ip = IpAddress::parse(fields.address.substr(0, fields.address.find('/')));
  if (!ip) return tl::unexpected(ip.error());
  std::vector<dns::Name> ptr;
  std::optional<dns::Name> helo;
  if (!fields.ptr.empty()) {
    auto name = dns::Name::from_host(fields.ptr);
    if (!name) return tl::unexpected(name.error());
    ptr.push_back(std::move(*name));
  }
  if (!fields.helo.empty()) {
    auto name = dns::Name::from_host(fields.helo);
    if (!name) return tl::unexpected(name.error());
    helo = std::move(*name);
  }
  Host& host = estate.hosts[*ip];
  for (auto& name : ptr) {
    if (std::find(host.ptr.begin(), host.ptr.end(), name) == host.ptr.end())
      host.ptr.push_back(std::move(name));
  }
  if (!host.helo) host.helo = std::move(helo);
  if (host.sender.empty()) host.sender = fields.sender;
  if (host.owner.empty()) host.owner = fields.owner;
  if (host.left_out.empty()) host.left_out = fields.left_out;
  return {};
}

}  // namespace rdnsgate::draft
