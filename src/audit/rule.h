// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string_view>
#include <variant>

#include "audit/cases.h"
#include "audit/findings.h"
#include "audit/grounds.h"
#include "base/severity.h"

namespace rdnsgate::audit {

/// What a rule is, apart from its judgement. All texts are literals.
struct RuleInfo {
  std::string_view id;       ///< the bad pattern by name: `ptr-missing`; also the name of its page
  Severity severity;         ///< unless the inventory says otherwise
  std::string_view summary;  ///< one line without a final dot: what a finding of it means
  /// The sentence of a finding. `{target}`, `{expected}`, `{observed}` and `{detail}` stand for what the
  /// judgement gave; a finding is data, and this is the only place that words it.
  std::string_view message;
  std::string_view fix;  ///< what to do about it, with the same placeholders; may be empty
};

/// The judgement: a pure function of its case. Which signature a rule has says what it is judged on, and
/// whether it needs the DNS at all. A live rule that lacks a fact returns, and is run again when it is there.
/// A rule without a judgement is one that only the engine can judge, because it is about the run as a whole.
using Judge =
    std::variant<void (*)(const InventoryCase&, Findings&),    // offline, the whole file
                 void (*)(const DeclaredAddress&, Findings&),  // offline, one address
                 void (*)(const DeclaredSender&, Findings&),   // offline, one sender
                 void (*)(AddressCase&, Findings&),            // live, one address at one vantage
                 void (*)(SenderCase&, Findings&),             // live, one sender at one vantage
                 void (*)(ZoneCase&, Findings&),               // live, one declared zone at one vantage
                 void (*)(InternalCase&, Findings&),           // live, one address inside, if declared
                 void (*)(const SuccessionCase&, Findings&),   // offline, what became of an earlier one
                 void (*)(const ZoneTextCase&, Findings&),     // offline, one zone file
                 std::monostate>;                              // judged by the engine

struct Rule {
  RuleInfo info;
  Judge judge;
  /// A live rule may say the same of what the inventory declares, with no network; nullptr where it does not.
  void (*declared)(const DeclaredAddress&, Findings&) = nullptr;
  /// What its findings stand on, where that is not what the rules of its family stand on.
  std::optional<Basis> basis{};
  constexpr bool is_live() const { return judge.index() >= 3 && judge.index() <= 6; }
};

}  // namespace rdnsgate::audit
