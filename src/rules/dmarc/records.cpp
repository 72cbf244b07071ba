// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <array>
#include <string_view>

#include "base/text/text.h"
#include "rules/dmarc/policy_of.h"
#include "rules/dmarc/rules.h"

namespace rdnsgate::rules {
namespace {

using audit::Args;
using audit::DomainCase;
using audit::Findings;
using mailauth::DmarcPolicy;
using mailauth::Reason;

/// What rules of their own say.
constexpr std::array<std::string_view, 11> said_elsewhere{
    "no-record", "several-records", "no-policy", "p-none",       "removed-tag",      "unknown-tag",
    "testing",   "sp-weaker",       "np-weaker", "other-record", "many-destinations"};

bool is_about_reports(const Reason& reason) { return reason.id.starts_with("report-"); }

/// Says something of the record that is judged for the domain, where there is one alone.
template <typename Say>
void with_record(const DomainCase& c, const Say& say) {
  const auto found = policy_of(c);
  const auto text = text_of(c, found);
  if (text && text->record() != nullptr) say(*text, *text->record());
}

template <typename Wanted>
std::vector<const Reason*> reasons_of(const JudgedText& text, const Wanted& wanted) {
  std::vector<const Reason*> reasons;
  for (const auto& reason : text.judged.reasons.all()) {
    if (wanted(reason)) reasons.push_back(&reason);
  }
  std::stable_sort(reasons.begin(), reasons.end(),
                   [](const Reason* a, const Reason* b) { return a->severity > b->severity; });
  return reasons;
}

const Reason* find(const JudgedText& text, std::string_view id) {
  const auto found = reasons_of(text, [&](const Reason& reason) { return reason.id == id; });
  return found.empty() ? nullptr : found.front();
}

Args about(const JudgedText& text) { return {.values = {{"owner", text.stop->owner}}}; }

Args list_of(const JudgedText& text, const std::vector<const Reason*>& reasons) {
  std::vector<std::string> messages;
  for (const auto* reason : reasons) messages.push_back(reason->message);
  auto args = about(text);
  args.values.emplace_back("reasons", audit::list_of(messages));
  args.values.emplace_back("hint", reasons.front()->hint);
  return args;
}

void say_weaker(DomainCase& c, Findings& findings, std::string_view id,
                const std::optional<DmarcPolicy> mailauth::DmarcRecord::*weaker,
                const std::optional<DmarcPolicy> mailauth::DmarcRecord::*than) {
  with_record(c, [&](const JudgedText& text, const mailauth::DmarcRecord& record) {
    if (find(text, id) == nullptr) return;
    const auto strict = record.*than ? record.*than : record.policy;
    auto args = about(text);
    args.values.emplace_back("weaker", to_string(*(record.*weaker)));
    args.values.emplace_back("policy", to_string(*strict));
    findings.add(std::move(args));
  });
}

}  // namespace

void judge_dmarc_syntax(DomainCase& c, Findings& findings) {
  const auto found = policy_of(c);
  const auto text = text_of(c, found);
  if (!text || text->stop->records > 1) return;  // dmarc-multiple
  const auto reasons = reasons_of(*text, [](const Reason& reason) {
    return reason.severity != Severity::info && !is_about_reports(reason) &&
           std::find(said_elsewhere.begin(), said_elsewhere.end(), reason.id) == said_elsewhere.end();
  });
  if (reasons.empty()) return;
  auto args = list_of(*text, reasons);
  args.severity = reasons.front()->severity;
  findings.add(std::move(args));
}

void judge_dmarc_p_missing(DomainCase& c, Findings& findings) {
  with_record(c, [&](const JudgedText& text, const mailauth::DmarcRecord& record) {
    const auto* reason = find(text, "no-policy");
    if (reason == nullptr) return;
    auto args = about(text);
    args.severity = reason->severity;
    args.wording = record.policy ? "as-none" : "no-effect";
    findings.add(std::move(args));
  });
}

void judge_dmarc_p_none(DomainCase& c, Findings& findings) {
  // Where the inventory wants more, dmarc-policy-differs says it.
  if (c.domain.dmarc && c.domain.dmarc->policy != "none") return;
  with_record(c, [&](const JudgedText& text, const mailauth::DmarcRecord&) {
    if (find(text, "p-none") != nullptr) findings.add(about(text));
  });
}

void judge_dmarc_removed_tag(DomainCase& c, Findings& findings) {
  with_record(c, [&](const JudgedText& text, const mailauth::DmarcRecord&) {
    const auto reasons = reasons_of(
        text, [](const Reason& reason) { return reason.id == "removed-tag" || reason.id == "unknown-tag"; });
    if (!reasons.empty()) findings.add(list_of(text, reasons));
  });
}

void judge_dmarc_t_testing(DomainCase& c, Findings& findings) {
  with_record(c, [&](const JudgedText& text, const mailauth::DmarcRecord& record) {
    const auto* reason = find(text, "testing");
    if (reason == nullptr || reason->severity == Severity::info) return;
    const auto strictest = std::max({record.policy, record.subdomains, record.absent});
    auto args = about(text);
    args.values.emplace_back("policy", to_string(*strictest));
    args.values.emplace_back("applied", strictest == DmarcPolicy::reject ? "quarantine" : "none");
    findings.add(std::move(args));
  });
}

void judge_dmarc_sp_weaker(DomainCase& c, Findings& findings) {
  say_weaker(c, findings, "sp-weaker", &mailauth::DmarcRecord::subdomains, &mailauth::DmarcRecord::policy);
}

void judge_dmarc_np_weaker(DomainCase& c, Findings& findings) {
  say_weaker(c, findings, "np-weaker", &mailauth::DmarcRecord::absent, &mailauth::DmarcRecord::subdomains);
}

void judge_dmarc_rua_missing(DomainCase& c, Findings& findings) {
  // Where the inventory names some, dmarc-policy-differs says it.
  if (c.domain.dmarc && !c.domain.dmarc->rua.empty()) return;
  with_record(c, [&](const JudgedText& text, const mailauth::DmarcRecord& record) {
    const auto& tags = record.tags.tags;
    const bool has =
        std::any_of(tags.begin(), tags.end(), [](const auto& tag) { return ascii_lower(tag.name) == "rua"; });
    if (!has) findings.add(about(text));
  });
}

void judge_dmarc_rua_invalid(DomainCase& c, Findings& findings) {
  with_record(c, [&](const JudgedText& text, const mailauth::DmarcRecord&) {
    const auto reasons = reasons_of(text, is_about_reports);
    if (!reasons.empty()) findings.add(list_of(text, reasons));
  });
}

}  // namespace rdnsgate::rules
