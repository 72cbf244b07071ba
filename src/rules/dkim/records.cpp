// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <array>
#include <string_view>
#include <vector>

#include "rules/dkim/rules.h"
#include "rules/dkim/selectors.h"

namespace rdnsgate::rules {
namespace {

using audit::Args;
using audit::DomainCase;
using audit::Findings;
using mailauth::Reason;

/// What rules of their own say of a record, and what is no more than good to know.
constexpr std::array<std::string_view, 14> of_other_rules{
    "no-record",   "several-records", "revoked",      "key-weak",   "weak-key",
    "key-too-big", "key-type",        "no-sha256",    "sha1",       "testing",
    "no-version",  "strict",          "service-type", "long-record"};

const Reason* find(const Selector& selector, std::string_view id) {
  const auto& all = selector.judged().reasons.all();
  const auto found = std::find_if(all.begin(), all.end(), [&](const Reason& one) { return one.id == id; });
  return found == all.end() ? nullptr : &*found;
}

/// Of selectors with one record, those of which the reason is given.
template <typename Say>
void for_each_with(const DomainCase& c, std::string_view id, const Say& say) {
  for (const auto& selector : selectors_of(c)) {
    if (selector.record() == nullptr) continue;
    if (const auto* reason = find(selector, id)) say(selector, *reason);
  }
}

void say(Findings& findings, const Selector& selector, const Reason& reason, std::string_view wording = {}) {
  auto args = about(selector);
  args.wording = wording;
  args.severity = reason.severity;
  findings.add(std::move(args));
}

void say_if(DomainCase& c, Findings& findings, std::string_view id, std::string_view wording = {}) {
  for_each_with(c, id, [&](const Selector& selector, const Reason& reason) {
    say(findings, selector, reason, wording);
  });
}

/// Of the value of a tag, which is a stranger's.
std::string value_of(const Selector& selector, std::string_view tag) {
  const auto* found = selector.record()->tags.find(tag);
  return found == nullptr ? "" : mailauth::brief(found->value);
}

/// The gravest first, in their order.
Args list_of(const Selector& selector, std::vector<const Reason*> reasons) {
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const Reason* a, const Reason* b) { return a->severity > b->severity; });
  std::vector<std::string> messages;
  for (const auto* reason : reasons) messages.push_back(reason->message);
  auto args = about(selector);
  args.values.emplace_back("reasons", audit::list_of(messages));
  args.values.emplace_back("hint", reasons.front()->hint);
  args.severity = reasons.front()->severity;
  return args;
}

bool is_certificate(const Reason& reason) {
  return reason.id == "certificate" || reason.id == "certificate-request";
}

void judge_syntax(const Selector& selector, Findings& findings) {
  if (const auto* reason = find(selector, "private-key")) return say(findings, selector, *reason, "private");
  // Several records, and octets that do not belong there, have rules of their own, and this may follow from them.
  if (selector.record() == nullptr || selector.is_spoilt()) return;
  std::vector<const Reason*> reasons;
  for (const auto& reason : selector.judged().reasons.all()) {
    if (is_certificate(reason)) return say(findings, selector, reason, reason.id);
    const bool is_others =
        std::find(of_other_rules.begin(), of_other_rules.end(), reason.id) != of_other_rules.end();
    if (!is_others && !is_stray(reason)) reasons.push_back(&reason);
  }
  if (!reasons.empty()) findings.add(list_of(selector, std::move(reasons)));
}

/// Mail of a declared domain below may carry signatures of this one.
bool may_sign_below(const DomainCase& c) {
  return std::any_of(c.inventory.domains.begin(), c.inventory.domains.end(), [&](const auto& other) {
    return other.name != c.domain.name && other.name.is_within(c.domain.name) && other.dkim.empty() &&
           !other.via.empty();
  });
}

}  // namespace

void judge_dkim_record_syntax(DomainCase& c, Findings& findings) {
  for (const auto& selector : selectors_of(c)) judge_syntax(selector, findings);
}

void judge_dkim_txt_split(DomainCase& c, Findings& findings) {
  for (const auto& selector : selectors_of(c)) {
    if (selector.record() == nullptr) continue;
    std::vector<const Reason*> reasons;
    for (const auto& reason : selector.judged().reasons.all()) {
      if (is_stray(reason)) reasons.push_back(&reason);
    }
    if (!reasons.empty()) findings.add(list_of(selector, std::move(reasons)));
  }
}

void judge_dkim_revoked(DomainCase& c, Findings& findings) {
  for (const auto& selector : selectors_of(c)) {
    if (selector.record() != nullptr && selector.record()->revoked) findings.add(about(selector));
  }
}

void judge_dkim_key_weak(DomainCase& c, Findings& findings) {
  for_each_with(c, "key-weak", [&](const Selector& selector, const Reason& reason) {
    auto args = about(selector);
    args.values.emplace_back("bits", selector.record()->key->bits);
    args.wording = reason.severity == Severity::error ? "refused" : "short";
    args.severity = reason.severity;
    findings.add(std::move(args));
  });
  say_if(c, findings, "weak-key", "low-order");
}

void judge_dkim_key_too_big(DomainCase& c, Findings& findings) {
  for_each_with(c, "key-too-big", [&](const Selector& selector, const Reason& reason) {
    auto args = about(selector);
    args.values.emplace_back("bits", selector.record()->key->bits);
    args.severity = reason.severity;
    findings.add(std::move(args));
  });
}

void judge_dkim_k_unknown(DomainCase& c, Findings& findings) {
  for_each_with(c, "key-type", [&](const Selector& selector, const Reason&) {
    auto args = about(selector);
    args.values.emplace_back("k", value_of(selector, "k"));
    findings.add(std::move(args));
  });
}

void judge_dkim_h_sha1(DomainCase& c, Findings& findings) {
  say_if(c, findings, "no-sha256", "without-sha256");
  say_if(c, findings, "sha1");
}

void judge_dkim_testing(DomainCase& c, Findings& findings) { say_if(c, findings, "testing"); }

void judge_dkim_strict_s(DomainCase& c, Findings& findings) {
  for_each_with(c, "strict", [&](const Selector& selector, const Reason& reason) {
    if (may_sign_below(c)) say(findings, selector, reason);
  });
}

void judge_dkim_service_type(DomainCase& c, Findings& findings) {
  for_each_with(c, "service-type", [&](const Selector& selector, const Reason&) {
    auto args = about(selector);
    args.values.emplace_back("s", value_of(selector, "s"));
    findings.add(std::move(args));
  });
}

}  // namespace rdnsgate::rules
