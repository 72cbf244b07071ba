// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "resolve/explained.h"

namespace rdnsgate::resolve {

using dns::Fact;
using dns::Outcome;

Explained::Explained(Loop& loop, const AuthoritativeOptions& authoritative, const PanelOptions& options,
                     Deliver deliver)
    : deliver_(std::move(deliver)),
      holders_(loop, authoritative, options, [this](Fact&& why) { explained(std::move(why)); }) {}

Result<std::unique_ptr<Adapter>> Explained::make(Loop& loop, const AuthoritativeOptions& authoritative,
                                                 const PanelOptions& options, Deliver deliver,
                                                 const Make& make) {
  std::unique_ptr<Explained> made(new Explained(loop, authoritative, options, std::move(deliver)));
  auto asked = make([self = made.get()](Fact&& fact) { self->answered(std::move(fact)); });
  if (!asked) return tl::unexpected(asked.error());
  made->asked_ = std::move(*asked);
  return made;
}

void Explained::flush() {
  asked_->flush();
  holders_.flush();
}

void Explained::answered(Fact&& fact) {
  if (fact.outcome != Outcome::unanswered) return deliver_(std::move(fact));
  auto question = fact.question;
  unexplained_.insert_or_assign({question.name, question.type}, std::move(fact));
  holders_.ask(std::move(question));
}

void Explained::explained(Fact&& why) {
  const auto place = unexplained_.find({why.question.name, why.question.type});
  Fact fact = std::move(place->second);
  unexplained_.erase(place);
  if (dns::is_definite(why.outcome)) {
    fact.reason = "recursion found no answer, though who holds the name gives one";
  } else if (why.outcome != Outcome::unanswered) {
    fact.outcome = why.outcome;
    fact.rcode = why.rcode;
    fact.reason = std::move(why.reason);
    fact.server = std::move(why.server);
  }
  deliver_(std::move(fact));
}

}  // namespace rdnsgate::resolve
