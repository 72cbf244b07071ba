// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/findings/trace_findings.h"

#include <algorithm>
#include <memory>

#include "audit/engine/subjects.h"
#include "audit/policy/policy.h"
#include "audit/wording.h"
#include "rules/deleg/cut_words.h"
#include "rules/deleg/data_differs.h"
#include "rules/registry.h"
#include "rules/servers_differ.h"

namespace rdnsgate::run {
namespace {

using dns::Fact;
using dns::ReplyKind;
using dns::RrType;

/// Rules that judge what the verdict on a cut leaves alone; the rest is in its complaints.
bool speaks_in_trace(std::string_view rule) {
  return rule.starts_with("dnssec-") || rule == "deleg-open-recursor" || rule == "deleg-soa-serial-differs" ||
         rule == "deleg-udp-unreachable" || rule == "deleg-tcp-unreachable" ||
         rule == "deleg-parent-child-ns-mismatch";
}

/// An address whose reverse name that is, or the name itself: what `check` names a finding by.
audit::Target target_of(const dns::Trace& trace) {
  const auto address = dns::address_of_reverse(trace.name);
  return address ? audit::Target{audit::TargetKind::address, address->to_string()}
                 : audit::Target{audit::TargetKind::domain, trace.name.text()};
}

class Judge {
 public:
  Judge(report::TraceDocument& document, Time now)
      : document_(document),
        trace_(document.trace),
        now_(now),
        around_(dns::surroundings_of(document.trace)),
        policy_(rules::registry(), nothing_declared_) {
    document_.findings.resize(trace_.cuts.size());
  }

  void judge() {
    judge_zones();
    for (std::size_t i = 0; i < trace_.links.size(); ++i) {
      const auto cut = std::find_if(trace_.cuts.begin(), trace_.cuts.end(),
                                    [&](const dns::Cut& it) { return it.zone == trace_.links[i].zone; });
      if (cut == trace_.cuts.end() || cut->zone.label_count() < 2) continue;
      at_ = static_cast<std::size_t>(cut - trace_.cuts.begin());
      judge_proof(i);
      judge_agreement(trace_.links[i]);
    }
  }

 private:
  /// The zone's SOA record with its delegation, as an authoritative vantage has it.
  Fact apex_fact(std::size_t i) const {
    const auto& cut = trace_.cuts[i];
    Fact fact;
    fact.question = {0, cut.zone, RrType::SOA};
    fact.delegation = std::make_shared<const dns::Delegation>(dns::Delegation{cut, around_});
    for (const auto& server : cut.servers) {
      for (const auto& report : server.addresses) {
        if (!report.is_authoritative() || fact.outcome == dns::Outcome::answer) continue;
        fact.outcome = dns::Outcome::answer;
        fact.authoritative = true;
        fact.answer = {*report.soa().reply.rrset};
      }
    }
    if (!document_.verdict.proof || !dns::is_definite(fact.outcome)) return fact;
    const auto& trust = document_.verdict.proof->cuts[i];
    if (trust.state == dns::Trust::State::secure) fact.security = dns::Security::secure;
    const auto unproven = dns::unproven_apex(cut, trust, now_);
    if (unproven.empty()) return fact;
    fact.security = dns::Security::bogus;
    fact.reason = dns::worded(unproven, 0);
    return fact;
  }

  void judge_zones() {
    inventory::Inventory estate;
    dns::FactStore store;
    std::vector<std::size_t> places;  // of the estate's zones among the cuts
    for (std::size_t i = 0; i < trace_.cuts.size(); ++i) {
      if (trace_.cuts[i].zone.label_count() < 2) continue;
      estate.zones.emplace_back().name = trace_.cuts[i].zone;
      places.push_back(i);
      store.insert(apex_fact(i));
    }
    const audit::RunContext run{.inventory = &estate, .now = now_};
    const audit::Subjects subjects(run, policy_);
    dns::FactDesk desk(store, 0);
    for (std::size_t i = 0; i < places.size(); ++i) {
      desk.reset(0);
      at_ = places[i];
      for (auto& draft : subjects.judge(i, true, false, desk).drafts) {
        const auto& rule = rules::registry()[draft.rule].info;
        if (speaks_in_trace(rule.id)) add(draft);
      }
    }
  }

  /// What validators refuse of the answers to one name.
  void judge_proof(std::size_t link) {
    if (!document_.verdict.proof) return;
    const auto& proof = document_.verdict.proof->links[link];
    if (proof.unproven.empty()) return;
    add("dnssec-answer-refused", target_of(trace_),
        {.values = {{"reasons", audit::whole_list(std::vector{dns::worded(proof.unproven, proof.proven)})}}});
  }

  /// What each server said of the name itself: where an alias leads is asked by itself.
  Fact answers_to(const dns::Link& link) const {
    Fact fact;
    fact.question = {0, link.name, trace_.type};
    fact.asked_at = now_;
    for (const auto& server : trace_.cuts[at_].servers) {
      for (const auto& report : server.addresses) {
        if (!report.is_authoritative()) continue;
        for (const auto& [name, exchange] : report.questions) {
          const auto& reply = exchange.reply;
          if (name != link.name || !reply.authoritative || !reply.is_answer()) continue;
          fact.servers.push_back({server.name, report.address, outcome_of(reply.kind), {}, reply.soa, {}});
          if (reply.rrset) fact.servers.back().answer = {*reply.rrset};
        }
      }
    }
    if (!fact.servers.empty()) fact.outcome = fact.servers.front().outcome;
    return fact;
  }

  static dns::Outcome outcome_of(ReplyKind kind) {
    return kind == ReplyKind::nodata     ? dns::Outcome::nodata
           : kind == ReplyKind::nxdomain ? dns::Outcome::nxdomain
                                         : dns::Outcome::answer;
  }

  /// Whether the servers of the zone answer alike, by the rules for what an address is judged by.
  void judge_agreement(const dns::Link& link) {
    const auto fact = answers_to(link);
    if (fact.servers.size() < 2) return;
    const auto apex = apex_fact(at_);
    if (const auto items = rules::differences(fact, &apex); !items.empty())
      add("deleg-data-differs", target_of(trace_), {.values = {{"answers", audit::list_of(items)}}});
    const bool pointer = trace_.type == RrType::PTR;
    if (!pointer && trace_.type != RrType::A && trace_.type != RrType::AAAA) return;
    auto dispute = rules::dispute_about(fact, [&] { return &apex; });
    if (!dispute) return;
    auto args = rules::args_of(std::move(*dispute));
    if (!pointer && some_address_everywhere(fact)) args.severity = Severity::warning;
    add(pointer ? "ptr-servers-differ" : "fcrdns-servers-differ", target_of(trace_), std::move(args));
  }

  /// A host of which nobody declared which address sends may send from that one.
  static bool some_address_everywhere(const Fact& fact) {
    const auto& first = fact.servers.front().answer;
    if (first.empty()) return false;
    return std::any_of(first.front().rdata.begin(), first.front().rdata.end(), [&](const auto& rdata) {
      return std::all_of(fact.servers.begin(), fact.servers.end(), [&](const dns::ServerAnswer& said) {
        return !said.answer.empty() &&
               std::find(said.answer.front().rdata.begin(), said.answer.front().rdata.end(), rdata) !=
                   said.answer.front().rdata.end();
      });
    });
  }

  void add(std::string_view id, const audit::Target& target, audit::Args args) {
    const auto index = static_cast<audit::RuleIndex>(policy_.index_of(id));
    audit::Findings findings;
    findings.begin_subject(target, {});
    findings.begin_rule(index, rules::registry()[index].info);
    findings.add(std::move(args));
    for (const auto& draft : findings.drafts()) add(draft);
  }

  void add(const audit::Draft& draft) {
    const auto& rule = rules::registry()[draft.rule].info;
    const auto severity = policy_.severity(draft.rule, draft.args);
    if (severity != Severity::error && severity != Severity::warning) return;
    auto& findings = document_.findings[at_];
    findings.push_back(
        {rule.id, severity, draft.inconclusive, audit::message_of(rule, draft), draft.args.clears_at});
    auto& weight = document_.verdict.weight;
    weight = std::max(weight, report::weight_of(findings.back()));
  }

  report::TraceDocument& document_;
  const dns::Trace& trace_;
  Time now_;
  dns::Surroundings around_;
  inventory::Inventory nothing_declared_;
  audit::Policy policy_;
  std::size_t at_ = 0;  ///< the cut that is judged
};

}  // namespace

void judge_by_rules(report::TraceDocument& document, Time now) { Judge(document, now).judge(); }

}  // namespace rdnsgate::run
