// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/timetable.h"

#include <fmt/format.h>

#include <algorithm>

#include "base/text/escape.h"

namespace rdnsgate::plan {
namespace {

struct Purpose {
  std::string_view id, text;
};
constexpr Purpose purposes[] = {
    {"preflight", "check that the DNS is still as it was when the plan was made"},
    {"lower-ttl", "lower TTLs, so that the changes after it take effect soon"},
    {"add-forward", "let names resolve to the new addresses, and authorise them"},
    {"add-ptr", "add PTR records for new addresses"},
    {"swap-ptr", "let PTR records name the new hosts"},
    {"redelegate", "point reverse names into the zones of their blocks"},
    {"switch-helo", "let hosts say their new names"},
    {"start-egress", "begin to send from new addresses"},
    {"stop-egress", "stop sending from old addresses"},
    {"remove-ptr", "remove PTR records of retired addresses"},
    {"remove-old", "remove old addresses from names and SPF records"},
    {"start-relay", "let mail leave through new relays"},
    {"stop-relay", "let no more mail leave through old relays"},
    {"switch-dkim", "sign mail with other keys"},
    {"revoke-key", "say that old keys are none any more"},
    {"start-serving", "let the new name servers take the zone in"},
    {"add-ns", "let the zone's own NS records name the new servers too"},
    {"move-delegation", "let the parent delegate to the new name servers"},
    {"remove-ns", "let the zone's own NS records name the new servers alone"},
    {"stop-serving", "the old name servers are free"},
    {"restore-ttl", "restore the final TTLs"},
};

}  // namespace

Timetable::Timetable(const Plan& plan, Time start) : Timetable(plan, start, &Phase::starts_after) {}

Timetable Timetable::at_worst(const Plan& plan, Time start) { return {plan, start, &Phase::worst_after}; }

WallClock clock_of(const Plan& plan) {
  return WallClock(plan.windows.empty() ? nullptr : plan.windows.front().zone());
}

Timetable::Timetable(const Plan& plan, Time start, seconds Phase::*after) : clock_(clock_of(plan)) {
  shifts_.push_back({seconds(0), next_opening(plan.windows, start)});
  for (const auto& phase : plan.phases) {
    if (phase.*after <= shifts_.back().after) continue;
    const Time due = at(phase.*after);
    const Time moment = next_opening(plan.windows, due);
    if (moment != due) shifts_.push_back({phase.*after, moment});
  }
}

Time Timetable::at(seconds after) const {
  const auto later = std::upper_bound(shifts_.begin(), shifts_.end(), after,
                                      [](seconds value, const Shift& shift) { return value < shift.after; });
  const auto& shift = later == shifts_.begin() ? *later : *std::prev(later);
  return shift.moment + (after - shift.after);
}

std::string at_worst(const Timetable& earliest, seconds after, const Timetable& worst, seconds worst_after) {
  const Time late = worst.at(worst_after);
  if (late <= earliest.at(after)) return {};
  return fmt::format(", at worst {} (+{})", worst.text(worst_after),
                     format_duration(worst.since(worst_after)));
}

std::string label_of(const Phase& phase) {
  return phase.wave == 0 ? phase.id : fmt::format("{} (wave {} of {})", phase.id, phase.wave, phase.waves);
}

std::string_view purpose_of(const Phase& phase) {
  const Purpose* best = nullptr;
  for (const auto& one : purposes) {
    if (phase.id.rfind(one.id, 0) == 0) best = &one;
  }
  return best == nullptr ? std::string_view("change records") : best->text;
}

std::string data_of(RrType type, const MaybeVersion& version) {
  if (!version) return "(none)";
  std::vector<std::string> records;
  for (const auto& rdata : version->rdata) records.push_back(dns::rdata_text(type, rdata));
  return fmt::format("{}, TTL {}", fmt::join(records, " "), format_duration(seconds(version->ttl)));
}

std::string formula_of(const Wait& wait) {
  std::string formula;
  for (const auto& term : wait.terms) {
    formula +=
        fmt::format("{}{} {} ({})", formula.empty() ? "" : " + ", term.name, term.value.count(), term.origin);
  }
  return formula;
}

std::string dig_command(const Name& zone, const Name& owner, RrType type) {
  // Of a delegation the parent's servers tell, in the authority section.
  const auto server = is_delegation(zone, owner, type) ? shell_word("@NAMESERVER-OF-" + zone.fqdn())
                                                       : std::string("@NAMESERVER");
  return fmt::format("dig +norecurse {} {} {}", server, shell_word(owner.fqdn()), dns::to_string(type));
}

std::string relative_name(const Name& name, const Name& zone, std::string_view apex) {
  if (name == zone) return std::string(apex);
  auto text = name.text();
  if (!zone.is_root()) text.resize(text.size() - zone.text().size() - 1);
  return text;
}

bool costs_to_undo(const Plan& plan, const Phase& phase) {
  // Old name servers still hold the zone: to go back takes as long as delegations are kept, and breaks
  // nothing.
  const bool removes = phase.id.starts_with("remove-") && !phase.id.starts_with("remove-ns");
  return removes || plan.exposure > seconds(0);
}

}  // namespace rdnsgate::plan
