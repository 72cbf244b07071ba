// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <map>

#include "rules/denial.h"
#include "rules/spf/broken.h"
#include "rules/spf/case_paths.h"
#include "rules/spf/rules.h"
#include "rules/spf/survey.h"

namespace rdnsgate::rules {
namespace {

using mailauth::SpfKind;
using mailauth::SpfTerm;
using State = SpfText::State;

constexpr unsigned many_lookups = 8;  // from here on one more include may be too much

/// The terms of the record itself that ask, with what each costs, the dearest first.
std::vector<std::pair<const SpfTerm*, unsigned>> costs_in(const SpfSurvey& survey) {
  std::vector<std::pair<const SpfTerm*, unsigned>> costs;
  const auto& top = survey.top();
  for (const auto& term : top.found.record.terms) {
    if (term.kind == SpfKind::all) break;
    if (!mailauth::asks_dns(term.kind)) continue;
    if (term.kind == SpfKind::redirect && top.found.record.redirect() != &term) continue;
    unsigned cost = 1;
    for (const auto& link : survey.links()) {
      if (link.term == &term && link.to != nullptr) cost += link.to->lookups;
    }
    costs.emplace_back(&term, cost);
  }
  std::stable_sort(costs.begin(), costs.end(),
                   [](const auto& a, const auto& b) { return a.second > b.second; });
  return costs;
}

/// A record that lists networks alone can be written in place of its include.
bool is_flat(const SpfSurvey::Visit& visit) {
  return visit.found.is_good() && visit.lookups == 0 && visit.found.record.terms.size() <= 4;
}

/// The cheapest ways to fewer look-ups: what costs nothing to leave out first.
std::vector<std::string> ways_down(const SpfSurvey& survey) {
  std::vector<std::string> ways;
  std::map<std::string, unsigned> taken_in;
  for (const auto& link : survey.links()) {
    if (link.term->kind == SpfKind::include) ++taken_in[link.target.text()];
  }
  for (const auto& link : survey.links()) {
    const auto again = taken_in.find(link.target.text());
    if (again == taken_in.end() || again->second < 2 || link.to == nullptr) continue;
    ways.push_back(
        fmt::format("take in {} once: {} fewer", again->first, (again->second - 1) * (1 + link.to->lookups)));
    taken_in.erase(again);
  }
  for (const auto& [term, cost] : costs_in(survey)) {
    if (term->kind == SpfKind::ptr) ways.push_back(fmt::format("drop {}: 1 fewer", shown(term->text)));
    if (term->kind == SpfKind::a || term->kind == SpfKind::mx)
      ways.push_back(fmt::format("write the addresses in place of {}: {} fewer", shown(term->text), cost));
  }
  for (const auto& link : survey.links()) {
    if (link.from == &survey.top() && link.to != nullptr && link.term->kind == SpfKind::include &&
        is_flat(*link.to))
      ways.push_back(fmt::format("write the networks in place of {}: 1 fewer", shown(link.term->text)));
  }
  return ways;
}

/// A domain whose record makes an evaluation fail, taken in by this one.
bool is_absent(const SpfSurvey::Link& link) {
  return link.to != nullptr && link.to->found.state == State::none &&
         link.to->found.fact->outcome == dns::Outcome::nxdomain;
}

audit::Args about(const audit::DomainCase& c, const SpfSurvey::Link& link) {
  return {.values = {{"domain", c.domain.name},
                     {"name", link.target},
                     {"term", shown(link.term->text)},
                     {"by", link.from->name == c.domain.name ? std::string() : link.from->name.text()}}};
}

/// Of each name once, by the first that takes it in.
template <typename Say>
void for_each_target(const SpfSurvey& survey, SpfKind kind, const Say& say) {
  std::vector<const dns::Name*> told;
  for (const auto& link : survey.links()) {
    if (link.term->kind != kind) continue;
    const bool is_known =
        std::any_of(told.begin(), told.end(), [&](const auto* name) { return *name == link.target; });
    if (is_known) continue;
    told.push_back(&link.target);
    say(link);
  }
}

std::string_view wording_for(State state) {
  return state == State::several ? "several" : state == State::wrong ? "wrong" : "none";
}

bool is_no_record(const SpfSurvey::Link& link) {
  if (link.to == nullptr) return false;
  const auto state = link.to->found.state;
  return state == State::none || state == State::several || state == State::wrong;
}

}  // namespace

void judge_spf_lookup_limit(audit::DomainCase& c, audit::Findings& findings) {
  const SpfSurvey survey(c.desk, c.domain.name);
  const auto lookups = survey.top().lookups;
  const bool loops =
      std::any_of(survey.links().begin(), survey.links().end(), [](const auto& link) { return link.loops; });
  if (lookups < many_lookups || loops) return;  // spf-loop says why there is no end to them
  const bool is_error = lookups > mailauth::spf_most_lookups;
  std::vector<std::string> costs;
  for (const auto& [term, cost] : costs_in(survey))
    costs.push_back(fmt::format("{} {}", shown(term->text), cost));
  audit::Args args{.values = {{"domain", c.domain.name},
                              {"count", lookups},
                              {"costs", audit::list_of(costs)},
                              {"ways", audit::list_of(ways_down(survey))}},
                   .wording = is_error ? "over" : "near"};
  if (!is_error) args.severity = Severity::warning;
  findings.add(std::move(args));
}

void judge_spf_void_limit(audit::DomainCase& c, audit::Findings& findings) {
  const SpfSurvey survey(c.desk, c.domain.name);
  if (!survey.top().found.is_good()) return;
  for (const bool is_v4 : {true, false}) {
    if (!sends_over(c, is_v4)) continue;
    const auto costs = spf_costs(c.desk, survey, is_v4);
    if (costs.voids.size() <= mailauth::spf_most_voids) continue;
    return findings.add({.values = {{"domain", c.domain.name},
                                    {"family", is_v4 ? "IPv4" : "IPv6"},
                                    {"count", costs.voids.size()},
                                    {"lookups", audit::list_of(costs.voids)}}});
  }
}

void judge_spf_mx_limit(audit::DomainCase& c, audit::Findings& findings) {
  const SpfSurvey survey(c.desk, c.domain.name);
  const bool is_v4 = sends_over(c, true);
  for (const auto& many : spf_costs(c.desk, survey, is_v4).many_exchanges)
    findings.add({.values = {{"domain", c.domain.name}, {"term", many.term}, {"count", many.count}}});
}

void judge_spf_include_none(audit::DomainCase& c, audit::Findings& findings) {
  const SpfSurvey survey(c.desk, c.domain.name);
  for_each_target(survey, SpfKind::include, [&](const SpfSurvey::Link& link) {
    if (!is_no_record(link) || is_absent(link)) return;
    auto args = about(c, link);
    args.wording = wording_for(link.to->found.state);
    findings.add(std::move(args));
  });
}

void judge_spf_include_nxdomain(audit::DomainCase& c, audit::Findings& findings) {
  const SpfSurvey survey(c.desk, c.domain.name);
  for_each_target(survey, SpfKind::include, [&](const SpfSurvey::Link& link) {
    if (is_absent(link)) findings.add(about(c, link));
  });
}

void judge_spf_redirect_none(audit::DomainCase& c, audit::Findings& findings) {
  const SpfSurvey survey(c.desk, c.domain.name);
  for_each_target(survey, SpfKind::redirect, [&](const SpfSurvey::Link& link) {
    if (!is_no_record(link)) return;
    auto args = about(c, link);
    args.wording = is_absent(link) ? "nxdomain" : wording_for(link.to->found.state);
    findings.add(std::move(args));
  });
}

void judge_spf_loop(audit::DomainCase& c, audit::Findings& findings) {
  const SpfSurvey survey(c.desk, c.domain.name);
  for (const auto& link : survey.links()) {
    if (!link.loops) continue;
    auto args = about(c, link);
    args.values.pop_back();
    args.values.emplace_back("from", link.from->name);
    return findings.add(std::move(args));
  }
}

void judge_spf_temperror(audit::DomainCase& c, audit::Findings& findings) {
  const SpfSurvey survey(c.desk, c.domain.name);
  auto failed = survey.failed();
  if (survey.top().found.is_good()) {
    for (const bool is_v4 : {true, false}) {
      if (!sends_over(c, is_v4)) continue;
      const auto costs = spf_costs(c.desk, survey, is_v4);
      failed.insert(failed.end(), costs.failed.begin(), costs.failed.end());
    }
  }
  // What no zone file holds is for each path to say, where it matters.
  const auto found =
      std::find_if(failed.begin(), failed.end(), [](const auto* fact) { return !dns::is_outside(*fact); });
  if (found != failed.end()) say_unknown(findings, **found, {.values = {{"domain", c.domain.name}}});
}

}  // namespace rdnsgate::rules
