// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/adapters/replay.h"

#include <utility>

#include "resolve/adapters/panel_at_hand.h"

namespace rdnsgate::resolve {
namespace {

dns::Fact not_in_it(const dns::Question& question, const dns::SnapshotHead& head) {
  dns::Fact fact;
  fact.question = question;
  fact.tries = 0;
  fact.reason = "not in the snapshot";
  fact.asked_at = head.taken_at;
  return fact;
}

}  // namespace

std::unique_ptr<dns::Panel> make_replay(dns::Snapshot&& snapshot) {
  const auto kept = std::make_shared<const dns::Snapshot>(std::move(snapshot));
  return make_panel_at_hand(kept->head.vantages, [kept](const dns::Question& question) {
    auto fact = kept->facts.find(question);
    return fact ? std::move(*fact) : not_in_it(question, kept->head);
  });
}

}  // namespace rdnsgate::resolve
