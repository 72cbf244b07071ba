// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/mailbox.h"

#include <fmt/format.h>

#include <utility>

#include "base/text/text.h"
#include "base/wording.h"

namespace rdnsgate::inventory {
namespace {

constexpr std::size_t longest_local = 64;     // RFC 5321 §4.5.3.1.1
constexpr std::size_t longest_mailbox = 254;  // §4.5.3.1.3, without the angle brackets
constexpr std::string_view atom_signs = "!#$%&'*+-/=?^_`{|}~";

bool is_atom_octet(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9') ||
         atom_signs.find(c) != std::string_view::npos;
}

bool is_dot_string(std::string_view text) {
  bool after_dot = true;
  for (const char c : text) {
    if (c == '.' ? after_dot : !is_atom_octet(c)) return false;
    after_dot = c == '.';
  }
  return !after_dot;
}

/// Of a name that stands in a command: no escapes, no control characters.
bool is_plain(std::string_view name) {
  for (const char c : name) {
    if (c != '.' && c != '-' && c != '_' && !(c >= 'a' && c <= 'z') && !(c >= 'A' && c <= 'Z') &&
        !(c >= '0' && c <= '9'))
      return false;
  }
  return true;
}

}  // namespace

Result<Mailbox> parse_mailbox(std::string_view text) {
  const auto wrong = [&](std::string_view why) {
    return fail(fmt::format("{} is not a mail address: {}", in_quotes(text), why),
                "such as rdnsgate@example.net");
  };
  const auto at = text.rfind('@');
  if (at == std::string_view::npos) return wrong("it has no @");
  const auto local = text.substr(0, at);
  if (local.empty() || local.size() > longest_local || !is_dot_string(local))
    return wrong("before the @ stand letters, digits, dots and signs, 64 at most");
  auto domain = dns::Name::from_host(text.substr(at + 1));
  if (!domain) return wrong(domain.error().message);
  if (domain->is_root() || !is_plain(domain->text())) return wrong("behind the @ stands a domain name");
  Mailbox mailbox{std::string(local), std::move(*domain)};
  if (mailbox.text().size() > longest_mailbox) return wrong("it is longer than 254 characters");
  return mailbox;
}

}  // namespace rdnsgate::inventory
