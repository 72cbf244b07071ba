// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/spf/coverage.h"

#include <fmt/format.h>

#include <algorithm>

#include "rules/spf/broken.h"
#include "rules/spf/case_paths.h"

namespace rdnsgate::rules {
namespace {

using mailauth::SpfGroup;
using mailauth::SpfOutcome;
using mailauth::SpfResult;

bool has(const std::vector<AddressRange>& ranges, bool is_v4) {
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const AddressRange& range) { return range.first.is_v4() == is_v4; });
}

std::string words_for(const SpfOutcome& outcome) {
  const auto result = outcome.results.text();
  if (outcome.decider) return fmt::format("{} ({})", result, shown(outcome.decider->term));
  return outcome.why.empty() ? result : fmt::format("{} ({})", result, shown(outcome.why));
}

class Coverage {
 public:
  explicit Coverage(audit::PathCase& c) : c_(c) {}

  SpfCoverage run() {
    const auto text = spf_text(c_.desk, mail_from_);
    using State = SpfText::State;
    if (text.state == State::pending) return pending();
    coverage_.is_said = is_own_ && text.state != State::good && text.state != State::unknown;
    if (coverage_.is_said) return std::move(coverage_);
    const auto ranges = ranges_of(c_.inventory, c_.path);
    mailauth::SpfIdentity who;
    who.sender_domain = mail_from_;
    if (c_.sender != nullptr && c_.sender->helo_name) who.helo = c_.sender->helo_name->text();
    const auto found = mailauth::spf_groups(
        [&](const dns::Name& name, dns::RrType type) {
          return spf_known(c_.desk, name, type, &coverage_.failed);
        },
        std::move(who), mail_from_, ranges);
    for (const auto& group : found.groups) {
      if (!group.outcome.missing.empty()) return pending();
    }
    for (const auto& group : found.groups) take(group);
    add(found.left_out, coverage_.untried);
    return std::move(coverage_);
  }

 private:
  SpfCoverage pending() {
    coverage_.is_pending = true;
    return std::move(coverage_);
  }

  void take(const SpfGroup& group) {
    const auto& results = group.outcome.results;
    if (results.is(SpfResult::pass)) return add(group.ranges, coverage_.passing);
    const bool is_certain = !results.may_be(SpfResult::pass) && !group.asked_together;
    if (!is_certain) {
      // Without a question that failed it is the mailbox, or the address, that nobody went through.
      return add(group.ranges, coverage_.failed.empty() ? coverage_.untried : coverage_.open);
    }
    if (is_own_ && is_error(results) && is_said_of_domain(group.ranges.front().first.is_v4())) {
      coverage_.is_said = true;
      return;
    }
    add(group.ranges, coverage_.refused);
    auto words = words_for(group.outcome);
    auto& why = coverage_.why;
    if (std::find(why.begin(), why.end(), words) == why.end()) why.push_back(std::move(words));
  }

  static bool is_error(const mailauth::SpfResults& results) {
    return results.may_be(SpfResult::permerror) || results.may_be(SpfResult::temperror);
  }
  bool is_said_of_domain(bool is_v4) { return is_broken(c_.desk, SpfSurvey(c_.desk, mail_from_), is_v4); }

  static void add(const std::vector<AddressRange>& ranges, std::vector<AddressRange>& to) {
    to.insert(to.end(), ranges.begin(), ranges.end());
    std::sort(to.begin(), to.end(), [](const auto& a, const auto& b) { return a.first < b.first; });
  }

  audit::PathCase& c_;
  const dns::Name mail_from_ = inventory::mail_from_of(c_.domain, c_.relay);
  const bool is_own_ = mail_from_ == c_.domain.name;  ///< rules about the domain speak of its record
  SpfCoverage coverage_;
};

}  // namespace

std::uint64_t count_of(const std::vector<AddressRange>& ranges) {
  std::uint64_t count = 0;
  for (const auto& range : ranges) {
    for (const auto& block : blocks_in(range)) {
      const auto more = block.count();
      count = more > ~std::uint64_t{0} - count ? ~std::uint64_t{0} : count + more;
    }
  }
  return count;
}

bool SpfCoverage::passes(bool is_v4) const {
  return has(passing, is_v4) && !has(refused, is_v4) && !has(open, is_v4) && !has(untried, is_v4);
}

bool SpfCoverage::refuses(bool is_v4) const {
  return has(refused, is_v4) && !has(passing, is_v4) && !has(open, is_v4) && !has(untried, is_v4);
}

SpfCoverage spf_coverage(audit::PathCase& c) { return Coverage(c).run(); }

}  // namespace rdnsgate::rules
