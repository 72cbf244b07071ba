// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/adapters/replay.h"

#include <utility>
#include <vector>

namespace rdnsgate::resolve {
namespace {

class ReplayPanel : public dns::Panel {
 public:
  explicit ReplayPanel(dns::Snapshot&& snapshot) : snapshot_(std::move(snapshot)) {}

  const std::vector<dns::VantageInfo>& vantages() const override { return snapshot_.head.vantages; }
  void set_sink(dns::FactSink sink) override { sink_ = std::move(sink); }
  std::size_t room(dns::VantageIndex) const override {
    return asked_.size() < window ? window - asked_.size() : 0;
  }
  void ask(const dns::Question& question) override { asked_.push_back(question); }

  std::size_t run_once(milliseconds) override {
    const auto asked = std::exchange(asked_, {});
    for (const auto& question : asked) {
      auto fact = snapshot_.facts.find(question);
      if (sink_) sink_(fact ? std::move(*fact) : unknown(question));
    }
    return asked.size();
  }

 private:
  static constexpr std::size_t window = 1000;

  dns::Fact unknown(const dns::Question& question) const {
    dns::Fact fact;
    fact.question = question;
    fact.tries = 0;
    fact.reason = "not in the snapshot";
    fact.asked_at = snapshot_.head.taken_at;
    return fact;
  }

  dns::Snapshot snapshot_;
  dns::FactSink sink_;
  std::vector<dns::Question> asked_;
};

}  // namespace

std::unique_ptr<dns::Panel> make_replay(dns::Snapshot&& snapshot) {
  return std::make_unique<ReplayPanel>(std::move(snapshot));
}

}  // namespace rdnsgate::resolve
