// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/dkim/selectors.h"

#include <algorithm>
#include <array>
#include <optional>
#include <set>
#include <utility>

#include "mailauth/txt_answer.h"
#include "rules/alias_circle.h"
#include "rules/denial.h"
#include "rules/relays_of.h"

namespace rdnsgate::rules {
namespace {

using State = Selector::State;

constexpr std::array<std::string_view, 8> stray{"quotes",     "backslash",      "curly-quotes",
                                                "zero-width", "no-break-space", "control-character",
                                                "not-ascii",  "not-utf8"};

/// Nullopt for what is too long to be a name: nothing can be there, and the inventory's checks say so.
std::optional<dns::Name> owner_of(const std::string& selector, const dns::Name& domain) {
  const auto host = dns::Name::from_host(selector);
  if (!host || host->is_root()) return std::nullopt;
  auto owner = dns::Name::parse(host->text() + "._domainkey." + domain.text());
  return owner ? std::optional(std::move(*owner)) : std::nullopt;
}

/// To decode a key takes longer than all else that is done here, and each rule looks at it: the last ones are kept.
std::shared_ptr<const mailauth::DkimJudgement> judge(std::vector<std::string> texts) {
  struct Kept {
    std::vector<std::string> texts;
    std::shared_ptr<const mailauth::DkimJudgement> judgement;
  };
  thread_local std::array<Kept, 16> kept;
  thread_local std::size_t oldest = 0;
  const auto found = std::find_if(kept.begin(), kept.end(), [&](const Kept& one) {
    return one.judgement != nullptr && one.texts == texts;
  });
  if (found != kept.end()) return found->judgement;
  auto& slot = kept[oldest++ % kept.size()];
  slot.judgement = std::make_shared<const mailauth::DkimJudgement>(mailauth::judge_dkim(texts));
  slot.texts = std::move(texts);
  return slot.judgement;
}

void read(Selector& selector) {
  if (!alias_circle(*selector.fact).empty()) {
    selector.state = State::circling;
  } else if (is_unknown(*selector.fact)) {
    selector.state = State::unknown;
  } else if (is_denied(*selector.fact)) {
    selector.state = State::none;
  } else {
    selector.state = State::there;
    selector.judgement = judge(mailauth::txt_answer(selector.fact).texts);
  }
}

}  // namespace

bool is_stray(const mailauth::Reason& reason) {
  return std::find(stray.begin(), stray.end(), reason.id) != stray.end();
}

const mailauth::DkimJudgement& Selector::judged() const {
  static const mailauth::DkimJudgement nothing;
  return judgement != nullptr ? *judgement : nothing;
}

bool Selector::is_spoilt() const {
  const auto& reasons = judged().reasons.all();
  return std::any_of(reasons.begin(), reasons.end(), [](const mailauth::Reason& reason) {
    return is_stray(reason) && reason.severity == Severity::error;
  });
}

std::vector<Selector> selectors_of(const audit::DomainCase& c, Which which) {
  std::vector<Selector> all;
  std::set<dns::Name> known;
  const auto add = [&](const std::vector<std::string>& texts, const inventory::Relay* relay, Span at) {
    if (texts.empty()) return;
    const auto signer = inventory::signer_of(c.domain, relay);
    for (const auto& text : texts) {
      const auto owner = owner_of(text, signer);
      if (owner && known.insert(*owner).second) all.push_back({text, *owner, relay, at});
    }
  };
  const bool retired = which == Which::retired;
  add(retired ? c.domain.retired_dkim : c.domain.dkim, nullptr, c.domain.at);
  for (const auto* path : relay_paths_of(c.inventory, c.domain)) {
    const auto* relay = c.inventory.relay_of(*path);
    add(retired ? relay->retired_dkim : relay->dkim, relay, path->at);
  }
  bool is_complete = true;
  for (auto& selector : all) {
    selector.fact = c.ask(selector.owner, dns::RrType::TXT);
    is_complete = is_complete && selector.fact != nullptr;
  }
  for (auto& selector : all) {
    if (is_complete) read(selector);
  }
  return all;
}

audit::Args about(const Selector& selector) {
  audit::Args args{.values = {{"owner", selector.owner}}, .at = selector.at};
  if (selector.relay != nullptr) args.values.emplace_back("relay", selector.relay->name);
  return args;
}

}  // namespace rdnsgate::rules
