// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/records/dmarc_record.h"

#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "base/ascii.h"
#include "base/text/text.h"
#include "mailauth/records/dmarc_tags.h"
#include "mailauth/records/dmarc_uri.h"
#include "mailauth/records/not_dmarc.h"
#include "mailauth/records/record_text.h"

namespace rdnsgate::mailauth {
namespace {

constexpr std::array<std::string_view, 3> policies{"none", "quarantine", "reject"};

std::optional<DmarcPolicy> policy_of(std::string_view word) {
  const auto found = std::find(policies.begin(), policies.end(), ascii_lower(word));
  if (found == policies.end()) return std::nullopt;
  return static_cast<DmarcPolicy>(found - policies.begin());
}

class DmarcJudge {
 public:
  DmarcJudge(DmarcRecord& record, Reasons& reasons)
      : record_(record), text_(record.text), reasons_(reasons) {}

  void judge() {
    judge_size(text_, reasons_);
    judge_octets(text_, {}, dmarc_grammar, reasons_);
    record_.tags = parse_tag_list(text_, reasons_);
    for (const auto& one : record_.tags.tags) {
      if (judge_semicolons(one, dmarc_tags, dmarc_grammar, reasons_)) break;
    }
    judge_names(record_.tags, dmarc_tags, dmarc_format, reasons_);
    reports();
    policy();
    below("sp", record_.subdomains);
    below("np", record_.absent);
    compare();
    record_.strict_dkim = letter("adkim", "rs", 'r') == 's';
    record_.strict_spf = letter("aspf", "rs", 'r') == 's';
    psd();
    testing();
    failure_options();
    removed();
  }

 private:
  /// By the grammar the case of a name does not matter; by that of DKIM, which it is built on, it does.
  const Tag* tag(std::string_view name) const {
    const auto& tags = record_.tags.tags;
    const auto found =
        std::find_if(tags.begin(), tags.end(), [&](const Tag& one) { return ascii_lower(one.name) == name; });
    return found == tags.end() ? nullptr : &*found;
  }

  void reports() {
    for (const auto* name : {"rua", "ruf"}) {
      const auto* list = tag(name);
      if (list == nullptr) continue;
      const bool any = judge_destinations(*list, record_.destinations, reasons_);
      if (std::string_view(name) == "rua") has_rua_uri_ = any;
    }
  }

  void policy() {
    const auto* p = tag("p");
    if (p != nullptr) record_.policy = policy_of(p->value);
    if (p == nullptr) {
      no_policy();
    } else if (!record_.policy) {
      reasons_.error("policy", dmarc_format, p->value_place(), wrong_policy(*p), policy_hint(*p));
      as_none();
    } else {
      if (record_.tags.tags.size() > 1 && p != &record_.tags.tags[1])
        reasons_.warn("policy-not-second", "RFC 7489 §6.4", p->place(),
                      "p= is not the second tag: receivers by RFC 7489 may refuse the record; RFC 9989 "
                      "allows any order",
                      "write p= right behind v=DMARC1");
      if (record_.policy == DmarcPolicy::none) only_watches(*p);
    }
  }

  void only_watches(const Tag& p) {
    if (tag("rua") == nullptr && tag("ruf") == nullptr) {
      reasons_.warn("p-none", dmarc_format, p.place(),
                    "p=none without rua= changes nothing, and nobody hears of failures",
                    "add rua=mailto:reports@..., or a stricter policy");
    } else {
      reasons_.note("p-none", dmarc_format, p.place(), "p=none: failures are only reported");
    }
  }

  void no_policy() {
    if (has_rua_uri_) {
      reasons_.warn("no-policy", dmarc_policy, {},
                    "the record has no p=: receivers take it for p=none, as it has rua=",
                    "write p=none, quarantine or reject right behind v=DMARC1");
      record_.policy = DmarcPolicy::none;
    } else {
      reasons_.error("no-policy", dmarc_policy, {},
                     "the record has no p= and no valid rua=: receivers do not apply it",
                     "write p=none, quarantine or reject right behind v=DMARC1");
    }
  }

  /// RFC 9989 §4.10.1, RFC 7489 §6.6.3: what is said where a policy is not valid.
  void as_none() { record_.policy = has_rua_uri_ ? std::optional(DmarcPolicy::none) : std::nullopt; }

  std::string wrong_policy(const Tag& tag) const {
    return fmt::format("{}= is \"{}\", which is no policy: receivers {}", tag.name, brief(tag.value),
                       has_rua_uri_ ? "take the record for p=none" : "do not apply the record");
  }

  static std::string policy_hint(const Tag& tag) {
    const auto near = closest(ascii_lower(tag.value), policies);
    return near.empty() ? "it is none, quarantine or reject" : fmt::format("did you mean \"{}\"?", near);
  }

  void below(std::string_view name, std::optional<DmarcPolicy>& policy) {
    const auto* found = tag(name);
    if (found == nullptr) return;
    policy = policy_of(found->value);
    if (policy) return;
    reasons_.error("policy", dmarc_format, found->value_place(), wrong_policy(*found), policy_hint(*found));
    as_none();
  }

  void compare() {
    if (!record_.policy) return;
    const auto p = *record_.policy;
    if (record_.subdomains && *record_.subdomains < p)
      reasons_.warn("sp-weaker", dmarc_format, tag("sp")->place(),
                    fmt::format("sp={} asks less for subdomains than p={} for the domain",
                                to_string(*record_.subdomains), to_string(p)),
                    "forged mail comes from subdomains then");
    const auto existing = record_.subdomains.value_or(p);
    if (record_.absent && *record_.absent < existing)
      reasons_.warn("np-weaker", dmarc_format, tag("np")->place(),
                    fmt::format("np={} asks less for names that do not exist than {} for those that do",
                                to_string(*record_.absent), to_string(existing)),
                    "no mail of yours comes from names that do not exist");
  }

  /// A tag whose value is one of these letters.
  char letter(std::string_view name, std::string_view letters, char otherwise) {
    const auto* found = tag(name);
    if (found == nullptr) return otherwise;
    const auto value = ascii_lower(found->value);
    if (value.size() == 1 && letters.find(value[0]) != std::string_view::npos) return value[0];
    std::string listed;
    for (const char c : letters) listed += fmt::format("{}{}", listed.empty() ? "" : ", ", c);
    reasons_.error(
        "tag-value", dmarc_format, found->value_place(),
        fmt::format("{}= is \"{}\": receivers ignore it, and take {}", name, brief(found->value), otherwise),
        fmt::format("it is one of {}", listed));
    return otherwise;
  }

  void psd() {
    record_.psd = letter("psd", "ynu", 'u');
    if (record_.psd == 'y')
      reasons_.note("psd", dmarc_format, tag("psd")->place(),
                    "psd=y: this is the domain of a registry, below which domains are others'");
  }

  void testing() {
    record_.testing = letter("t", "yn", 'n') == 'y';
    if (!record_.testing) return;
    const auto strictest =
        std::max({record_.policy.value_or(DmarcPolicy::none), record_.subdomains.value_or(DmarcPolicy::none),
                  record_.absent.value_or(DmarcPolicy::none)});
    if (strictest == DmarcPolicy::none) {
      reasons_.note("testing", dmarc_format, tag("t")->place(),
                    "t=y has no effect, as nothing but none is asked for");
      return;
    }
    reasons_.warn("testing", dmarc_format, tag("t")->place(),
                  fmt::format("t=y: receivers by RFC 9989 apply {} in place of {}; others apply {}",
                              strictest == DmarcPolicy::reject ? "quarantine" : "none", to_string(strictest),
                              to_string(strictest)),
                  "leave t=y out once the reports show no mail of yours that fails");
  }

  void failure_options() {
    const auto* fo = tag("fo");
    if (fo == nullptr) return;
    unsigned zero = 0, one = 0, dkim = 0, spf = 0;
    for (const auto& item : items_of(*fo, ':')) {
      const auto word = ascii_lower(item.text);
      auto* count = word == "0"   ? &zero
                    : word == "1" ? &one
                    : word == "d" ? &dkim
                    : word == "s" ? &spf
                                  : nullptr;
      if (count == nullptr) {
        reasons_.error("tag-value", dmarc_format, item.text.empty() ? fo->place() : item.place(),
                       fmt::format("fo= has \"{}\": receivers ignore the tag, and take 0", brief(item.text)),
                       "it is 0, 1, d and s, separated by colons");
        return;
      }
      ++*count;
    }
    if (zero + one > 1 || dkim > 1 || spf > 1) {
      reasons_.warn(
          "failure-options", dmarc_grammar, fo->value_place(),
          fmt::format(
              "fo={}: by RFC 9989 0 and 1 exclude each other, and each is there once; RFC 7489 allows it",
              brief(fo->value)),
          "write fo=1, with :d and :s behind it where they are wanted");
    }
    if (tag("ruf") == nullptr)
      reasons_.warn("fo-without-ruf", dmarc_format, fo->place(),
                    "fo= has no effect without ruf=", "leave it out, or add ruf=mailto:...");
  }

  void removed() {
    if (const auto* pct = tag("pct")) {
      const auto& value = pct->value;
      const bool number =
          !value.empty() && value.size() <= 3 && std::all_of(value.begin(), value.end(), is_digit);
      const int share = number ? std::stoi(value) : -1;
      if (share < 0 || share > 100) {
        reasons_.error("tag-value", "RFC 7489 §6.3", pct->value_place(),
                       fmt::format("pct= is \"{}\", which is no number from 0 to 100", brief(value)),
                       "leave pct= out: RFC 9989 removed it");
      } else {
        reasons_.warn("removed-tag", "RFC 9989 §A.6", pct->place(),
                      share == 100 ? std::string("pct= is removed by RFC 9989; 100 is what holds without it")
                                   : fmt::format("pct={} is removed by RFC 9989: receivers apply the policy "
                                                 "to all mail, others to {} % of it",
                                                 share, share),
                      share == 100 ? "leave it out" : "leave it out, or write t=y while you test");
      }
    }
    for (const auto* name : {"rf", "ri"}) {
      if (const auto* found = tag(name))
        reasons_.warn("removed-tag", "RFC 9989 §9.3", found->place(),
                      fmt::format("{}= is removed by RFC 9989, and ignored", name), "leave it out");
    }
  }

  DmarcRecord& record_;
  const std::string& text_;
  Reasons& reasons_;
  bool has_rua_uri_ = false;
};

}  // namespace

std::string_view to_string(DmarcPolicy policy) { return policies[static_cast<std::size_t>(policy)]; }

std::optional<DmarcPolicy> DmarcRecord::policy_below(bool exists) const {
  if (!policy) return std::nullopt;
  if (!exists && absent) return absent;
  return subdomains ? subdomains : policy;
}

bool is_dmarc(std::string_view text) {
  if (text.empty() || to_lower(text.front()) != 'v') return false;
  const auto equals = trimmed(text.substr(1));
  if (!equals.starts_with('=')) return false;
  const auto value = trimmed(equals.substr(1));
  constexpr std::string_view version = "DMARC1";
  if (!value.starts_with(version)) return false;
  const auto rest = trimmed(value.substr(version.size()), tag_blanks);
  return rest.empty() || rest.front() == ';';
}

DmarcRecord read_dmarc(const std::string& text) {
  DmarcRecord record;
  record.text = text;
  record.is_dmarc = is_dmarc(text);
  Reasons unsaid;
  if (record.is_dmarc) DmarcJudge(record, unsaid).judge();
  return record;
}

DmarcJudgement judge_dmarc(const std::vector<std::string>& texts) {
  DmarcJudgement judged;
  auto& reasons = judged.reasons;
  if (texts.empty()) reasons.error("no-record", dmarc_policy, {}, "there is no DMARC record");
  std::vector<std::size_t> found;
  for (std::size_t i = 0; i < texts.size(); ++i) {
    judged.records.emplace_back().text = texts[i];
    judged.records[i].is_dmarc = is_dmarc(texts[i]);
    if (judged.records[i].is_dmarc) found.push_back(i);
  }
  if (found.size() > 1) {
    reasons.begin_record(found[1]);
    reasons.error("several-records", "RFC 9989 §4.10", {0, 0, texts[found[1]].size()},
                  fmt::format("{} DMARC records are here: receivers apply none of them", found.size()),
                  "leave one");
  }
  for (std::size_t i = 0; i < texts.size(); ++i) {
    reasons.begin_record(i);
    if (judged.records[i].is_dmarc) {
      DmarcJudge(judged.records[i], reasons).judge();
    } else if (found.empty()) {
      judge_not_dmarc(texts[i], reasons);
    } else {
      reasons.warn("other-record", "RFC 9989 §4.10", {0, 0, texts[i].size()},
                   "this is no DMARC record: receivers leave it aside", "leave the DMARC record alone here");
    }
  }
  if (found.size() == 1 && judged.records[found[0]].policy) judged.applies = found[0];
  return judged;
}

}  // namespace rdnsgate::mailauth
