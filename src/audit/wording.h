// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "audit/rule_info.h"
#include "audit/target.h"
#include "audit/value.h"

namespace rdnsgate::audit {

/// What may be named in a sentence.
struct Fillings {
  const Target& target;
  const Values& values;
  std::string_view expected{}, observed{};
  std::string_view detail{};  ///< a sentence itself
};

/// A sentence that a judgement picked among those of its rule, which are literals.
struct Phrase {
  std::string_view sentence{};
  std::string_view detail{};  ///< what `{detail}` stands for in it
  bool operator==(const Phrase&) const = default;
};

/// Fills a sentence of a rule (audit/rule_info.h). Anything else between braces stays as it is, and so do braces
/// in what is filled in.
std::string fill(std::string_view sentence, const Fillings& fillings);

/// The names that a sentence has, in their order: `target`, `names`.
std::vector<std::string_view> names_in(std::string_view sentence);

/// Those of them that stand outside of brackets: a judgement has to give them.
std::vector<std::string_view> needed_names_in(std::string_view sentence);

/// The wording with this key; one that says nothing of its own for an empty key, and for one that the rule
/// does not have.
const Wording& wording_of(const RuleInfo& info, std::string_view key);

/// What `{failure}` stands for: `PTR 10.2.0.192.in-addr.arpa: timeout after 3 tries (127.0.0.1#53)`, and what is
/// said of a denial that nobody vouches for.
extern const std::string_view failure_sentence, unproven_sentence;

}  // namespace rdnsgate::audit
