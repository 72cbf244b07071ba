// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <set>
#include <string>

#include "base/text/text.h"
#include "rules/dmarc/policy_of.h"
#include "rules/dmarc/rules.h"

namespace rdnsgate::rules {
namespace {

using audit::DomainCase;
using audit::Findings;
using mailauth::DmarcDiscovery;
using mailauth::DmarcPolicy;

bool is(const std::optional<DmarcPolicy>& policy, std::string_view wanted) {
  return policy && to_string(*policy) == wanted;
}

/// What receivers apply, of both generations where they do not agree; empty where it is what is declared.
std::string other_policy(const DmarcDiscovery& found, std::string_view wanted) {
  const bool tree_known = found.walk.decided && found.applying() != nullptr &&
                          (found.policy || !found.applying()->record->absent);
  const bool list_known = found.decided_7489 && found.applies_7489;
  const bool tree_right = !tree_known || is(found.policy, wanted);
  const bool list_right = !list_known || is(found.policy_7489, wanted);
  if (tree_right && list_right) return {};
  if (tree_known && list_known && found.policy != found.policy_7489)
    return fmt::format("{} by RFC 9989, {} by RFC 7489", in_words(found.policy), in_words(found.policy_7489));
  return in_words(tree_known ? found.policy : found.policy_7489);
}

/// A URI without what is obsolete in it (`!10m`); mail does not tell letters of hosts apart, and few mailboxes do.
std::string plain(std::string_view uri) {
  return ascii_lower(trimmed(uri.substr(0, uri.find('!')), mailauth::tag_blanks));
}

std::set<std::string> published_reports(const mailauth::DmarcRecord& record) {
  std::set<std::string> uris;
  for (const auto& tag : record.tags.tags) {
    if (ascii_lower(tag.name) != "rua") continue;
    for (const auto& item : mailauth::items_of(tag, ',')) {
      if (!item.text.empty()) uris.insert(plain(item.text));
    }
    break;  // of a tag that is there twice, dmarc-syntax speaks
  }
  return uris;
}

void judge_policy(const DomainCase& c, const DmarcDiscovery& found, Findings& findings) {
  const auto text = text_of(c, found);
  if (text) {  // of a policy that cannot be read others speak
    const auto& reasons = text->judged.reasons;
    if (reasons.has("policy") || reasons.has("no-policy") || text->record() == nullptr) return;
  }
  const auto& wanted = c.domain.dmarc->policy;
  const auto other = other_policy(found, wanted);
  if (other.empty()) return;
  findings.add({.values = {{"policy", wanted}, {"published", other}}});
}

void judge_reports(const DomainCase& c, const DmarcDiscovery& found, Findings& findings) {
  const auto* stop = found.applying();
  if (c.domain.dmarc->rua.empty() || stop == nullptr) return;
  std::set<std::string> wanted;
  for (const auto& uri : c.domain.dmarc->rua) wanted.insert(plain(uri));
  const auto published = published_reports(*stop->record);
  if (published == wanted) return;
  findings.add({.values = {{"rua", audit::list_of(wanted)},
                           {"reports", audit::list_of(published)},
                           {"owner", stop->owner}},
                .wording = published.empty() ? "no-rua" : "rua"});
}

}  // namespace

void judge_dmarc_policy_differs(DomainCase& c, Findings& findings) {
  if (!c.domain.dmarc) return;
  const auto found = policy_of(c);
  judge_policy(c, found, findings);
  judge_reports(c, found, findings);
}

}  // namespace rdnsgate::rules
