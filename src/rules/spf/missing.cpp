// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "base/text/text.h"
#include "dns/rrset.h"
#include "rules/spf/case_paths.h"
#include "rules/spf/rules.h"
#include "rules/spf/spf_text.h"

namespace rdnsgate::rules {
namespace {

using mailauth::SpfKind;
using mailauth::SpfResult;
using State = SpfText::State;

/// A text that is meant as an SPF record, and is none to any receiver; empty where there is none.
std::string nearly_spf(const dns::Fact& fact) {
  const auto* set = fact.rrset();
  if (set == nullptr) return {};
  for (const auto& rdata : set->rdata) {
    auto text = dns::txt_joined(rdata);
    const auto begin = trimmed(text, " \t\"'").substr(0, 5);
    if (ascii_lower(begin) == "v=spf") return text;
  }
  return {};
}

/// Nobody may send, whatever stands behind it.
bool is_null(const mailauth::SpfRecord& record) {
  const auto first = std::find_if(record.terms.begin(), record.terms.end(),
                                  [](const auto& term) { return !term.is_modifier(); });
  return first != record.terms.end() && first->kind == SpfKind::all && first->qualifier == SpfResult::fail;
}

}  // namespace

void judge_spf_missing(audit::DomainCase& c, audit::Findings& findings) {
  if (!sends(c.domain)) return;
  const auto text = spf_text(c.desk, c.domain.name);
  if (text.state != State::none) return;
  const auto nearly = nearly_spf(*text.fact);
  if (!nearly.empty())
    return findings.add(
        {.values = {{"domain", c.domain.name}, {"text", shown(nearly)}}, .wording = "nearly"});
  const bool absent = text.fact->outcome == dns::Outcome::nxdomain;
  findings.add({.values = {{"domain", c.domain.name}}, .wording = absent ? "nxdomain" : "none"});
}

void judge_spf_multiple(audit::DomainCase& c, audit::Findings& findings) {
  const auto text = spf_text(c.desk, c.domain.name);
  if (text.state != State::several) return;
  std::vector<std::string> records;
  for (const auto& one : text.texts) records.push_back(shown(one));
  findings.add(
      {.values = {
           {"domain", c.domain.name}, {"count", text.texts.size()}, {"records", audit::list_of(records)}}});
}

void judge_spf_parked_not_null(audit::DomainCase& c, audit::Findings& findings) {
  if (sends(c.domain)) return;
  const auto text = spf_text(c.desk, c.domain.name);
  if (text.state == State::none) {
    findings.add({.values = {{"domain", c.domain.name}, {"record", "no SPF record"}}});
  } else if (text.is_good() && !is_null(text.record)) {
    findings.add({.values = {{"domain", c.domain.name}, {"record", shown(text.text())}}});
  }
}

}  // namespace rdnsgate::rules
