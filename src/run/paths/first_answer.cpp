// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/paths/first_answer.h"

#include <utility>

namespace rdnsgate::run {

FirstAnswerPanel::FirstAnswerPanel(dns::Panel& panel, std::vector<dns::VantageIndex> order,
                                   dns::FactStore& kept)
    : panel_(panel), order_(std::move(order)), kept_(kept), vantages_{panel.vantages()[order_.front()]} {
  panel_.set_sink([this](dns::Fact&& fact) { take(std::move(fact)); });
}

FirstAnswerPanel::~FirstAnswerPanel() { panel_.set_sink({}); }

std::size_t FirstAnswerPanel::room(dns::VantageIndex) const { return panel_.room(order_.front()); }

std::string FirstAnswerPanel::key(const dns::Question& question) {
  return question.name.wire() + std::to_string(static_cast<unsigned>(question.type));
}

void FirstAnswerPanel::ask(const dns::Question& question) {
  open_.try_emplace(key(question));
  panel_.ask({order_.front(), question.name, question.type});
}

std::size_t FirstAnswerPanel::run_once(milliseconds max_wait) {
  delivered_ = 0;
  for (; !next_.empty(); next_.pop_front()) panel_.ask(next_.front());
  panel_.run_once(max_wait);
  return delivered_;
}

void FirstAnswerPanel::take(dns::Fact&& fact) {
  kept_.insert(fact);
  const auto found = open_.find(key(fact.question));
  if (found == open_.end()) return;
  auto& open = found->second;
  const bool is_last = open.place + 1 == order_.size();
  if (is_definite(fact.outcome) || is_last) {
    const bool use_first = !is_definite(fact.outcome) && open.place > 0;
    auto chosen = use_first ? std::move(open.first) : std::move(fact);
    open_.erase(found);
    deliver(std::move(chosen));
    return;
  }
  ++open.place;
  next_.push_back({order_[open.place], fact.question.name, fact.question.type});
  if (open.place == 1) open.first = std::move(fact);
}

void FirstAnswerPanel::deliver(dns::Fact&& fact) {
  fact.question.vantage = 0;
  ++delivered_;
  if (sink_) sink_(std::move(fact));
}

std::vector<dns::VantageIndex> asking_order(const std::vector<dns::VantageInfo>& all,
                                            dns::VantageIndex nearest) {
  std::vector<dns::VantageIndex> order{nearest};
  for (dns::VantageIndex i = 0; i < all.size(); ++i) {
    if (i != nearest && !all[i].internal) order.push_back(i);
  }
  return order;
}

}  // namespace rdnsgate::run
