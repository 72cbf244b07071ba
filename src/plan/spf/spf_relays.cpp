// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/spf/spf_relays.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <set>
#include <utility>

#include "mailauth/spf/spf_groups.h"
#include "plan/operation/final_world.h"
#include "plan/spf/relay_ranges.h"
#include "plan/world/spf_edit.h"
#include "plan/world/spf_world.h"

namespace rdnsgate::plan {
namespace {

using inventory::Domain;
using inventory::Relay;
using mailauth::SpfGroup;
using mailauth::SpfResult;

std::string decided_by(const SpfGroup& group) {
  const auto& decider = group.outcome.decider;
  return decider ? fmt::format("{} of {}", decider->term, decider->domain) : group.outcome.results.text();
}

class RelayCheck {
 public:
  RelayCheck(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals)
      : now_(now),
        base_(base),
        picture_(picture),
        goals_(goals),
        final_(picture, goals.operations),
        before_(spf_asker(picture, [&](std::size_t set) { return spf_live(picture, set); })),
        after_(spf_asker(picture, [&](std::size_t set) { return std::vector{final_.value(set)}; })) {}

  void run() {
    for (const auto& domain : now_.domains) {
      const auto top = picture_.find(domain.name, RrType::TXT);
      if (top == none || !picture_.sets[top].problem.empty()) continue;
      const auto* earlier = domain_in(base_, domain.name);
      for (const auto* relay : relays_of(now_, domain)) {
        const bool is_new = earlier != nullptr && !names_relay(*earlier, relay->name);
        is_new ? check_new(domain, *relay) : check_kept(domain, *relay);
      }
      if (earlier == nullptr) continue;
      for (const auto* relay : relays_of(*base_, *earlier)) {
        if (!names_relay(domain, relay->name)) check_left(domain, *relay);
      }
    }
  }

 private:
  std::vector<SpfGroup> groups(mailauth::SpfEvaluator& evaluator, const Domain& domain,
                               const std::vector<AddressRange>& ranges) {
    mailauth::SpfIdentity who;
    who.sender_domain = domain.name;
    return mailauth::spf_groups(evaluator, who, domain.name, ranges).groups;
  }

  static bool is_refused(const SpfGroup& group) {
    return !group.outcome.results.may_be(SpfResult::pass) && !group.asked_together;
  }

  void check_kept(const Domain& domain, const Relay& relay) {
    const auto ranges = ranges_of(picture_, relay);
    std::vector<AddressRange> passing;
    for (const auto& group : groups(before_, domain, ranges)) {
      if (group.outcome.results.is(SpfResult::pass))
        passing.insert(passing.end(), group.ranges.begin(), group.ranges.end());
    }
    if (passing.empty()) return;
    for (const auto& group : groups(after_, domain, ranges)) {
      if (group.outcome.results.is(SpfResult::pass)) continue;
      const auto* lost = first_shared(group.ranges, passing);
      if (lost == nullptr) continue;
      return problem(fmt::format(
          "mail of {} by {} would no longer pass SPF from {} ({}): give the relay an `spf` term of its own "
          "that lets it through, or keep what does",
          domain.name.text(), relay.name, lost->to_string(), decided_by(group)));
    }
  }

  void check_new(const Domain& domain, const Relay& relay) {
    const auto ranges = ranges_of(picture_, relay);
    for (const auto& group : groups(after_, domain, ranges)) {
      if (!is_refused(group)) continue;
      if (relay.spf.empty()) {  // it may have a MAIL FROM that nobody declared
        return goals_.note(
            "The SPF record of {} does not let {} through ({}), which has no `spf` term: give it one, or "
            "declare its `mail_from`.",
            domain.name.text(), relay.name, group.ranges.front().to_string());
      }
      return problem(fmt::format(
          "{} is to send mail of {} from {}, which its SPF record would not let through ({}): correct `spf` "
          "or `addresses` of the relay",
          relay.name, domain.name.text(), group.ranges.front().to_string(), decided_by(group)));
    }
    await_additions(domain, relay, ranges);
  }

  /// By whatever term it is let through, its own or what is added for others: it begins when everybody has that.
  void await_additions(const Domain& domain, const Relay& relay, const std::vector<AddressRange>& ranges) {
    const auto start = std::find_if(goals_.operations.begin(), goals_.operations.end(), [&](const Operation& one) {
      if (one.kind != Kind::start_relay) return false;
      const auto& service = goals_.services[one.starts.front()];
      return service.domain == domain.name && service.name == relay.name;
    });
    if (start == goals_.operations.end()) return;
    std::set<std::size_t> asked;
    mailauth::SpfEvaluator both(
        spf_asker(picture_, [&](std::size_t set) { return final_.meanwhile(set); }, &asked));
    for (const auto& group : groups(before_, domain, ranges)) {
      if (!group.outcome.results.is(SpfResult::pass))
        both.exhaust({group.ranges.front().first, std::nullopt, domain.name, std::nullopt}, domain.name);
    }
    for (const auto set : asked) {
      if (final_.is_changed(set)) start->rests_on.push_back(set);
    }
  }

  void check_left(const Domain& domain, const Relay& relay) {
    const auto ranges = ranges_of(picture_, relay);
    if (ranges.empty()) return;
    const auto others = others_of(domain);
    auto without_others = evaluator_without_relays(domain);
    for (const auto& group : groups(without_others, domain, ranges)) {
      if (!group.outcome.results.may_be(SpfResult::pass)) continue;
      const auto alone = std::find_if(
          group.ranges.begin(), group.ranges.end(),
          [&](const AddressRange& range) { return first_shared({range}, others) == nullptr; });
      if (alone == group.ranges.end()) continue;
      if (group.outcome.results.is(SpfResult::pass)) {
        goals_.note(
            "The SPF record of {} still lets {} through, which it left ({}): by {}. Take that out where it "
            "stands.",
            domain.name.text(), relay.name, alone->to_string(), decided_by(group));
      } else {
        goals_.note("Whether the SPF record of {} still lets {} through, which it left ({}), is not known.",
                    domain.name.text(), relay.name, alone->to_string());
      }
      return;
    }
  }

  /// Of the record as it is in the end, but for the terms of relays that the domain goes on to send through: what they
  /// let through is theirs, whoever else that is.
  mailauth::SpfEvaluator evaluator_without_relays(const Domain& domain) {
    const auto top = picture_.behind(picture_.find(domain.name, RrType::TXT));
    auto left = final_.value(top);
    for (const auto* relay : relays_of(now_, domain)) {
      if (left) left->rdata = spf_without_terms(std::move(left->rdata), relay->spf);
    }
    return mailauth::SpfEvaluator(spf_asker(picture_, [this, top, left](std::size_t set) {
      return std::vector{picture_.behind(set) == top ? left : final_.value(set)};
    }));
  }

  /// Addresses of all who send for the domain.
  std::vector<AddressRange> others_of(const Domain& domain) {
    std::vector<AddressRange> all;
    for (const auto* relay : relays_of(now_, domain)) {
      const auto ranges = ranges_of(picture_, *relay);
      all.insert(all.end(), ranges.begin(), ranges.end());
    }
    for (const auto& address : now_.addresses) {
      if (names_relay(domain, now_.sender_of(address).name)) all.push_back({address.ip, address.ip});
    }
    return all;
  }

  void problem(std::string text) { goals_.problems.push_back(std::move(text)); }

  const Inventory& now_;
  const Inventory* base_;
  const Picture& picture_;
  Goals& goals_;
  FinalWorld final_;
  mailauth::SpfEvaluator before_, after_;
};

}  // namespace

void check_relays_in_spf(const Inventory& now, const Inventory* base, const Picture& picture, Goals& goals) {
  if (now.domains.empty()) return;
  RelayCheck(now, base, picture, goals).run();
}

}  // namespace rdnsgate::plan
