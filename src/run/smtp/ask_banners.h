// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <chrono>
#include <cstdint>
#include <functional>
#include <map>
#include <string>
#include <vector>

#include "base/duration.h"
#include "base/result.h"
#include "inventory/model/model.h"
#include "report/mail/banner_document.h"

namespace rdnsgate::run {

/// Mail servers of an inventory that are to be asked for what they call themselves.
struct BannerRequest {
  std::function<Time()> now;
  /// Senders, addresses, or HELO names that the inventory declares; empty: all.
  std::vector<std::string> hosts;
  /// By address, the names of mail hosts (MX) that are there: each is asked for as well, where STARTTLS works.
  std::map<IpAddress, std::vector<std::string>> mail_hosts;
  std::string ehlo;  ///< what we call ourselves; empty: the address that a connection leaves from
  std::uint16_t port = 25;
  bool tls = true;
  milliseconds timeout{seconds(30)};                ///< for one server
  milliseconds deadline{std::chrono::minutes(30)};  ///< for all of them
};

/// More are not asked in one run.
inline constexpr std::size_t most_banner_hosts = 1000;

/// Connects to each, to those of one sender one after another, and to no more than eight at a time. A server that does not
/// answer is no failure; what is asked for that the inventory does not declare is.
Result<report::BannerDocument> ask_banners(const inventory::Inventory& inventory,
                                           const BannerRequest& request);

}  // namespace rdnsgate::run
