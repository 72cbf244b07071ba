// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/adapters/explained.h"

#include <fmt/format.h>

#include "base/text/text.h"

namespace rdnsgate::resolve {
namespace {

using dns::Fact;
using dns::Outcome;

constexpr milliseconds first_pause(300);  // before the second try; each later one waits longer by as much
constexpr unsigned most_replaced = 20;  // each has caches of its own, and a dead network would make thousands

}  // namespace

Explained::Explained(Loop& loop, const AuthoritativeOptions& authoritative, const PanelOptions& options,
                     Deliver deliver)
    : options_(options),
      deliver_(std::move(deliver)),
      timer_(loop, [] {}),
      holders_(loop, authoritative, options, [this](Fact&& why) { explained(std::move(why)); }) {}

Result<std::unique_ptr<Adapter>> Explained::make(Loop& loop, const AuthoritativeOptions& authoritative,
                                                 const PanelOptions& options, Deliver deliver, Make make) {
  std::unique_ptr<Explained> made(new Explained(loop, authoritative, options, std::move(deliver)));
  made->make_ = std::move(make);
  auto first = made->next_generation();
  if (!first) return tl::unexpected(first.error());
  made->current_ = std::move(*first);
  return made;
}

Result<std::unique_ptr<Explained::Generation>> Explained::next_generation() {
  auto made = std::make_unique<Generation>();
  auto adapter = make_([this, self = made.get()](Fact&& fact) {
    --self->open;
    self->failed = self->failed || fact.outcome == Outcome::unanswered;
    answered(std::move(fact));
  });
  if (!adapter) return tl::unexpected(adapter.error());
  made->adapter = std::move(*adapter);
  return made;
}

/// What is asked from now on is asked of an adapter that has not failed yet.
void Explained::replace_failed() {
  if (!current_->failed || replaced_ >= most_replaced) return;
  ++replaced_;
  auto next = next_generation();
  if (!next) return;  // the one that is there does what it can
  std::swap(current_, *next);
  retired_.push_back(std::move(*next));
}

void Explained::forget_retired() {
  retired_.erase(std::remove_if(retired_.begin(), retired_.end(),
                                [](const auto& generation) { return generation->open == 0; }),
                 retired_.end());
}

void Explained::ask(dns::Question question) {
  ++current_->open;
  current_->adapter->ask(std::move(question));
}

/// What is due. Only that makes a new adapter: as long as nothing is to be asked again the failed one serves.
void Explained::ask_again() {
  const auto due = again_.upper_bound(Clock::now());
  if (due != again_.begin()) replace_failed();
  for (auto question = again_.begin(); question != due; ++question) ask(std::move(question->second));
  again_.erase(again_.begin(), due);
  if (!again_.empty()) timer_.set(again_.begin()->first);
}

void Explained::flush() {
  forget_retired();
  ask_again();
  for (const auto& generation : retired_) generation->adapter->flush();
  current_->adapter->flush();
  holders_.flush();
}

/// By an adapter, at the first try or a later one.
void Explained::answered(Fact&& fact) {
  const auto known = troubles_.find({fact.question.name, fact.question.type});
  if (known != troubles_.end()) {
    auto& trouble = known->second;
    fact.tries = ++trouble.tries;
    fact.asked_at = trouble.fact.asked_at;
    if (fact.outcome == Outcome::unanswered) return try_later(trouble);
    troubles_.erase(known);
  }
  if (fact.outcome != Outcome::unanswered) return deliver_(std::move(fact));
  auto question = fact.question;
  troubles_.insert_or_assign({question.name, question.type}, Trouble{std::move(fact), Clock::now()});
  holders_.ask(std::move(question));
}

/// By who holds the name, about a question in trouble.
void Explained::explained(Fact&& why) {
  const auto place = troubles_.find({why.question.name, why.question.type});
  if (dns::is_definite(why.outcome)) return try_later(place->second);
  Fact fact = std::move(place->second.fact);
  troubles_.erase(place);
  if (why.outcome != Outcome::unanswered) {
    fact.outcome = why.outcome;
    fact.rcode = why.rcode;
    fact.reason = std::move(why.reason);
    fact.server = std::move(why.server);
  }
  deliver_(std::move(fact));
}

/// Who holds the name gives an answer, and recursion finds none: once more, unless the time for the question
/// would be over by then.
void Explained::try_later(Trouble& trouble) {
  const auto when = Clock::now() + first_pause * trouble.tries;
  if (trouble.tries <= options_.retries && when < trouble.first + options_.question_timeout) {
    again_.emplace(when, trouble.fact.question);
    return;
  }
  Fact fact = std::move(trouble.fact);
  fact.tries = trouble.tries;
  troubles_.erase({fact.question.name, fact.question.type});
  fact.reason = fmt::format("recursion found no answer in {}, though who holds the name gives one",
                            counted(fact.tries, "try", "tries"));
  deliver_(std::move(fact));
}

}  // namespace rdnsgate::resolve
