// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_sender.h"

#include <algorithm>

#include "base/mapped_address.h"

namespace rdnsgate::mailauth {
namespace {

/// A U-label stands in no DNS question (RFC 7208 §4.3).
std::optional<SpfDomain> domain_in(std::string_view text) {
  const bool is_ascii =
      std::all_of(text.begin(), text.end(), [](char c) { return static_cast<signed char>(c) >= 0; });
  if (is_ascii) return spf_domain(std::string(text));
  auto name = dns::Name::from_host(text);
  return name ? std::optional(SpfDomain(std::move(*name))) : std::nullopt;
}

/// Why there can be no record (RFC 7208 §4.3); empty where there can.
std::string problem_of(std::string_view text, const std::optional<SpfDomain>& domain) {
  if (text.empty()) return "there is no domain";
  if (text.front() == '[') return "an address literal has no record";
  if (!domain) return "it is no domain name";
  return domain->name.label_count() < 2 ? "it is no name of several labels" : "";
}

}  // namespace

SpfCheck spf_check(const IpAddress& ip, std::string_view sender, std::string_view helo) {
  SpfCheck check;
  if (sender.size() > 1 && sender.front() == '<' && sender.back() == '>')
    sender = sender.substr(1, sender.size() - 2);
  check.of_helo = sender.empty();
  const auto at = sender.rfind('@');
  const auto local = at == std::string_view::npos ? std::string_view() : sender.substr(0, at);
  check.domain_text = check.of_helo ? helo : at == std::string_view::npos ? sender : sender.substr(at + 1);
  check.domain = domain_in(check.domain_text);
  check.problem = problem_of(check.domain_text, check.domain);
  if (!check.problem.empty()) check.domain.reset();
  check.who.ip = unmapped(ip);
  check.who.local_part = local.empty() ? "postmaster" : std::string(local);
  check.who.helo = std::string(helo);
  if (check.domain) {
    check.who.sender_domain = check.domain->name;
    check.who.sender_text = check.domain->text;
  }
  return check;
}

}  // namespace rdnsgate::mailauth
