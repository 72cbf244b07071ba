// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_walk.h"

#include <fmt/format.h>

#include <algorithm>

#include "mailauth/spf/spf_validated.h"

namespace rdnsgate::mailauth {
namespace {

using dns::Name;
using dns::RrType;
using State = SpfLookup::State;

constexpr unsigned most_steps = 20'000;  // where many versions of many records are about

SpfResults pass_or_fail() {
  SpfResults results(SpfResult::pass);
  results.add(SpfResult::fail);
  return results;
}

std::string words_for(const SpfAnswer& answer) {
  if (answer.state == State::failed) return answer.reason.empty() ? "no answer" : answer.reason;
  if (answer.state != State::known) return answer.reason.empty() ? "not known" : answer.reason;
  std::string text;
  for (const auto& version : answer.versions) {
    if (&version != &answer.versions.front()) text += " or ";
    if (version.empty) text += "none";
    std::string_view between;
    for (const auto& address : version.addresses)
      text += fmt::format("{}{}", between, address.to_string()), between = ", ";
    for (const auto& name : version.names) text += fmt::format("{}{}", between, name.text()), between = ", ";
  }
  return text;
}

std::string unanswered(const std::string& name, RrType type, const SpfAnswer& found) {
  const auto why = found.reason.empty() ? std::string() : fmt::format(" ({})", found.reason);
  return fmt::format("{} {} has no answer{}", name, dns::to_string(type), why);
}

}  // namespace

/// What is noted of a term in a trace, if there is one.
class SpfWalk::Step {
 public:
  Step(SpfWalk& walk, SpfRecordTrace* trace, const SpfTerm& term) : walk_(walk), before_(walk.count_) {
    if (trace == nullptr) return;
    step_ = &trace->steps.emplace_back();
    step_->term = term.text;
    step_->at = term.at;
    outer_ = walk.questions_;
    walk.questions_ = &step_->questions;
  }
  ~Step() {
    if (step_ != nullptr) walk_.questions_ = outer_;
  }
  Step(const Step&) = delete;
  Step& operator=(const Step&) = delete;

  void about(const SpfDomain& target) {
    if (step_ != nullptr) step_->target = target.text;
  }
  std::vector<SpfRecordTrace>* records() { return step_ == nullptr ? nullptr : &step_->records; }
  void end(const Match& match, SpfResults results) {
    if (step_ == nullptr) return;
    step_->state = match.yes && match.no              ? SpfStepTrace::State::unknown
                   : match.yes                        ? SpfStepTrace::State::match
                   : match.no && match.errors.empty() ? SpfStepTrace::State::no_match
                   : match.no                         ? SpfStepTrace::State::unknown
                                                      : SpfStepTrace::State::error;
    if (match.yes || !match.errors.empty()) step_->results = results;
    step_->lookups = walk_.count_.lookups - before_.lookups;
    step_->voids = walk_.count_.voids - before_.voids;
  }

 private:
  SpfWalk& walk_;
  const Count before_;
  SpfStepTrace* step_ = nullptr;
  std::vector<SpfQuestionTrace>* outer_ = nullptr;
};

void SpfWalk::Count::raise(const Count& other) {
  lookups = std::max(lookups, other.lookups);
  voids = std::max(voids, other.voids);
}

SpfOutcome SpfWalk::run(const SpfDomain& domain, std::vector<SpfRecordTrace>* trace) {
  outcome_.results = check_host(domain, trace);
  outcome_.lookups = count_.lookups;
  outcome_.voids = count_.voids;
  if (!outcome_.results.may_be(SpfResult::fail)) outcome_.explanation.reset();
  if (several_deciders_) outcome_.decider.reset();
  return std::move(outcome_);
}

SpfResults SpfWalk::error(SpfResult result, std::string why) {
  if (outcome_.why.empty()) outcome_.why = std::move(why);
  return SpfResults(result);
}

const SpfAnswer& SpfWalk::ask(const Name& name, RrType type) {
  static const SpfAnswer given_up{State::unknown, "too much depends on what is not known", {}};
  const bool tired = ++steps_ > most_steps;
  const auto& found = tired ? given_up : answers_.get(name, type);
  if (tired || found.state == State::unknown) outcome_.unknown = true;
  if (found.state == State::missing && !tired) outcome_.missing.push_back({name, type});
  if (questions_ != nullptr && type != RrType::TXT) questions_->push_back({name, type, words_for(found)});
  return found;
}

/// Each of several versions is gone through from the same count, and the highest goes on.
template <typename Each>
void SpfWalk::for_versions(const SpfAnswer& found, Each&& each) {
  const Count before = count_;
  Count most = before;
  for (const auto& version : found.versions) {
    count_ = before;
    each(version);
    most.raise(count_);
  }
  count_ = most;
}

SpfResults SpfWalk::check_host(const SpfDomain& domain, std::vector<SpfRecordTrace>* traces) {
  const auto begin = [&]() -> SpfRecordTrace* {
    if (traces == nullptr) return nullptr;
    traces->emplace_back().domain = domain.text;
    return &traces->back();
  };
  const auto end = [&](SpfRecordTrace* trace, SpfResults results, std::string problem) {
    if (trace != nullptr) trace->results = results, trace->problem = std::move(problem);
    return results;
  };
  // RFC 7208 §4.3.
  if (domain.name.label_count() < 2)
    return end(begin(), SpfResults(SpfResult::none), "it is no name of several labels");
  const auto& found = ask(domain.name, RrType::TXT);
  SpfResults results;
  switch (found.state) {
    case State::missing:
      return results;
    case State::failed:
      return end(begin(), error(SpfResult::temperror, unanswered(domain.text, RrType::TXT, found)),
                 words_for(found));
    case State::unknown:
      return end(begin(), pass_or_fail(), words_for(found));
    case State::known:
      break;
  }
  for_versions(found, [&](const SpfAnswer::Version& version) {
    auto* trace = begin();
    const auto one = judge(domain, version, trace);
    if (trace != nullptr) trace->results = one;
    results.add(one);
  });
  return results;
}

SpfResults SpfWalk::judge(const SpfDomain& domain, const SpfAnswer::Version& version, SpfRecordTrace* trace) {
  const auto wrong = [&](std::string problem) {
    if (trace != nullptr) trace->problem = problem;
    return error(SpfResult::permerror, fmt::format("{}: {}", domain.text, problem));
  };
  if (version.texts.empty()) {
    if (trace != nullptr) trace->problem = "no SPF record";
    return SpfResults(SpfResult::none);
  }
  if (version.record == nullptr)
    return wrong(fmt::format("{} SPF records, where one may be", version.texts.size()));
  if (trace != nullptr) trace->found = true, trace->text = version.texts.front();
  if (!*version.record) return wrong(version.record->error().message);
  return follow(**version.record, domain, trace);
}

SpfResults SpfWalk::follow(const SpfRecord& record, const SpfDomain& domain, SpfRecordTrace* trace) {
  SpfResults results;
  bool open = true;
  for (const auto& term : record.terms) {
    if (term.is_modifier()) continue;
    ++outcome_.terms;
    if (!open && trace == nullptr) return results;
    Step step(*this, trace, term);
    if (!open) continue;
    const auto match = asks_dns(term.kind) && !counted(term)
                           ? Match{false, false, SpfResults(SpfResult::permerror)}
                           : match_of(term, domain, step);
    if (stopped()) return results;
    SpfResults said = match.errors;
    if (match.yes) said.add(term.qualifier);
    if (match.yes && term.qualifier == SpfResult::fail) note_explanation(record, domain);
    if (match.yes && includes_ == 0) note_decider(term, domain);
    step.end(match, said);
    results.add(said);
    open = match.no;
  }
  const auto* redirect = record.redirect();
  if (redirect == nullptr) {
    if (open) results.add(SpfResult::neutral);
    return results;
  }
  Step step(*this, trace, *redirect);
  if (open) results.add(redirected(*redirect, domain, step));
  return results;
}

SpfResults SpfWalk::redirected(const SpfTerm& term, const SpfDomain& domain, Step& step) {
  if (!counted(term)) {
    step.end({}, SpfResults(SpfResult::permerror));
    return SpfResults(SpfResult::permerror);
  }
  const auto target = target_of(term, domain);
  if (stopped()) return {};
  if (!target.known) {
    step.end({true, true, {}}, pass_or_fail());
    return pass_or_fail();
  }
  if (target.get() != nullptr) step.about(*target.get());
  auto results =
      target.get() != nullptr ? check_host(*target.get(), step.records()) : SpfResults(SpfResult::none);
  if (results.may_be(SpfResult::none)) {  // RFC 7208 §6.1
    results.remove(SpfResult::none);
    results.add(error(SpfResult::permerror, fmt::format("{} points to no SPF record", term.text)));
  }
  step.end({true, false, {}}, results);
  return results;
}

/// An include's explanation is none of the message (RFC 7208 §6.2).
void SpfWalk::note_explanation(const SpfRecord& record, const SpfDomain& domain) {
  if (includes_ != 0) return;
  const auto* term = record.explanation();
  if (term == nullptr) return outcome_.explanation.reset();
  outcome_.explanation = {domain, term};
}

void SpfWalk::note_decider(const SpfTerm& term, const SpfDomain& domain) {
  SpfOutcome::Decider decider{domain.text, term.text};
  several_deciders_ = several_deciders_ || (outcome_.decider && *outcome_.decider != decider);
  outcome_.decider = std::move(decider);
}

bool SpfWalk::is_in(const Prefix& block) {
  outcome_.same.narrow(block);
  return block.contains(who_.ip);
}

/// False where the address stands for others as well.
bool SpfWalk::may_look_at_ip() {
  outcome_.by_ip = true;
  if (anyone_)
    outcome_.unknown = true;
  else
    outcome_.same.narrow_to_one();
  return !anyone_;
}

/// False, with an error, for one lookup more than are allowed.
bool SpfWalk::counted(const SpfTerm& term) {
  if (++count_.lookups <= spf_most_lookups) return true;
  error(SpfResult::permerror, fmt::format("more than {} lookups, at {}", spf_most_lookups, term.text));
  return false;
}

SpfWalk::Target SpfWalk::target_of(const SpfTerm& term, const SpfDomain& domain) {
  if (term.domain.empty()) return {{}, &domain};
  if (term.fixed) return {{}, &*term.fixed};
  if (!term.spec.has_macros()) return {};
  outcome_.by_address = outcome_.by_address || term.spec.by_address();
  const bool of_ip = term.spec.uses('i') || term.spec.uses('p') || term.spec.uses('c');
  if (of_ip && !may_look_at_ip()) return {{}, nullptr, false};
  MacroValues values{who_, domain};
  std::optional<std::string> validated;
  if (term.spec.uses('p')) {
    validated = validated_name(who_.ip, domain.name, [&](const Name& name, RrType type) -> const SpfAnswer& {
      return ask(name, type);
    });
    if (validated) values.validated = &*validated;
  }
  auto expanded = expand_domain(term.spec, values);
  outcome_.unknown = outcome_.unknown || !expanded.known;
  return {std::move(expanded.domain), nullptr, expanded.known};
}

SpfWalk::Match SpfWalk::match_of(const SpfTerm& term, const SpfDomain& domain, Step& step) {
  if (term.kind == SpfKind::all) return {true, false};
  if (term.kind == SpfKind::ip4 || term.kind == SpfKind::ip6) {
    const bool yes = !exhaustive_ && is_in(term.block);
    return {yes, !yes};
  }
  const auto target = target_of(term, domain);
  if (stopped()) return {};
  if (!target.known) return {!exhaustive_, true};
  const auto* about = target.get();
  if (about != nullptr) step.about(*about);
  Match match;
  if (term.kind == SpfKind::include) {
    match = include(term, about, step);
  } else if (about == nullptr) {
    match.no = true;  // no name that a record can have (RFC 7208 §4.8)
  } else if (term.kind == SpfKind::mx) {
    match = mx(term, about->name);
  } else if (term.kind == SpfKind::ptr) {
    match = ptr(about->name);
  } else {
    match = addresses(term, about->name);
  }
  // In an evaluation that nothing matches, what follows is always reached.
  if (exhaustive_) match = {false, true, match.errors};
  return match;
}

SpfWalk::Match SpfWalk::include(const SpfTerm& term, const SpfDomain* target, Step& step) {
  ++includes_;
  const auto results = target != nullptr ? check_host(*target, step.records()) : SpfResults(SpfResult::none);
  --includes_;
  Match match;
  if (stopped()) return match;
  match.yes = results.may_be(SpfResult::pass);
  match.no = results.may_be(SpfResult::fail) || results.may_be(SpfResult::softfail) ||
             results.may_be(SpfResult::neutral);
  for (const auto one : {SpfResult::temperror, SpfResult::permerror}) {
    if (results.may_be(one)) match.errors.add(one);
  }
  if (results.may_be(SpfResult::none))
    match.errors.add(error(SpfResult::permerror, fmt::format("{} points to no SPF record", term.text)));
  return match;
}

/// `exists` takes an A record of whatever kind of client (RFC 7208 §5.7).
SpfWalk::Match SpfWalk::addresses(const SpfTerm& term, const Name& name) {
  const bool exists = term.kind == SpfKind::exists;
  return over(name, exists ? RrType::A : family(), [&](const SpfAnswer::Version& version) {
    outcome_.terms += version.addresses.size();
    const unsigned length = who_.ip.is_v4() ? term.v4_length : term.v6_length;
    const bool yes =
        exists
            ? !version.empty
            : std::any_of(version.addresses.begin(), version.addresses.end(), [&](const IpAddress& address) {
                return address.is_v4() == who_.ip.is_v4() && is_in(spf_block(address, length));
              });
    return Match{yes, !yes};
  });
}

SpfWalk::Match SpfWalk::mx(const SpfTerm& term, const Name& name) {
  return over(name, RrType::MX, [&](const SpfAnswer::Version& version) {
    if (version.names.size() > spf_most_names)
      return Match{false, false,
                   error(SpfResult::permerror, fmt::format("{}: {} has more than {} MX records", term.text,
                                                           name.text(), spf_most_names))};
    return any_of(version.names, [&](const Name& one) { return addresses(term, one); });
  });
}

/// Names that the address has and that resolve to it, at or below the target (RFC 7208 §5.5).
SpfWalk::Match SpfWalk::ptr(const Name& target) {
  outcome_.by_address = true;
  if (!may_look_at_ip()) return {!exhaustive_, true};
  const auto why = outcome_.why;
  const auto found = over(dns::reverse_name(who_.ip), RrType::PTR, [&](const SpfAnswer::Version& version) {
    std::vector<Name> names;
    for (const auto& name : version.names) {
      if (name.is_within(target) && names.size() < spf_most_names) names.push_back(name);
    }
    return any_of(names, [&](const Name& one) {
      const auto match = addresses({}, one);
      // One that has no answer is passed over; those that have nothing count for their limit.
      if (match.errors.may_be(SpfResult::permerror)) return match;
      return Match{match.yes, match.no || !match.yes};
    });
  });
  if (found.errors.may_be(SpfResult::permerror))
    return {found.yes, found.no || found.errors.may_be(SpfResult::temperror),
            SpfResults(SpfResult::permerror)};
  outcome_.why = why;
  return {found.yes, found.no || !found.yes};
}

/// The first that matches ends it. Where something is missing, it is seen what else will be.
template <typename Each>
SpfWalk::Match SpfWalk::any_of(const std::vector<Name>& names, Each&& each) {
  Match all{false, true};
  for (const auto& name : names) {
    if (!all.no) break;
    const Match one = each(name);
    if (stopped()) continue;
    all.errors.add(one.errors);
    all.yes = all.yes || one.yes;
    all.no = one.no;
  }
  return all;
}

template <typename Each>
SpfWalk::Match SpfWalk::over(const Name& name, RrType type, Each&& each) {
  const auto& found = ask(name, type);
  if (found.state == State::missing) return {};
  if (found.state == State::unknown) return {!exhaustive_, true};
  if (found.state == State::failed)
    return {false, false, error(SpfResult::temperror, unanswered(SpfDomain(name).text, type, found))};
  Match all;
  for_versions(found, [&](const SpfAnswer::Version& version) {
    if (version.empty && ++count_.voids > spf_most_voids) {
      all.errors.add(error(SpfResult::permerror,
                           fmt::format("more than {} lookups of what does not exist", spf_most_voids)));
      return;
    }
    const Match one = each(version);
    all.errors.add(one.errors);
    all.yes = all.yes || one.yes;
    all.no = all.no || one.no;
  });
  return all;
}

}  // namespace rdnsgate::mailauth
