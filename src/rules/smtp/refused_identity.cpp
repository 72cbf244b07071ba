// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/heard/probes.h"
#include "rules/smtp/rules.h"
#include "rules/smtp/words.h"

namespace rdnsgate::rules {
namespace {

/// The mail paths that leave from the address.
audit::List paths_from(const audit::DeclaredAddress& c) {
  std::vector<std::string> ids;
  for (const auto& path : c.inventory.paths) {
    if (c.inventory.sender_of(path) == &c.sender) ids.push_back(path.id);
  }
  return audit::list_of(ids);
}

}  // namespace

void judge_smtp_refused_identity(const audit::DeclaredAddress& c, audit::Findings& findings) {
  if (c.run.probes == nullptr) return;
  const auto said = c.run.probes->of(c.address.ip);
  for (auto at = said.begin(); at != said.end();) {
    // Of several recipients at a receiver the last that refused.
    const audit::Probed* refusal = nullptr;
    const auto first = at;
    for (; at != said.end() && at->helo == first->helo && at->receiver == first->receiver; ++at) {
      if (at->refused && (refusal == nullptr || at->asked_at > refusal->asked_at)) refusal = &*at;
    }
    if (refusal == nullptr || !inventory::says_helo(c.address, refusal->helo)) continue;
    const auto why = word_of(*refusal->refused);
    findings.add({.values = {{"receiver", refusal->receiver},
                             {"helo", refusal->helo},
                             {"code", refusal->code},
                             {"reply", refusal->reply},
                             {"asked_at", refusal->asked_at},
                             {"class", why},
                             {"server", refusal->server},
                             {"paths", paths_from(c)}},
                  .wording = why});
  }
}

}  // namespace rdnsgate::rules
