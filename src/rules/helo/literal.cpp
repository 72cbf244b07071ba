// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/helo/rules.h"
#include "rules/helo/syntax.h"

namespace rdnsgate::rules {
namespace {

/// The addresses that go under the sender's literal and are not the one in it.
std::vector<IpAddress> strangers_to(const IpAddress& literal, const audit::DeclaredSender& c) {
  std::vector<IpAddress> strangers;
  for (const auto& address : c.addresses) {
    if (address.helo.is_root() && address.ip != literal) strangers.push_back(address.ip);
  }
  return strangers;
}

}  // namespace

void judge_helo_address_literal(const audit::DeclaredSender& c, audit::Findings& findings) {
  const auto literal = literal_address(c.sender.helo_text);
  if (!literal || !strangers_to(*literal, c).empty()) return;
  findings.add({.values = {{"helo", c.sender.helo_text}}, .at = c.sender.helo_at});
}

void judge_helo_literal_wrong_ip(const audit::DeclaredSender& c, audit::Findings& findings) {
  const auto literal = literal_address(c.sender.helo_text);
  if (!literal) return;
  const auto strangers = strangers_to(*literal, c);
  if (strangers.empty()) return;
  findings.add({.values = {{"helo", c.sender.helo_text}, {"addresses", audit::list_of(strangers)}},
                .at = c.sender.helo_at});
}

}  // namespace rdnsgate::rules
