// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/over/over.h"

#include <fmt/format.h>

#include <algorithm>
#include <chrono>
#include <deque>
#include <map>
#include <tuple>
#include <utility>
#include <vector>

#include "resolve/net/loop.h"
#include "resolve/over/proposed_cut.h"

namespace rdnsgate::resolve {
namespace {

using dns::Fact;
using dns::FromFiles;
using dns::Name;
using dns::Outcome;
using dns::Question;
using dns::RrType;

/// As many as ZoneSet follows, over both together.
constexpr std::size_t max_aliases = 16;

/// A resolver's word for a zone that does not work: where an alias points into the files, that is the zone as it
/// is, and the alias itself may well be had.
bool may_hide_an_alias(const Fact& fact) {
  switch (fact.outcome) {
    case Outcome::servfail:
    case Outcome::refused:
    case Outcome::bogus:
    case Outcome::unanswered:
      return fact.question.type != RrType::CNAME;
    default:
      return false;
  }
}

/// A question on its way, link by link.
struct Course {
  Question question;
  Name at;                          ///< that is looked up now
  std::vector<dns::RRset> aliases;  ///< that lead to it
  bool from_files = false, asked = false;
  /// What was asked, in sum: an answer of several parts is worth no more than the least of them.
  bool authoritative = true;
  std::optional<Fact> failed;     ///< of the name, while it is asked whether that is an alias
  std::optional<Fact> of_zone{};  ///< what the files have for the apex, while its delegation is asked for
  std::string server;
  std::uint32_t rtt_us = 0;
};

using Key = std::tuple<dns::VantageIndex, RrType, Name>;
Key key_of(const Question& question) { return {question.vantage, question.type, question.name}; }

class OverPanel : public dns::Panel {
 public:
  OverPanel(ZoneSet zones, std::unique_ptr<dns::Panel> below, std::optional<Time> as_of)
      : zones_(std::move(zones)), below_(std::move(below)), as_of_(as_of) {
    below_->set_sink([this](Fact&& fact) {
      fact.from_files = FromFiles::none;  // of these files: a snapshot may have been made over others
      arrived_.push_back(std::move(fact));
    });
  }

  const std::vector<dns::VantageInfo>& vantages() const override { return below_->vantages(); }
  void set_sink(dns::FactSink sink) override { sink_ = std::move(sink); }
  std::size_t room(dns::VantageIndex vantage) const override {
    const std::size_t own = queue_.size() < window ? window - queue_.size() : 0;
    return std::min(own, below_->room(vantage));
  }
  void ask(const Question& question) override { queue_.push_back(question); }

  std::vector<dns::ServerTimes> server_times() const override { return below_->server_times(); }

  std::size_t run_once(milliseconds max_wait) override {
    delivered_ = 0;
    const auto deadline = Clock::now() + max_wait;
    while (true) {
      for (auto& question : std::exchange(queue_, {})) go_on(begin(std::move(question)));
      for (auto& fact : std::exchange(arrived_, {})) arrive(std::move(fact));
      const bool last = delivered_ > 0 || Clock::now() >= deadline;
      if (waiting_.empty() && last) return delivered_;
      // What was asked below is begun and served even where the files had answers.
      const auto left = std::chrono::ceil<milliseconds>(deadline - Clock::now());
      below_->run_once(last ? milliseconds(0) : std::max(left, milliseconds(0)));
      if (last && arrived_.empty()) return delivered_;
    }
  }

 private:
  static constexpr std::size_t window = 1000;

  Time now() const {
    return as_of_ ? *as_of_ : std::chrono::floor<seconds>(std::chrono::system_clock::now());
  }

  static Course begin(Question&& question) {
    Course course;
    course.at = question.name;
    course.question = std::move(question);
    return course;
  }

  /// Looks the name up in the files, and asks for what they do not have.
  void go_on(Course&& course) {
    const auto begun = Clock::now();
    auto [fact, outside] = zones_.begin({course.question.vantage, course.at, course.question.type});
    for (auto& set : fact.answer) course.aliases.push_back(std::move(set));
    if (!outside) {
      fact.rtt_us = microseconds_between(begun, Clock::now());
      fact.asked_at = now();
      course.from_files = true;
      return end_in_files(std::move(course), std::move(fact));
    }
    course.from_files = course.from_files || *outside != course.at;
    course.at = std::move(*outside);
    if (too_many(course)) return;
    want(std::move(course), course.question.type);
  }

  void want(Course&& course, RrType type) {
    const Question question{course.question.vantage, course.at, type};
    auto& waiting = waiting_[key_of(question)];
    waiting.push_back(std::move(course));
    if (waiting.size() == 1) below_->ask(question);
  }

  void arrive(Fact&& fact) {
    const auto found = waiting_.find(key_of(fact.question));
    if (found == waiting_.end()) return;
    auto waiting = std::exchange(found->second, {});
    waiting_.erase(found);
    for (auto& course : waiting) told(std::move(course), fact);
  }

  /// What the world says of the name that the course is at.
  void told(Course&& course, const Fact& fact) {
    if (course.of_zone) return deliver(with_delegation(std::move(*course.of_zone), fact));
    if (course.failed) return told_alias(std::move(course), fact);
    // An alias of which one knows only that something on the way is bogus may be it.
    if (fact.outcome != Outcome::bogus && follow(course, fact)) return;
    if (may_hide_an_alias(fact) && fact.answer.empty()) {
      course.failed = fact;
      return want(std::move(course), RrType::CNAME);
    }
    end_outside(std::move(course), fact);
  }

  /// It could not be looked up, and this is whether it is an alias.
  void told_alias(Course&& course, const Fact& fact) {
    if (dns::is_positive(fact.outcome) && fact.rrset() != nullptr) {
      Fact as_chain = fact;
      as_chain.question.type = course.question.type;  // for aliases(), which are none of a CNAME question
      auto on_alias = course;
      on_alias.failed.reset();
      if (follow(on_alias, as_chain)) return;
    }
    const Fact failed = std::move(*course.failed);
    course.failed.reset();
    end_outside(std::move(course), failed);
  }

  /// Along the aliases of an answer to the first that points into the files, where they go on. False, and the
  /// course untouched, where none does.
  bool follow(Course& course, const Fact& fact) {
    for (const auto& alias : fact.aliases()) {
      if (!zones_.hold(alias.target, course.question.type)) continue;
      note(course, fact);
      for (const auto& set : fact.answer) {
        course.aliases.push_back(set);
        if (set.type == RrType::CNAME && set.owner == alias.owner) break;
      }
      course.at = alias.target;
      if (!too_many(course)) go_on(std::move(course));
      return true;
    }
    return false;
  }

  static void note(Course& course, const Fact& fact) {
    course.asked = true;
    course.authoritative = course.authoritative && fact.authoritative;
    course.server = fact.server;
    course.rtt_us = std::max(course.rtt_us, fact.rtt_us);
  }

  /// True, and the course ended, where it leads through more aliases than anybody follows: a loop comes here, too.
  bool too_many(Course& course) {
    const auto aliases = std::count_if(course.aliases.begin(), course.aliases.end(),
                                       [](const auto& set) { return set.type == RrType::CNAME; });
    if (static_cast<std::size_t>(aliases) < max_aliases) return false;
    Fact fact;
    fact.question = course.question;
    fact.answer = std::move(course.aliases);
    fact.reason = fmt::format("more than {} aliases", max_aliases);
    fact.from_files = FromFiles::part;
    fact.asked_at = now();
    deliver(std::move(fact));
    return true;
  }

  void end_in_files(Course&& course, Fact&& fact) {
    fact.question = std::move(course.question);
    fact.answer = std::move(course.aliases);
    if (course.asked) {
      fact.from_files = FromFiles::part;
      fact.authoritative = course.authoritative;
      fact.server = std::move(course.server);
      fact.rtt_us = course.rtt_us;
    } else if (wants_delegation(fact)) {
      Course of_parent;
      of_parent.at = fact.question.name;
      of_parent.question = fact.question;
      of_parent.of_zone = std::move(fact);
      return want(std::move(of_parent), RrType::SOA);
    }
    deliver(std::move(fact));
  }

  void end_outside(Course&& course, const Fact& told) {
    Fact fact = told;
    note(course, told);
    if (course.from_files || !course.aliases.empty()) {
      course.aliases.insert(course.aliases.end(), told.answer.begin(), told.answer.end());
      fact.answer = std::move(course.aliases);
      fact.authoritative = course.authoritative;
      fact.from_files = FromFiles::part;
      // Nobody proved the records of the files, which are not published.
      if (fact.security != dns::Security::bogus) fact.security = dns::Security::unknown;
      fact.authenticated = false;
      fact.delegation.reset();
    }
    fact.question = std::move(course.question);
    deliver(std::move(fact));
  }

  /// Both sides of a zone's cut are asked for with its SOA record.
  bool wants_delegation(const Fact& fact) const {
    return fact.question.type == RrType::SOA && dns::is_positive(fact.outcome) &&
           vantages()[fact.question.vantage].kind == dns::VantageKind::authoritative &&
           zones_.zone(fact.question.name) != nullptr;
  }

  Fact with_delegation(Fact fact, const Fact& told) const {
    fact.delegation_failure = told.delegation_failure;
    if (told.delegation == nullptr) {
      if (!dns::is_definite(told.outcome) && fact.delegation_failure.empty())
        fact.delegation_failure = told.reason.empty() ? std::string(to_string(told.outcome)) : told.reason;
      return fact;
    }
    const auto ns = zones_.begin({fact.question.vantage, fact.question.name, RrType::NS}).fact;
    auto delegation = *told.delegation;
    if (const auto* set = ns.rrset()) delegation.cut = with_name_servers(std::move(delegation.cut), *set);
    fact.delegation = std::make_shared<const dns::Delegation>(std::move(delegation));
    return fact;
  }

  void deliver(Fact&& fact) {
    ++delivered_;
    if (sink_) sink_(std::move(fact));
  }

  ZoneSet zones_;
  std::unique_ptr<dns::Panel> below_;
  std::optional<Time> as_of_;
  dns::FactSink sink_;
  std::deque<Question> queue_;
  std::deque<Fact> arrived_;
  std::map<Key, std::vector<Course>> waiting_;  ///< for what was asked below
  std::size_t delivered_ = 0;
};

}  // namespace

std::unique_ptr<dns::Panel> lay_over(ZoneSet zones, std::unique_ptr<dns::Panel> below,
                                     std::optional<Time> as_of) {
  return std::make_unique<OverPanel>(std::move(zones), std::move(below), as_of);
}

}  // namespace rdnsgate::resolve
