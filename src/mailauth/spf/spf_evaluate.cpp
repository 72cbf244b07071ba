// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_evaluate.h"

#include <fmt/format.h>

#include <algorithm>

#include "dns/rrset.h"
#include "mailauth/spf/spf_validated.h"
#include "mailauth/spf/spf_walk.h"

namespace rdnsgate::mailauth {
namespace {

using dns::Name;
using dns::RrType;
using State = SpfLookup::State;

constexpr std::size_t longest_reason = 4096;  // octets of an explanation, macros put in

/// Takes an explanation from where a record says that it is.
class Explainer {
 public:
  Explainer(SpfAnswers& answers, const SpfIdentity& who, const SpfDomain& domain, const SpfReceiver& receiver)
      : answers_(answers), values_{who, domain, nullptr, receiver.name, receiver.now} {}

  SpfReason run(const MacroString& spec) {
    if (!take_validated(spec)) return not_known();
    const auto target = expand_domain(spec, values_);
    if (!target.known) return not_known();
    if (!target.domain) return because("its name is none that a record can have");
    reason_.from = target.domain->text;
    const auto& found = ask(target.domain->name, RrType::TXT);
    if (found.state == State::missing) return std::move(reason_);
    if (found.state != State::known || found.versions.size() != 1)
      return because(found.reason.empty() ? "no answer" : found.reason);
    const auto& rdata = found.versions.front().rdata;
    // RFC 7208 §6.2: one record or none.
    if (rdata.empty()) return because("no TXT record");
    if (rdata.size() > 1) return because(fmt::format("{} TXT records, where one may be", rdata.size()));
    const auto text = MacroString::parse(dns::txt_joined(rdata.front()), MacroString::Use::explanation);
    if (!text) return because("its text is no explain-string: ASCII, and macros by the grammar of RFC 7208");
    return put_in(*text);
  }

 private:
  SpfReason put_in(const MacroString& text) {
    if (!take_validated(text)) return not_known();
    auto all = text.expand(values_, longest_reason);
    if (!all) return not_known();
    const bool is_ascii = std::all_of(all->begin(), all->end(), [](char c) { return c >= ' ' && c <= '~'; });
    if (!is_ascii) return because("it has characters that are not printable ASCII");
    if (all->size() > longest_reason)
      return because(fmt::format("it is longer than {} octets", longest_reason));
    reason_.text = std::move(*all);
    return std::move(reason_);
  }

  /// False where %{p} is wanted and is not known.
  bool take_validated(const MacroString& text) {
    if (!text.uses('p') || values_.validated != nullptr) return true;
    validated_ =
        validated_name(values_.who.ip, values_.domain.name,
                       [&](const Name& name, RrType type) -> const SpfAnswer& { return ask(name, type); });
    if (validated_) values_.validated = &*validated_;
    return validated_.has_value();
  }

  SpfReason because(std::string problem) {
    reason_.problem = std::move(problem);
    return std::move(reason_);
  }
  SpfReason not_known() { return because("it depends on what is not known"); }

  const SpfAnswer& ask(const Name& name, RrType type) {
    const auto& found = answers_.get(name, type);
    if (found.state == State::missing) reason_.missing.push_back({name, type});
    return found;
  }

  SpfAnswers& answers_;
  MacroValues values_;
  std::optional<std::string> validated_;
  SpfReason reason_;
};

}  // namespace

SpfOutcome SpfEvaluator::evaluate(const SpfIdentity& who, const SpfDomain& domain,
                                  std::vector<SpfRecordTrace>* trace) {
  if (keep_ == Keep::nothing) answers_.forget();
  return SpfWalk(answers_, who, SpfWalk::Way::plain).run(domain, trace);
}

SpfOutcome SpfEvaluator::exhaust(const SpfIdentity& who, const SpfDomain& domain) {
  if (keep_ == Keep::nothing) answers_.forget();
  return SpfWalk(answers_, who, SpfWalk::Way::exhaustive).run(domain, nullptr);
}

SpfOutcome SpfEvaluator::evaluate_around(const SpfIdentity& who, const SpfDomain& domain) {
  if (keep_ == Keep::nothing) answers_.forget();
  return SpfWalk(answers_, who, SpfWalk::Way::anyone).run(domain, nullptr);
}

SpfReason SpfEvaluator::explain(const SpfIdentity& who, const SpfOutcome& outcome,
                                const SpfReceiver& receiver) {
  const auto& explanation = outcome.explanation;
  if (!explanation || !outcome.results.is(SpfResult::fail)) return {};
  return Explainer(answers_, who, explanation->domain, receiver).run(explanation->term->spec);
}

}  // namespace rdnsgate::mailauth
