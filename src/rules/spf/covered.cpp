// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>

#include "rules/denial.h"
#include "rules/spf/case_paths.h"
#include "rules/spf/coverage.h"
#include "rules/spf/relay_terms.h"
#include "rules/spf/rules.h"

namespace rdnsgate::rules {
namespace {

std::vector<std::string> texts_of(const std::vector<AddressRange>& ranges) {
  std::vector<std::string> texts;
  for (const auto& range : ranges) texts.push_back(range.to_string());
  return texts;
}

/// As an SPF record would have them.
std::vector<std::string> terms_for(const std::vector<AddressRange>& ranges) {
  std::vector<std::string> terms;
  for (const auto& range : ranges) {
    for (const auto& block : blocks_in(range)) {
      if (terms.size() == audit::List::most_kept) return terms;
      terms.push_back(spf_term_for(block));
    }
  }
  return terms;
}

/// The domain in MAIL FROM.
dns::Name mail_from(const audit::PathCase& c) { return inventory::mail_from_of(c.domain, c.relay); }

std::string_view path_name(const audit::PathCase& c) {
  return c.sender != nullptr ? c.sender->name : c.relay->name;
}

/// The first that the world kept back, and no more than that; nullptr where something failed besides, which
/// spf-temperror says of the domain.
const dns::Fact* outside_alone(const std::vector<const dns::Fact*>& failed) {
  const bool alone =
      std::all_of(failed.begin(), failed.end(), [](const auto* f) { return dns::is_outside(*f); });
  return alone && !failed.empty() ? failed.front() : nullptr;
}

void say_refused(const audit::PathCase& c, const SpfCoverage& coverage, audit::Findings& findings) {
  findings.add({.values = {{"domain", mail_from(c)},
                           {"via", path_name(c)},
                           {"addresses", audit::list_of(texts_of(coverage.refused))},
                           {"count", count_of(coverage.refused)},
                           {"results", audit::list_of(coverage.why)},
                           {"terms", audit::list_of(terms_for(coverage.refused))}}});
}

}  // namespace

void judge_spf_ip_not_covered(audit::PathCase& c, audit::Findings& findings) {
  // What spf-relay-missing-include says of the relay is why.
  if (c.relay != nullptr && relay_terms(c).is_lacking()) return;
  const auto coverage = spf_coverage(c);
  if (coverage.is_pending) return;
  if (!coverage.refused.empty()) say_refused(c, coverage, findings);
  if (coverage.is_said) return;
  // What failed for a domain that is not declared is nobody's else to say.
  const bool is_own = mail_from(c) == c.domain.name;
  const auto* outside = is_own || coverage.failed.empty() ? outside_alone(coverage.failed) : coverage.failed.front();
  if (!coverage.open.empty() && outside != nullptr) {
    say_unknown(findings, *outside,
                {.values = {{"domain", mail_from(c)}, {"via", path_name(c)}}, .wording = "open"});
  } else if (coverage.refused.empty() && !coverage.untried.empty()) {
    findings.add({.values = {{"domain", mail_from(c)},
                             {"via", path_name(c)},
                             {"addresses", audit::list_of(texts_of(coverage.untried))},
                             {"count", count_of(coverage.untried)}},
                  .wording = "untried",
                  .severity = Severity::info});
  }
}

void judge_dual_spf_family_missing(audit::PathCase& c, audit::Findings& findings) {
  const auto ranges = ranges_of(c.inventory, c.path);
  const bool is_dual = !ranges.empty() && ranges.front().first.is_v4() && ranges.back().first.is_v6();
  if (!is_dual || (c.relay != nullptr && relay_terms(c).is_lacking())) return;
  const auto coverage = spf_coverage(c);
  if (coverage.is_pending) return;
  for (const bool is_v4 : {false, true}) {
    if (!coverage.refuses(is_v4) || !coverage.passes(!is_v4)) continue;
    findings.add({.values = {{"domain", mail_from(c)},
                             {"via", path_name(c)},
                             {"family", is_v4 ? "IPv4" : "IPv6"},
                             {"other", is_v4 ? "IPv6" : "IPv4"},
                             {"results", audit::list_of(coverage.why)},
                             {"terms", audit::list_of(terms_for(coverage.refused))}}});
  }
}

}  // namespace rdnsgate::rules
