// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/relay/published.h"
#include "rules/relay/rules.h"

namespace rdnsgate::rules {
namespace {

audit::List blocks(const std::vector<Prefix>& all) {
  std::vector<std::string> texts;
  for (const auto& one : all)
    texts.push_back(one.length() == one.network().bits() ? one.network().to_string() : one.to_string());
  return audit::list_of(texts);
}

}  // namespace

void judge_relay_addresses_differ(audit::RelayCase& c, audit::Findings& findings) {
  if (c.relay.addresses.empty()) return;
  const auto found = published_ranges(c);
  // Nothing follows from a part of it.
  if (!found.published.whole || found.published.ranges.empty()) return;
  const auto declared = mailauth::spf_ranges(c.relay.addresses);
  const auto added = blocks_without(found.published.ranges, declared),
             gone = blocks_without(declared, found.published.ranges);
  if (added.empty() && gone.empty()) return;
  findings.add({.values = {{"term", c.relay.spf},
                           {"declared", blocks(blocks_without(declared, {}))},
                           {"published", blocks(blocks_without(found.published.ranges, {}))},
                           {"added", blocks(added)},
                           {"gone", blocks(gone)}},
                .wording = gone.empty()    ? "grew"
                           : added.empty() ? "shrank"
                                           : ""});
}

void judge_relay_spf_unusable(audit::RelayCase& c, audit::Findings& findings) {
  if (c.relay.spf.empty()) return;
  const auto found = published_ranges(c);
  if (!found.ready || found.failed != nullptr || !found.published.ranges.empty()) return;
  if (found.published.whole) {
    findings.add({.values = {{"term", c.relay.spf}}, .wording = "nobody"});
  } else {
    findings.add({.values = {{"term", c.relay.spf}, {"why", found.published.why}}});
  }
}

void judge_relay_lookup_failed(audit::RelayCase& c, audit::Findings& findings) {
  const auto found = published_ranges(c);
  if (found.ready && found.failed != nullptr) findings.inconclusive(*found.failed);
}

}  // namespace rdnsgate::rules
