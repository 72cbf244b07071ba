// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <unordered_map>
#include <vector>

#include "dns/facts/fact_store.h"
#include "dns/facts/vantage.h"

namespace rdnsgate::run {

/// Several vantages as one: a question goes to the first of them, and where that cannot say, to the next. A
/// failure is what the first one met. What each answered is kept as it came.
class FirstAnswerPanel : public dns::Panel {
 public:
  /// `order`: who is asked, as indices into the vantages of `panel`, which outlives this; not empty.
  FirstAnswerPanel(dns::Panel& panel, std::vector<dns::VantageIndex> order, dns::FactStore& kept);
  ~FirstAnswerPanel() override;
  FirstAnswerPanel(const FirstAnswerPanel&) = delete;
  FirstAnswerPanel& operator=(const FirstAnswerPanel&) = delete;

  const std::vector<dns::VantageInfo>& vantages() const override { return vantages_; }
  void set_sink(dns::FactSink sink) override { sink_ = std::move(sink); }
  std::size_t room(dns::VantageIndex) const override;
  void ask(const dns::Question& question) override;
  std::size_t run_once(milliseconds max_wait) override;

 private:
  struct Open {
    std::size_t place = 0;  ///< in the order: who was asked last
    dns::Fact first;        ///< what the first one said, which is what stays where nobody can say
  };
  static std::string key(const dns::Question& question);
  void take(dns::Fact&& fact);
  void deliver(dns::Fact&& fact);

  dns::Panel& panel_;
  std::vector<dns::VantageIndex> order_;
  dns::FactStore& kept_;
  std::vector<dns::VantageInfo> vantages_;
  dns::FactSink sink_;
  std::unordered_map<std::string, Open> open_;
  std::deque<dns::Question> next_;  ///< to be asked once the panel does not run
  std::size_t delivered_ = 0;
};

/// Who is asked for what the world sees: an internal view is not, unless there is no other. `nearest` comes first.
std::vector<dns::VantageIndex> asking_order(const std::vector<dns::VantageInfo>& all,
                                            dns::VantageIndex nearest);

}  // namespace rdnsgate::run
