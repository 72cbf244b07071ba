// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <vector>

#include "base/ip.h"
#include "resolve/panel.h"

namespace rdnsgate::run {

/// A well-known resolver that anybody may ask, as resolve/public_resolvers.json has it.
struct PublicResolver {
  std::string name;  ///< `public-quad9`, as `--vantage` takes it
  std::string operator_name;
  std::vector<IpAddress> addresses;  ///< the first that this machine has a route to is asked
  std::string tls_name;              ///< of its certificate, for DNS over TLS; empty for none
  bool validates = false;            ///< DNSSEC
  std::string filters;               ///< what it does not answer as the zones do; empty for nothing
  std::string good_for;
};

/// What `--vantage public` stands for, each of another operator.
const std::vector<PublicResolver>& public_resolvers();
inline constexpr const char* public_vantages = "public";

/// How many questions a second each of them is asked.
unsigned public_rate();

resolve::VantageConfig as_vantage(const PublicResolver& resolver);

/// The list as a document (`rdnsgate/vantages/1`).
std::string public_resolvers_json();

}  // namespace rdnsgate::run
