// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include "rules/helo/rules.h"
#include "rules/helo/subject.h"
#include "rules/helo/syntax.h"

namespace rdnsgate::rules {
namespace {

using audit::DeclaredAddress;
using audit::DeclaredSender;

/// What is wrong with the text as the sender writes it, which a parsed name no longer shows.
NameFault text_fault(const inventory::Sender& sender) {
  const std::string& text = sender.helo_text;
  if (text.empty() || is_bare_ip(text)) return {};
  if (is_literal(text)) return literal_address(text) ? NameFault{} : NameFault{"no-literal"};
  if (sender.helo_name || text.find('{') != std::string::npos) return {};
  const auto name = dns::Name::from_host(text);
  return name ? syntax_fault(*name) : NameFault{"unreadable", {{"problem", name.error().message}}};
}

}  // namespace

void judge_helo_not_fqdn(const DeclaredSender& c, audit::Findings& findings) {
  for_each_helo(c, [&](const DeclaredAddress& address) {
    const dns::Name& helo = address.address.helo;
    if (auto fault = qualification_fault(helo); !fault.empty())
      findings.add(about_helo(address, with_fault(std::move(fault), {.values = {{"helo", helo}}})));
  });
}

void judge_helo_invalid_syntax(const DeclaredSender& c, audit::Findings& findings) {
  if (auto fault = text_fault(c.sender); !fault.empty()) {
    findings.add(
        with_fault(std::move(fault), {.values = {{"helo", c.sender.helo_text}}, .at = c.sender.helo_at}));
  }
  for_each_helo(c, [&](const DeclaredAddress& address) {
    const dns::Name& helo = address.address.helo;
    if (auto fault = syntax_fault(helo); !fault.empty())
      findings.add(about_helo(address, with_fault(std::move(fault), {.values = {{"helo", helo}}})));
  });
}

void judge_helo_bare_ip(const DeclaredSender& c, audit::Findings& findings) {
  const auto say = [&](std::string_view helo, audit::Args args) {
    const auto ip = IpAddress::read(helo);
    if (!ip) return;
    args.values = {{"address", *ip},
                   {"literal", fmt::format("[{}{}]", ip->is_v4() ? "" : "IPv6:", ip->to_string())}};
    findings.add(std::move(args));
  };
  say(c.sender.helo_text, {.at = c.sender.helo_at});
  for_each_helo(c, [&](const DeclaredAddress& address) {
    if (c.sender.helo_name != address.address.helo) say(address.address.helo.text(), about_helo(address, {}));
  });
}

}  // namespace rdnsgate::rules
