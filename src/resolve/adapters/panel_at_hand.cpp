// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/adapters/panel_at_hand.h"

#include <utility>

namespace rdnsgate::resolve {
namespace {

class PanelAtHand : public dns::Panel {
 public:
  PanelAtHand(std::vector<dns::VantageInfo> vantages, std::function<dns::Fact(const dns::Question&)> answer)
      : vantages_(std::move(vantages)), answer_(std::move(answer)) {}

  const std::vector<dns::VantageInfo>& vantages() const override { return vantages_; }
  void set_sink(dns::FactSink sink) override { sink_ = std::move(sink); }
  std::size_t room(dns::VantageIndex) const override {
    return asked_.size() < window ? window - asked_.size() : 0;
  }
  void ask(const dns::Question& question) override { asked_.push_back(question); }

  std::size_t run_once(milliseconds) override {
    const auto asked = std::exchange(asked_, {});
    for (const auto& question : asked) {
      auto fact = answer_(question);
      if (sink_) sink_(std::move(fact));
    }
    return asked.size();
  }

 private:
  static constexpr std::size_t window = 1000;

  std::vector<dns::VantageInfo> vantages_;
  std::function<dns::Fact(const dns::Question&)> answer_;
  dns::FactSink sink_;
  std::vector<dns::Question> asked_;
};

}  // namespace

std::unique_ptr<dns::Panel> make_panel_at_hand(std::vector<dns::VantageInfo> vantages,
                                               std::function<dns::Fact(const dns::Question&)> answer) {
  return std::make_unique<PanelAtHand>(std::move(vantages), std::move(answer));
}

}  // namespace rdnsgate::resolve
