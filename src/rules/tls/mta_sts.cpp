// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/mx/hosts.h"
#include "rules/tls/policy_text.h"
#include "rules/tls/rules.h"

namespace rdnsgate::rules {
namespace {

constexpr std::size_t longest_id = 32;

bool is_letter_or_digit(char c) {
  return (c >= 'a' && c <= 'z') || (c >= 'A' && c <= 'Z') || (c >= '0' && c <= '9');
}

/// The key of what is wrong with the one record there is (RFC 8461 §3.1); empty where nothing is.
std::string_view mta_sts_fault(const std::string& text) {
  if (field_in(text, "v") != "STSv1" || text.size() <= mta_sts_version.size()) return "version";
  const auto id = field_in(text, "id");
  if (!id) return "id-missing";
  const bool right =
      !id->empty() && id->size() <= longest_id && std::all_of(id->begin(), id->end(), is_letter_or_digit);
  return right ? "" : "id";
}

}  // namespace

void judge_tls_mtasts_invalid(audit::DomainCase& c, audit::Findings& findings) {
  const auto found = policy_texts(c, mta_sts_prefix, mta_sts_version);
  if (found.texts.empty()) return;
  const auto say = [&](std::string_view wording) {
    findings.add({.values = {{"owner", found.owner}}, .wording = wording});
  };
  if (found.texts.size() > 1) return say("several");
  if (const auto fault = mta_sts_fault(found.texts.front()); !fault.empty()) return say(fault);
  // The policy itself is fetched from this host, by HTTPS.
  const auto host = policy_name(c, "mta-sts.");
  if (!host) return;
  const auto* a = c.probe(*host, dns::RrType::A);
  const auto* aaaa = c.probe(*host, dns::RrType::AAAA);
  if (a != nullptr && aaaa != nullptr && has_none({*a, *aaaa})) say("no-host");
}

void judge_tls_mtasts_missing(audit::DomainCase& c, audit::Findings& findings) {
  const auto reports = policy_texts(c, tls_rpt_prefix, tls_rpt_version);
  const auto wanted = wants_tls(c);
  if (!reports.texts.empty() && wanted == false) findings.add({.values = {{"owner", reports.owner}}});
}

}  // namespace rdnsgate::rules
