// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string_view>
#include <type_traits>
#include <variant>

#include "audit/findings.h"
#include "audit/rule_info.h"
#include "audit/seen.h"
#include "audit/subject/kinds.h"

namespace rdnsgate::audit {

/// A pointer to a judgement of each case.
template <typename List>
struct JudgeOf;
template <typename... Case>
struct JudgeOf<CaseList<Case...>> {
  using type = std::variant<void (*)(Case&, Findings&)...>;
};

/// The cases of all kinds.
template <typename... List>
struct Joined;
template <typename... Case>
struct Joined<CaseList<Case...>> {
  using type = CaseList<Case...>;
};
template <typename... One, typename... Other, typename... Rest>
struct Joined<CaseList<One...>, CaseList<Other...>, Rest...> : Joined<CaseList<One..., Other...>, Rest...> {};
template <typename List>
struct CasesOf;
template <typename... Kind>
struct CasesOf<KindList<Kind...>> : Joined<typename Kind::Cases...> {};

/// The judgement: a pure function of its case (audit/subject). Which signature a rule has says what it is
/// judged on, and whether it needs the DNS at all. A live rule that lacks a fact returns, and is run again
/// when it is there.
using Judge = JudgeOf<CasesOf<Kinds>::type>::type;

/// What is done for a rule that is on, beside judging it.
enum class Duty : std::uint8_t {
  none,
  tells_filters,  ///< failures by a filter alone are left out: it says of the vantage, once, that it has one
  asks_private_reverse,  ///< internal vantages are asked for the reverse zones of private addresses
};

template <typename Case>
constexpr Seen seen_by(void (*)(Case&, Findings&)) {
  return Case::seen;
}

struct Rule {
  RuleInfo info;
  Judge judge;
  /// A live rule may say the same of what the inventory declares, with no network; nullptr where it does not.
  void (*declared)(const DeclaredAddress&, Findings&) = nullptr;
  /// What its findings stand on, where that is not what the rules of its family stand on.
  std::optional<Basis> basis{};
  /// Where its findings can be seen, where that is not where others of its case are seen.
  std::optional<Seen> seen_as{};
  Duty duty = Duty::none;
  /// It judges the HELO name of its case: it is judged for each that an address has.
  bool each_helo = false;
  /// It says nothing at a place of which the rule with this id has said something.
  std::string_view unless{};
  /// A live rule may say the same of zone files, with no network; nullptr where it does not.
  void (*texts)(const ZoneTextsCase&, Findings&) = nullptr;

  /// What it says of this case beside its judgement; nullptr where that is nothing.
  template <typename Case>
  constexpr auto also() const -> void (*)(Case&, Findings&) {
    using Function = void (*)(Case&, Findings&);
    if constexpr (std::is_same_v<Function, decltype(declared)>)
      return declared;
    else if constexpr (std::is_same_v<Function, decltype(texts)>)
      return texts;
    else
      return nullptr;
  }

  constexpr Seen seen() const {
    return seen_as ? *seen_as : std::visit([](auto* function) { return seen_by(function); }, judge);
  }
  constexpr bool is_live() const { return needs_dns(seen()); }
};

}  // namespace rdnsgate::audit
