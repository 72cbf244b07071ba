// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_groups.h"

#include <fmt/format.h>

#include <algorithm>
#include <optional>
#include <string>
#include <unordered_map>
#include <utility>

namespace rdnsgate::mailauth {
namespace {

/// What two outcomes have in common where it is the same one.
std::string key_of(const SpfOutcome& outcome, bool asked_together) {
  auto key = fmt::format("{}|{}|{}|{}{}{}{}|{}", outcome.results.text(), outcome.lookups, outcome.voids,
                         int{outcome.by_address}, int{outcome.unknown}, int{outcome.by_ip},
                         int{asked_together}, outcome.why);
  const auto add = [&](std::string_view text) { key.append(1, '\0').append(text); };
  if (outcome.decider) add(outcome.decider->domain), add(outcome.decider->term);
  for (const auto& one : outcome.missing) add(one.name.wire()), add(dns::to_string(one.type));
  return key;
}

class Sweep {
 public:
  Sweep(SpfEvaluator& evaluator, SpfIdentity&& who, const SpfDomain& domain, const SpfEffort& effort)
      : evaluator_(evaluator), who_(std::move(who)), domain_(domain), effort_(effort) {}

  SpfGroups run(std::span<const AddressRange> ranges) {
    ranges_ = ranges;
    while (!ranges_.empty()) {
      if (!at_) at_ = ranges_.front().first;
      if (terms_ >= effort_.terms) {
        take(std::nullopt, groups_.left_out);
        continue;
      }
      who_.ip = *at_;
      auto outcome = evaluator_.evaluate_around(who_, domain_);
      terms_ += outcome.terms + 1;
      const bool is_apart = outcome.by_ip;
      if (is_apart) each(outcome.same.until());
      if (!is_before(outcome.same.until())) continue;
      if (is_apart) {
        // What is not asked may fail, and may count towards a limit.
        outcome.results.add(SpfResult::temperror);
        outcome.results.add(SpfResult::permerror);
      }
      add(std::move(outcome), is_apart);
    }
    return std::move(groups_);
  }

 private:
  /// There is an address left that stands before `until`.
  bool is_before(const std::optional<IpAddress>& until) const {
    return !ranges_.empty() && at_ && at_->is_v4() == who_.ip.is_v4() && (!until || *at_ < *until);
  }

  /// Those before `until` one by one, as long as that is allowed.
  void each(const std::optional<IpAddress>& until) {
    while (is_before(until) && one_by_one_ < effort_.one_by_one && terms_ < effort_.terms) {
      ++one_by_one_;
      who_.ip = *at_;
      auto outcome = evaluator_.evaluate(who_, domain_);
      terms_ += outcome.terms + 1;
      add(std::move(outcome), false);
    }
  }

  void add(SpfOutcome&& outcome, bool asked_together) {
    const auto until = outcome.same.until();
    const auto [known, is_new] = by_outcome_.emplace(key_of(outcome, asked_together), groups_.groups.size());
    if (is_new) groups_.groups.push_back({{}, std::move(outcome), asked_together});
    take(until, groups_.groups[known->second].ranges);
  }

  /// Moves what is left of the family before `until` to `to`.
  void take(const std::optional<IpAddress>& until, std::vector<AddressRange>& to) {
    const bool is_v4 = at_->is_v4();
    while (!ranges_.empty() && at_->is_v4() == is_v4 && (!until || *at_ < *until)) {
      const auto& range = ranges_.front();
      const bool is_cut = until && *until <= range.last;
      const AddressRange taken{*at_, is_cut ? address_before(*until) : range.last};
      if (!to.empty() && are_neighbours(to.back().last, taken.first))
        to.back().last = taken.last;
      else
        to.push_back(taken);
      if (is_cut) {
        at_ = until;
        return;
      }
      ranges_ = ranges_.subspan(1);
      at_ = ranges_.empty() ? std::nullopt : std::optional(ranges_.front().first);
    }
  }

  SpfEvaluator& evaluator_;
  SpfIdentity who_;
  const SpfDomain& domain_;
  const SpfEffort effort_;
  std::span<const AddressRange> ranges_;  ///< not wholly done
  std::optional<IpAddress> at_;           ///< the next address, in the first of them
  std::size_t one_by_one_ = 0, terms_ = 0;
  SpfGroups groups_;
  std::unordered_map<std::string, std::size_t> by_outcome_;
};

}  // namespace

SpfGroups spf_groups(SpfEvaluator& evaluator, SpfIdentity who, const SpfDomain& domain,
                     std::span<const AddressRange> ranges, const SpfEffort& effort) {
  return Sweep(evaluator, std::move(who), domain, effort).run(ranges);
}

SpfGroups spf_groups(const SpfAsker& asker, SpfIdentity who, const SpfDomain& domain,
                     std::span<const AddressRange> ranges, const SpfEffort& effort) {
  SpfEvaluator evaluator(asker, SpfEvaluator::Keep::answers);
  return spf_groups(evaluator, std::move(who), domain, ranges, effort);
}

}  // namespace rdnsgate::mailauth
