// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <span>
#include <string_view>

#include "base/severity.h"

namespace rdnsgate::audit {

/// Another way to say what a rule found, by a key that the judgement names. What is empty here is as the rule
/// has it.
struct Wording {
  std::string_view key{};
  std::string_view message{}, fix{}, expected{}, observed{};
  std::string_view detail{};  ///< what `{detail}` stands for in any of them
};

/// What a rule is, apart from its judgement. All texts are literals, and all that a finding says in words stands
/// here: the judgement gives values (audit/value.h).
///
/// In a sentence `{name}` stands for the value of that name, `{name:how}` for other words of it (words_of), and
/// `{target}`, `{expected}`, `{observed}`, `{detail}` for what they are. What stands between `[` and `]` is left
/// out where a value inside of it was not given, or is empty. `{failure}` is how a question failed.
struct RuleInfo {
  std::string_view id{};        ///< the bad pattern by name: `ptr-missing`; also the name of its page
  Severity severity{};          ///< unless the inventory says otherwise
  std::string_view summary{};   ///< one line without a final dot: what a finding of it means
  std::string_view message{};   ///< the sentence of a finding
  std::string_view fix{};       ///< what to do about it; may be empty
  std::string_view expected{};  ///< what the inventory or the standard wants; part of the fingerprint
  std::string_view observed{};  ///< what there is instead, by which vantages are held against each other
  std::span<const Wording> wordings{};
  std::string_view data{};  ///< names of values that no sentence has: they are for machines
};

}  // namespace rdnsgate::audit
