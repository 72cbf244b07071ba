// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/address_at_servers.h"

#include <algorithm>

#include "rules/servers_differ.h"

namespace rdnsgate::rules {
namespace {

/// Each server that gives an answer has the address.
bool each_has(const dns::Fact& fact, const std::string& address) {
  return std::all_of(fact.servers.begin(), fact.servers.end(), [&](const dns::ServerAnswer& said) {
    if (!dns::is_definite(said.outcome)) return true;
    return std::any_of(said.answer.begin(), said.answer.end(), [&](const dns::RRset& set) {
      return std::find(set.rdata.begin(), set.rdata.end(), address) != set.rdata.end();
    });
  });
}

}  // namespace

void say_address_disputed(const audit::AddressCase& c, const dns::Fact& fact, audit::Findings& findings) {
  auto dispute = dispute_about(c, fact);
  if (!dispute) return;
  auto args = args_of(std::move(*dispute));
  args.values.emplace_back("type", dns::to_string(fact.question.type));
  args.values.emplace_back("address", c.address.ip);
  args.values.emplace_back("name", fact.question.name);
  if (each_has(fact, dns::rdata_of(c.address.ip))) args.severity = Severity::warning;
  findings.add(std::move(args));
}

}  // namespace rdnsgate::rules
