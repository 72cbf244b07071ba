// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/engine/subjects.h"

#include <algorithm>
#include <iterator>
#include <numeric>

#include "audit/engine/grounds_of.h"

namespace rdnsgate::audit {
namespace {

template <typename Kind>
concept HasGlances = requires {
  &Kind::glances;
};

template <typename Kind>
bool is_asked(const Item<Kind>& item) {
  if constexpr (requires { Kind::is_asked(item); }) return Kind::is_asked(item);
  return true;
}

/// A case of what the inventory expects of an internal view.
template <typename Case>
constexpr bool is_inside = Case::seen == Seen::inside;

/// Judges one rule, or leaves it open.
template <typename Case>
void judge_one(const Enabled<Case>& rule, std::uint16_t place, Case& subject, bool own_walk, Findings& findings,
               Unfinished& so_far) {
  const std::size_t before = findings.drafts().size();
  subject.desk.begin_part();
  findings.begin_rule(rule.index, *rule.info);
  rule.judge(subject, findings);
  if (so_far.goes_on && subject.desk.part_lacks_something()) {
    so_far.open.push_back(place);
    return findings.forget(before);
  }
  const auto& asked = subject.desk.part();
  if (!std::all_of(asked.begin(), asked.end(), [](const auto* fact) { return is_answered(*fact); }))
    so_far.hindered.push_back(rule.index);
  if (findings.drafts().size() == before) return;
  findings.ground(before, rule.basis, grounds_of_part(subject, rule.basis, own_walk), own_walk);
  so_far.places.resize(findings.drafts().size() + so_far.drafts.size(), place);
}

/// In the order of their rules, whenever each of those could be judged.
std::vector<Draft> in_order(Unfinished& done) {
  std::vector<std::size_t> order(done.drafts.size());
  std::iota(order.begin(), order.end(), 0);
  std::stable_sort(order.begin(), order.end(),
                   [&](std::size_t a, std::size_t b) { return done.places[a] < done.places[b]; });
  std::vector<Draft> drafts;
  drafts.reserve(order.size());
  for (const auto at : order) drafts.push_back(std::move(done.drafts[at]));
  return drafts;
}

template <typename Case>
void judge_by(const std::vector<Enabled<Case>>& rules, Case& subject, bool own_walk, Findings& findings,
              Unfinished& so_far) {
  if (std::exchange(so_far.is_begun, true)) {
    for (const auto place : std::exchange(so_far.open, {}))
      judge_one(rules[place], place, subject, own_walk, findings, so_far);
  } else {
    for (std::uint16_t place = 0; place < rules.size(); ++place)
      judge_one(rules[place], place, subject, own_walk, findings, so_far);
  }
  auto said = findings.take();
  for (auto& draft : said) draft.internal = is_inside<Case>;
  std::move(said.begin(), said.end(), std::back_inserter(so_far.drafts));
}

template <typename Case>
Judgement finish(const Case& subject, bool own_walk, bool compared, Unfinished& done) {
  Judgement judgement;
  for (std::size_t i = 0; compared && i < basis_count; ++i)
    judgement.grounds[i] = grounds_of(subject, static_cast<Basis>(i), own_walk);
  judgement.drafts = in_order(done);
  judgement.hindered = std::move(done.hindered);
  done = {};
  return judgement;
}

}  // namespace

template <typename Kind>
Subjects::Part<Kind>::Part(const RunContext& run, const Policy& policy)
    : rules(rules_of<Kind>(policy)), items(Kind::items(run)) {
  const bool in_use = HasGlances<Kind> || rules.has_live();
  const bool some = run.touched != nullptr || run.shard || requires(const Item<Kind>& item) { Kind::is_asked(item); };
  if (in_use && !some) return;
  chosen.emplace();
  for (std::uint32_t i = 0; in_use && i < items.size(); ++i) {
    if (is_asked<Kind>(items[i]) && is_judged<Kind>(run, i)) chosen->push_back(i);
  }
}

Subjects::Subjects(const RunContext& run, const Policy& policy)
    : run_(run),
      parts_([&]<typename... One>(std::type_identity<std::tuple<One...>>) {
        return Parts{One(run, policy)...};
      }(std::type_identity<Parts>())),
      names_(*run.inventory) {}

std::size_t Subjects::count() const {
  return std::apply([](const auto&... part) { return (part.count() + ...); }, parts_);
}

template <std::size_t Number, typename Visit>
auto Subjects::visit(std::size_t subject, const Visit& visitor) const {
  const auto& part = std::get<Number>(parts_);
  if constexpr (Number + 1 < std::tuple_size_v<Parts>) {
    if (subject >= part.count()) return visit<Number + 1>(subject - part.count(), visitor);
  }
  return visitor(part, part.item(subject));
}

bool Subjects::is_own(std::size_t subject, const dns::Name& name) {
  return visit(subject, [&]<typename Kind>(const Part<Kind>&, const auto& item) {
    return Kind::is_own(run_, item, name, names_);
  });
}

std::uint64_t Subjects::rank(std::size_t subject) const {
  std::uint64_t rank = 0;
  bool found = false;
  std::apply(
      [&](const auto&... part) {
        (..., [&] {
          if (found) return;
          found = subject < part.count();
          if (found)
            rank += part.chosen ? (*part.chosen)[subject] : subject;
          else
            rank += part.items.size(), subject -= part.count();
        }());
      },
      parts_);
  return rank;
}

Target Subjects::target(std::size_t subject) const {
  return visit(subject,
               []<typename Kind>(const Part<Kind>&, const auto& item) { return target_of<Kind>(item); });
}

Span Subjects::at(std::size_t subject) const {
  return visit(subject, []<typename Kind>(const Part<Kind>&, const auto& item) { return Kind::at(item); });
}

Judgement Subjects::judge(std::size_t subject, bool own_walk, bool internal, dns::FactDesk& desk) const {
  Unfinished at_once{.goes_on = false};
  return judge(subject, own_walk, internal, desk, at_once);
}

Judgement Subjects::judge(std::size_t subject, bool own_walk, bool internal, dns::FactDesk& desk,
                          Unfinished& unfinished) const {
  return visit(subject, [&]<typename Kind>(const Part<Kind>& part, const auto& item) {
    Findings findings;
    findings.begin_subject([&] { return std::pair(target_of<Kind>(item), apart_of<Kind>(item)); }, Kind::at(item));
    Judgement judgement;
    Kind::read(run_, item, internal, desk, [&]<typename Case>(Case& c) {
      judge_by(part.rules.of(c), c, own_walk, findings, unfinished);
      if (unfinished.goes_on && !desk.complete()) return;
      judgement = finish(c, own_walk, compared_, unfinished);
      // Without glances inside: what differs from the outside is declared.
      if constexpr (HasGlances<Kind>) {
        if (compared_ && !is_inside<Case>) judgement.glances = Kind::glances(c, own_walk);
      }
    });
    return judgement;
  });
}

}  // namespace rdnsgate::audit
