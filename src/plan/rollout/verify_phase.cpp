// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/rollout/verify_phase.h"

#include <fmt/format.h>

#include <algorithm>
#include <set>

#include "mailauth/spf/spf_evaluate.h"
#include "mailauth/spf/spf_facts.h"
#include "plan/rollout/sightings.h"
#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

using mailauth::SpfOutcome;
using mailauth::SpfResult;

/// SPF, as a receiver evaluates it, of everything that is to pass. Whatever it has to ask and does not find is noted.
template <typename Each>
void evaluate_each(const Phase& phase, dns::FactDesk& desk, Each&& each) {
  mailauth::SpfEvaluator evaluator(
      [&](const Name& name, RrType type) { return mailauth::spf_lookup(desk, name, type, false); },
      mailauth::SpfEvaluator::Keep::answers);
  for (const auto& pass : phase.spf) {
    for (const auto& ip : pass.addresses)
      each(pass.domain, ip, evaluator.evaluate({ip, std::nullopt, pass.domain, std::nullopt}, pass.domain));
  }
}

/// What could not be determined is no refusal.
void find_refused(const Phase& phase, const Seen& seen, Verification& result) {
  dns::FactDesk desk(seen.facts, seen.vantage);
  evaluate_each(phase, desk, [&](const Name& domain, const IpAddress& ip, const SpfOutcome& outcome) {
    const auto& results = outcome.results;
    if (results.is(SpfResult::pass)) return;
    const auto why = outcome.why.empty() ? std::string() : fmt::format(" ({})", outcome.why);
    const bool is_open = !outcome.missing.empty() || outcome.unknown || results.may_be(SpfResult::pass) ||
                         results.may_be(SpfResult::temperror);
    if (is_open) {
      result.problems.push_back(
          fmt::format("whether SPF of {} lets {} through{}", domain.text(), ip.to_string(), why));
    } else {
      result.wrong.push_back({domain,
                              domain,
                              RrType::TXT,
                              {},
                              fmt::format("SPF of {} is {}{}", ip.to_string(), results.text(), why),
                              "pass"});
    }
  });
}

/// Where nothing of the name's own is to be there, a wildcard may answer for it.
bool is_made_up(const Phase& phase, const Check& check, const Sighting& seen) {
  return !check.expect && std::any_of(phase.steps.begin(), phase.steps.end(), [&](const Step& step) {
    return step.wildcard && step.zone == check.zone && step.owner == check.owner && step.type == check.type &&
           same(check.type, seen.version, step.wildcard);
  });
}

}  // namespace

void read_checks(const Phase& phase, dns::FactDesk& desk) {
  for (const auto& check : phase.verify)
    desk.get(check.owner, question_for(check.zone, check.owner, check.type));
  read_zones(phase, desk);
  evaluate_each(phase, desk, [](const auto&, const auto&, const auto&) {});
}

Verification verify_phase(const Phase& phase, const dns::FactStore& facts, dns::VantageIndex vantage,
                          const dns::VantageInfo& info) {
  Verification result;
  const Seen seen{facts, vantage, info};
  std::set<Name> aliases;
  for (const auto& check : phase.verify) {
    if (check.type == RrType::CNAME) aliases.insert(check.owner);
  }
  for (const auto& check : phase.verify) {
    const auto all = sightings(seen, check.zone, {check.owner, check.type, aliases.contains(check.owner)});
    for (const auto& one : all) {
      if (!one.known) {
        result.problems.push_back(fmt::format("{} {} at {}: {}", check.owner.text(),
                                              dns::to_string(check.type), one.server, one.shows));
      } else if (!same(check.type, one.version, check.expect) && !is_made_up(phase, check, one)) {
        result.wrong.push_back(
            {check.zone, check.owner, check.type, one.server, one.shows, data_of(check.type, check.expect)});
      }
    }
  }
  find_refused(phase, seen, result);
  for (const auto& manual : phase.manual) {
    if (!zone_to_serve(manual)) {
      result.problems.push_back(
          fmt::format("{}: {}: the DNS does not show whether that is done", manual.sender, manual.text));
    }
    for (auto& one : not_serving(manual, seen)) {
      if (one.known) {
        result.wrong.push_back(std::move(one.what));
      } else {
        result.problems.push_back(
            fmt::format("{} at {}: {}", manual.sender, one.what.server, one.what.shows));
      }
    }
  }
  return result;
}

}  // namespace rdnsgate::plan
