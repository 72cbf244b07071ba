// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <deque>
#include <functional>
#include <map>
#include <optional>
#include <tuple>
#include <utility>

#include "dns/facts/vantage.h"

namespace rdnsgate::test {

/// A panel that answers from a script, counts what it was asked and delivers as late as it is told to.
class ScriptedPanel : public dns::Panel {
 public:
  explicit ScriptedPanel(std::vector<dns::VantageInfo> infos) : infos_(std::move(infos)) {}

  /// What the vantage answers; anything that is not set is answered NODATA, for which an SOA record vouches.
  void set(dns::VantageIndex vantage, const std::string& name, dns::RrType type, dns::Fact fact) {
    script_[{vantage, dns::Name::parse(name).value().wire(), type}] = std::move(fact);
  }
  void answer(dns::VantageIndex vantage, const std::string& name, dns::RrType type,
              const std::string& rdata) {
    dns::Fact fact;
    fact.outcome = dns::Outcome::answer;
    fact.answer = {{dns::Name::parse(name).value(), type, 300, {rdata}}};
    set(vantage, name, type, std::move(fact));
  }
  void fail(dns::VantageIndex vantage, const std::string& name, dns::RrType type, dns::Outcome outcome) {
    dns::Fact fact;
    fact.outcome = outcome;
    set(vantage, name, type, std::move(fact));
  }
  /// Every question at this vantage ends so.
  void fail_all(dns::VantageIndex vantage, dns::Outcome outcome) { failing_[vantage] = outcome; }
  /// Questions at this vantage get no fact, ever.
  void swallow(dns::VantageIndex vantage) { swallowed_ = vantage; }

  std::size_t window = 1000;
  /// Comes before the script; nullopt: the script answers.
  std::function<std::optional<dns::Fact>(const dns::Question&)> improvise;
  bool newest_first = false;  ///< answers in the reverse order of asking
  std::map<std::tuple<dns::VantageIndex, std::string, dns::RrType>, int> asked;
  std::size_t most_in_flight = 0;
  bool authoritative = false;

  const std::vector<dns::VantageInfo>& vantages() const override { return infos_; }
  void set_sink(dns::FactSink sink) override { sink_ = std::move(sink); }
  std::size_t room(dns::VantageIndex) const override {
    return queue_.size() >= window ? 0 : window - queue_.size();
  }
  void ask(const dns::Question& question) override {
    ++asked[{question.vantage, question.name.wire(), question.type}];
    if (swallowed_ == question.vantage) return;
    queue_.push_back(question);
    most_in_flight = std::max(most_in_flight, queue_.size());
  }
  std::size_t run_once(milliseconds) override {
    if (queue_.empty()) return 0;
    const dns::Question question = newest_first ? queue_.back() : queue_.front();
    newest_first ? queue_.pop_back() : queue_.pop_front();
    dns::Fact fact;
    fact.outcome = dns::Outcome::nodata;
    fact.soa = dns::RRset{dns::Name(), dns::RrType::SOA, 300, {soa_rdata()}};
    const auto scripted = script_.find({question.vantage, question.name.wire(), question.type});
    if (scripted != script_.end()) fact = scripted->second;
    if (improvise) fact = improvise(question).value_or(std::move(fact));
    if (failing_.contains(question.vantage))
      fact = dns::Fact{.question = {}, .outcome = failing_[question.vantage]};
    fact.question = question;
    fact.authoritative = fact.authoritative || authoritative;
    sink_(std::move(fact));
    return 1;
  }

 private:
  /// Root names, and five times of zero.
  static std::string soa_rdata() { return std::string(2 + 5 * 4, '\0'); }

  std::vector<dns::VantageInfo> infos_;
  dns::FactSink sink_;
  std::map<std::tuple<dns::VantageIndex, std::string, dns::RrType>, dns::Fact> script_;
  std::map<dns::VantageIndex, dns::Outcome> failing_;
  std::optional<dns::VantageIndex> swallowed_;
  std::deque<dns::Question> queue_;
};

}  // namespace rdnsgate::test
