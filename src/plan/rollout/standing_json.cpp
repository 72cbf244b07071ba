// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <algorithm>
#include <map>
#include <nlohmann/json.hpp>

#include "base/text/escape.h"
#include "plan/rollout/standing.h"

namespace rdnsgate::plan {
namespace {

using Json = nlohmann::ordered_json;

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::ready:
      return "ready";
    case Verdict::wait:
      return "wait";
    case Verdict::left:
      return "left";
    case Verdict::unknown:
      return "unknown";
    case Verdict::complete:
      return "complete";
  }
  return "unknown";
}

bool contains(const std::vector<std::size_t>& all, std::size_t one) {
  return std::find(all.begin(), all.end(), one) != all.end();
}

/// `done` counts most: what is waited for is done and current.
std::string_view state_of(const Standing& standing, std::size_t phase) {
  if (contains(standing.done, phase)) return "done";
  if (contains(standing.unknown, phase)) return "unknown";
  if (standing.verdict == Verdict::ready && contains(standing.next, phase)) return "next";
  if (contains(standing.current, phase)) return "begun";
  return contains(standing.next, phase) ? "next" : "open";
}

Json phases_of(const Plan& plan, const Standing& standing) {
  Json phases = Json::array();
  for (std::size_t i = 0; i < plan.phases.size(); ++i) {
    if (plan.phases[i].steps.empty() && plan.phases[i].manual.empty()) continue;  // one that only looks
    phases.push_back({{"id", plan.phases[i].id}, {"state", state_of(standing, i)}});
  }
  return phases;
}

/// The last phase that each zone is known to have behind it; null for none. `known`: it has no later one.
Json zones_of(const Plan& plan, const Standing& standing) {
  std::map<Name, Json> last;
  for (std::size_t i = 0; i < plan.phases.size(); ++i) {
    for (const auto& step : plan.phases[i].steps) {
      auto& zone =
          last.try_emplace(step.zone, Json{{"zone", step.zone.text()}, {"phase", nullptr}, {"known", true}})
              .first->second;
      if (contains(standing.done, i)) zone["phase"] = plan.phases[i].id;
      if (contains(standing.done, i) || contains(standing.unknown, i))
        zone["known"] = contains(standing.done, i);
    }
  }
  Json zones = Json::array();
  for (auto& entry : last) zones.push_back(std::move(entry.second));
  return zones;
}

Json list(const std::vector<Straggler>& all) {
  Json items = Json::array();
  for (const auto& one : all) {
    items.push_back({{"zone", one.zone.text()},
                     {"owner", one.owner.text()},
                     {"type", dns::to_string(one.type)},
                     {"server", one.server},
                     {"shows", one.shows},
                     {"plan", one.why}});
  }
  return items;
}

/// Texts from outside need not be UTF-8; JSON has to be.
std::string dump(const Json& json) {
  return harmless_json(json.dump(2, ' ', false, Json::error_handler_t::replace)) + "\n";
}

}  // namespace

std::string emit_standing_json(const Plan& plan, const Standing& standing, Time now) {
  return dump({{"schema", "rdnsgate/rollout/1"},
               {"plan", plan.id},
               {"at", format_time(now)},
               {"verdict", to_string(standing.verdict)},
               {"until", standing.verdict == Verdict::wait ? Json(format_time(standing.until)) : Json()},
               {"why", standing.why},
               {"phases", phases_of(plan, standing)},
               {"zones", zones_of(plan, standing)},
               {"missing", list(standing.missing)},
               {"lagging", list(standing.lagging)},
               {"strange", list(standing.strange)},
               {"problems", standing.problems},
               {"notes", standing.notes}});
}

std::string emit_verification_json(const Plan& plan, const Phase& phase, const Verification& verification,
                                   Time now) {
  const bool unknown = verification.wrong.empty() && !verification.problems.empty();
  return dump({{"schema", "rdnsgate/rollout-verify/1"},
               {"plan", plan.id},
               {"at", format_time(now)},
               {"phase", phase.id},
               {"verdict", !verification.wrong.empty() ? "fail" : (unknown ? "inconclusive" : "pass")},
               {"wrong", list(verification.wrong)},
               {"problems", verification.problems}});
}

}  // namespace rdnsgate::plan
