// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/drill/altered_panel.h"

#include <utility>

namespace rdnsgate::run {
namespace {

bool says_the_same(const dns::Fact& a, const dns::Fact& b) {
  return a.outcome == b.outcome && a.answer == b.answer && a.security == b.security;
}

class AlteredPanel : public dns::Panel {
 public:
  AlteredPanel(dns::Panel& below, const Fault* fault, Changed* changed, std::optional<dns::VantageIndex> only)
      : below_(below),
        fault_(fault),
        changed_(changed),
        first_(only.value_or(0)),
        vantages_(below.vantages()) {
    if (only) vantages_ = {below.vantages()[*only]};
    if (changed_ != nullptr) changed_->answers.resize(below.vantages().size());
  }
  ~AlteredPanel() override { below_.set_sink({}); }
  AlteredPanel(const AlteredPanel&) = delete;
  AlteredPanel& operator=(const AlteredPanel&) = delete;

  const std::vector<dns::VantageInfo>& vantages() const override { return vantages_; }
  void set_sink(dns::FactSink sink) override {
    sink_ = std::move(sink);
    below_.set_sink([this](dns::Fact&& fact) { deliver(std::move(fact)); });
  }
  std::size_t room(dns::VantageIndex vantage) const override { return below_.room(below_of(vantage)); }
  void ask(const dns::Question& question) override {
    auto moved = question;
    moved.vantage = below_of(question.vantage);
    below_.ask(moved);
  }
  std::size_t run_once(milliseconds max_wait) override { return below_.run_once(max_wait); }

 private:
  dns::VantageIndex below_of(dns::VantageIndex vantage) const {
    return static_cast<dns::VantageIndex>(vantage + first_);
  }

  void deliver(dns::Fact&& fact) {
    if (fault_ != nullptr && fault_->touches && fault_->touches(fact.question)) alter(fact);
    fact.question.vantage = static_cast<dns::VantageIndex>(fact.question.vantage - first_);
    if (sink_) sink_(std::move(fact));
  }

  void alter(dns::Fact& fact) {
    if (changed_ == nullptr) return fault_->alter(fact);
    const auto before = fact;
    fault_->alter(fact);
    if (says_the_same(before, fact)) return;
    changed_->names.insert(fact.question.name);
    ++changed_->answers[fact.question.vantage];
  }

  dns::Panel& below_;
  const Fault* fault_;
  Changed* changed_;
  dns::VantageIndex first_;
  std::vector<dns::VantageInfo> vantages_;
  dns::FactSink sink_;
};

}  // namespace

std::unique_ptr<dns::Panel> alter_panel(dns::Panel& below, const Fault* fault, Changed* changed,
                                        std::optional<dns::VantageIndex> only) {
  return std::make_unique<AlteredPanel>(below, fault, changed, only);
}

}  // namespace rdnsgate::run
