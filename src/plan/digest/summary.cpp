// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/digest/summary.h"

#include <fmt/format.h>

#include <algorithm>
#include <map>
#include <set>
#include <utility>

#include "base/address_ranges.h"
#include "base/text/text.h"

namespace rdnsgate::plan {
namespace {

/// A record set before the plan and after it.
struct NetChange {
  const MaybeVersion* before = nullptr;
  const MaybeVersion* after = nullptr;
};
using RecordKey = std::pair<Name, RrType>;
using NetChanges = std::map<std::pair<Name, RecordKey>, NetChange>;  ///< by zone

NetChanges net_changes(const Plan& plan) {
  NetChanges all;
  for (const auto& phase : plan.phases) {
    for (const auto& step : phase.steps) {
      auto& change = all[{step.zone, {step.owner, step.type}}];
      if (change.before == nullptr) change.before = &step.before;
      change.after = &step.after;
    }
  }
  return all;
}

struct Counts {
  std::size_t added = 0, changed = 0, removed = 0, ttls = 0;
};

/// `250 A records added`, `1 PTR record changed`.
void add_texts(std::string_view type, const Counts& counts, std::vector<std::string>& texts) {
  const auto add = [&](std::size_t count, std::string_view done) {
    if (count > 0)
      texts.push_back(fmt::format("{} {} {} {}", count, type, count == 1 ? "record" : "records", done));
  };
  add(counts.changed, "changed");
  add(counts.added, "added");
  add(counts.removed, "removed");
  add(counts.ttls, counts.ttls == 1 ? "with another TTL" : "with other TTLs");
}

std::string_view deed_of(HostAction action) {
  switch (action) {
    case HostAction::switch_helo:
      return "change the HELO name";
    case HostAction::start_egress:
      return "start sending";
    case HostAction::stop_egress:
      return "stop sending";
    case HostAction::start_relay:
      return "send through new relays";
    case HostAction::stop_relay:
      return "leave old relays";
    case HostAction::switch_dkim:
      return "change the DKIM key";
    case HostAction::start_serving:
      return "serve a zone";
    case HostAction::stop_serving:
      return "serve a zone no more";
  }
  return "other";
}

class Summarizer {
 public:
  Summarizer(const Plan& plan, Time start)
      : plan_(plan), times_(plan, start), worst_(Timetable::at_worst(plan, start)) {}

  Summary run() {
    if (plan_.phases.empty()) return {};
    records();
    addresses();
    hosts();
    whole();
    when();
    risk();
    return std::move(summary_);
  }

 private:
  void records() {
    std::map<RrType, Counts> by_type;
    for (const auto& [key, change] : net_changes(plan_)) {
      const auto type = key.second.second;
      const auto &before = *change.before, &after = *change.after;
      // The serial of an SOA rises with whatever is changed; only its negative TTL is the plan's.
      auto& counts = by_type[type];
      if (!before && after) ++counts.added;
      if (before && !after) ++counts.removed;
      if (!before || !after) continue;
      const bool is_other = type != RrType::SOA && before->rdata != after->rdata;
      counts.changed += is_other ? 1u : 0u;
      counts.ttls += !is_other && before->ttl != after->ttl ? 1u : 0u;
    }
    std::vector<std::string> texts;
    add_texts(dns::to_string(RrType::PTR), by_type[RrType::PTR], texts);
    for (const auto& [type, counts] : by_type) {
      if (type != RrType::PTR) add_texts(dns::to_string(type), counts, texts);
    }
    if (!texts.empty()) summary_.what.push_back(fmt::format("{}", fmt::join(texts, ", ")));
  }

  void addresses() {
    std::set<IpAddress> all;
    for (const auto& [key, change] : net_changes(plan_)) {
      const auto& [owner, type] = key.second;
      if (const auto ip = dns::address_of_reverse(owner)) all.insert(*ip);
      if (type != RrType::A && type != RrType::AAAA) continue;
      for (const auto* version : {change.before, change.after}) {
        const auto* other = version == change.before ? change.after : change.before;
        if (!*version) continue;
        for (const auto& rdata : (*version)->rdata) {
          const auto ip = IpAddress::parse(dns::rdata_text(type, rdata));
          if (ip && !has(*other, rdata)) all.insert(*ip);
        }
      }
    }
    for (const auto& phase : plan_.phases) {
      for (const auto& manual : phase.manual) all.insert(manual.addresses.begin(), manual.addresses.end());
    }
    if (all.empty()) return;
    summary_.what.push_back(fmt::format("{}: {}", counted(all.size(), "address", "addresses"),
                                        ranges_text({all.begin(), all.end()})));
  }

  void hosts() {
    std::map<HostAction, std::size_t> actions;
    for (const auto& phase : plan_.phases) {
      for (const auto& manual : phase.manual) ++actions[manual.action];
    }
    std::vector<std::string> parts;
    for (const auto& [action, count] : actions)
      parts.push_back(count == 1 ? std::string(deed_of(action))
                                 : fmt::format("{} ({} times)", deed_of(action), count));
    if (!parts.empty()) summary_.what.push_back(fmt::format("hosts: {}", fmt::join(parts, ", ")));
  }

  void whole() {
    const auto begun =
        static_cast<std::size_t>(std::count_if(plan_.phases.begin(), plan_.phases.end(),
                                               [](const Phase& phase) { return phase.id != "preflight"; }));
    const bool lowers = std::any_of(plan_.phases.begin(), plan_.phases.end(),
                                    [](const Phase& phase) { return phase.id == "lower-ttl"; });
    summary_.what.push_back(fmt::format("{} in {}{}", counted(plan_.changes, "change", "changes"),
                                        counted(begun, "phase", "phases"),
                                        lowers ? ": TTLs are lowered first and restored last" : ""));
  }

  void when() {
    auto& lines = summary_.when;
    if (plan_.total == seconds(0)) {
      lines.push_back(fmt::format("{}: {} of TTLs alone, that need no wait", times_.text(seconds(0)),
                                  counted(plan_.changes, "change", "changes")));
    } else {
      lines.push_back(fmt::format("{} to {}, at least {} from the first change to the last wait",
                                  times_.text(seconds(0)), times_.text(plan_.total),
                                  format_duration(times_.since(plan_.total))));
    }
    if (worst_.at(plan_.worst_total) > times_.at(plan_.total)) {
      lines.push_back(fmt::format(
          "at worst until {} ({}): no NOTIFY arrives, and name servers look after the refresh of each zone",
          worst_.text(plan_.worst_total), format_duration(worst_.since(plan_.worst_total))));
    }
    std::vector<std::string> windows;
    for (const auto& window : plan_.windows) windows.push_back(window.text());
    if (!windows.empty()) lines.push_back(fmt::format("steps only within {}", fmt::join(windows, " or ")));
    if (auto letters = letters_of_the_zone(); !letters.empty()) lines.push_back(std::move(letters));
  }

  /// What the letters behind each time mean.
  std::string letters_of_the_zone() const {
    const auto& clock = times_.clock();
    std::vector<std::string> offsets;
    for (const auto time : {times_.at(seconds(0)), times_.at(plan_.total), worst_.at(plan_.worst_total),
                            plan_.facts_taken_at}) {
      if (clock.abbreviation(time) == clock.offset(time)) continue;
      auto one = fmt::format("{} is {}", clock.abbreviation(time), clock.offset(time));
      if (std::find(offsets.begin(), offsets.end(), one) == offsets.end()) offsets.push_back(std::move(one));
    }
    return offsets.empty() ? std::string()
                           : fmt::format("times as in {}: {}", clock.zone(), fmt::join(offsets, ", "));
  }

  void risk() {
    auto& lines = summary_.risk;
    if (plan_.exposure > seconds(0)) {
      lines.push_back(fmt::format("all at once: mail may be refused for up to {} after the last change",
                                  format_duration(plan_.exposure)));
    }
    if (plan_.total > seconds(0)) rollback();
    if (!plan_.despite.empty())
      lines.push_back(
          fmt::format("addresses are taken from names in use: {}", fmt::join(plan_.despite, ", ")));
    std::size_t by_hand = 0;
    for (const auto& phase : plan_.phases) {
      by_hand += static_cast<std::size_t>(std::count_if(
          phase.steps.begin(), phase.steps.end(), [](const Step& step) { return !step.by_hand.empty(); }));
    }
    if (by_hand > 0)
      lines.push_back(fmt::format("{} by hand, each with its reason", counted(by_hand, "change", "changes")));
    if (!plan_.left_out.empty())
      lines.push_back(fmt::format("left out, as not enough is known of it: {} (at the end)",
                                  counted(plan_.left_out.size(), "entry", "entries")));
    if (!plan_.notes.empty())
      lines.push_back(fmt::format("{} at the end", counted(plan_.notes.size(), "note", "notes")));
  }

  void rollback() {
    if (plan_.cheap_return_until >= plan_.total && plan_.exposure == seconds(0)) {
      summary_.risk.emplace_back("rollback is cheap at any time, phase by phase, the last one first");
      return;
    }
    summary_.risk.push_back(fmt::format(
        "rollback is cheap until {} (+{}); after that, resolvers may have cached the absence of what was "
        "removed",
        times_.text(plan_.cheap_return_until), format_duration(times_.since(plan_.cheap_return_until))));
  }

  const Plan& plan_;
  Timetable times_, worst_;
  Summary summary_;
};

}  // namespace

std::vector<ZonePart> zone_parts(const Plan& plan) {
  std::vector<ZonePart> parts;
  std::map<Name, std::size_t> known;
  std::set<std::pair<Name, RecordKey>> seen;
  for (const auto& phase : plan.phases) {
    for (const auto& step : phase.steps) {
      const auto [at, is_new] = known.try_emplace(step.zone, parts.size());
      if (is_new) parts.push_back({step.zone, step.managed_by, step.contact, 0});
      if (seen.insert({step.zone, {step.owner, step.type}}).second) ++parts[at->second].records;
    }
  }
  return parts;
}

Summary summary_of(const Plan& plan, Time start) { return Summarizer(plan, start).run(); }

}  // namespace rdnsgate::plan
