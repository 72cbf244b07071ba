// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "base/text/text.h"
#include "mailauth/records/dmarc_record.h"
#include "mailauth/txt_answer.h"
#include "rules/denial.h"
#include "rules/public_suffix.h"
#include "rules/tls/policy_text.h"
#include "rules/tls/rules.h"

namespace rdnsgate::rules {
namespace {

using mailauth::DmarcPolicy;

constexpr std::string_view bimi_version = "v=BIMI1";

/// What DMARC asks for, of mail of this domain; asked for in passing.
struct AskedPolicy {
  bool known = false;
  std::optional<DmarcPolicy> policy;  ///< nullopt: there is no record, or it has no effect
};

/// Of the records at one name. `below`: it is the organisational domain's, and the mail is of a domain under it.
AskedPolicy dmarc_policy_at(const audit::DomainCase& c, const dns::Name& domain, bool below, bool& found) {
  const auto owner = dns::Name::parse("_dmarc." + domain.fqdn());
  const auto* fact = owner ? c.probe(*owner, dns::RrType::TXT) : nullptr;
  found = false;
  if (fact == nullptr || is_unknown(*fact)) return {};
  const auto answer = mailauth::txt_answer(fact);
  const auto judged = mailauth::judge_dmarc(answer.texts);
  found =
      std::any_of(judged.records.begin(), judged.records.end(), [](const auto& one) { return one.is_dmarc; });
  if (!judged.applies) return {true, std::nullopt};
  const auto& record = judged.records[*judged.applies];
  return {true, below ? record.policy_below(true) : record.policy};
}

AskedPolicy dmarc_policy_of(const audit::DomainCase& c) {
  bool found = false;
  const auto own = dmarc_policy_at(c, c.domain.name, false, found);
  if (!own.known || found) return own;
  const auto organisational = organisational_domain(c.domain.name);
  return organisational == c.domain.name ? own : dmarc_policy_at(c, organisational, true, found);
}

/// The key of what is wrong with the one record there is; empty where nothing is.
std::string_view bimi_fault(const std::string& text) {
  const auto logo = field_in(text, "l");
  if (!logo) return "logo-missing";
  // Empty, it says that the domain has none.
  return logo->empty() || ascii_lower(*logo).starts_with("https://") ? "" : "logo";
}

bool is_declined(const std::string& text) {
  return field_in(text, "l") == "" && field_in(text, "a").value_or("") == "";
}

}  // namespace

void judge_bimi_record(audit::DomainCase& c, audit::Findings& findings) {
  const auto found = policy_texts(c, "default._bimi.", bimi_version);
  if (found.texts.empty()) return;
  const auto say = [&](std::string_view wording) {
    findings.add({.values = {{"owner", found.owner}}, .wording = wording});
  };
  if (found.texts.size() > 1) return say("several");
  if (const auto fault = bimi_fault(found.texts.front()); !fault.empty()) say(fault);
  if (is_declined(found.texts.front())) return;
  const auto dmarc = dmarc_policy_of(c);
  if (!dmarc.known) return;
  if (!dmarc.policy) {
    say("no-dmarc");
  } else if (*dmarc.policy == DmarcPolicy::none) {
    say("dmarc-none");
  }
}

}  // namespace rdnsgate::rules
