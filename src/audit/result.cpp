// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/result.h"

#include <algorithm>
#include <tuple>

namespace rdnsgate::audit {

std::string Finding::message() const {
  if (!phrase) return said;
  const auto given = values.unpacked();
  return fill(phrase->sentence, {target, given, expected, observed, phrase->detail});
}

bool is_before(const Finding& a, const Finding& b) {
  const auto key = [](const Finding& one) {
    return std::tie(one.rule, one.target, one.expected, one.observed, one.vantages);
  };
  const auto order = key(a) <=> key(b);
  // Sentences have to be put together for that, and hardly ever decide.
  return order != 0 ? order < 0 : a.message() < b.message();
}

std::size_t NotInGate::count(TargetKind kind) const {
  const auto further = kind == TargetKind::address ? further_addresses : 0;
  return further + static_cast<std::size_t>(
      std::count_if(targets.begin(), targets.end(), [&](const Target& one) { return one.kind == kind; }));
}

std::string_view to_string(Status status) {
  switch (status) {
    case Status::open:
      return "open";
    case Status::waived:
      return "waived";
    case Status::baseline:
      return "baseline";
  }
  return "open";
}

std::string_view to_string(Certainty certainty) {
  switch (certainty) {
    case Certainty::confirmed:
      return "confirmed";
    case Certainty::transient:
      return "transient";
    case Certainty::inconclusive:
      return "inconclusive";
  }
  return "inconclusive";
}

std::string_view to_string(Scope scope) { return scope == Scope::universal ? "universal" : "isolated"; }

std::string_view to_string(Effect effect) {
  switch (effect) {
    case Effect::none:
      return "none";
    case Effect::leaves_open:
      return "leaves-open";
    case Effect::fails:
      return "fails";
  }
  return "none";
}

std::string_view to_string(Verdict verdict) {
  switch (verdict) {
    case Verdict::pass:
      return "pass";
    case Verdict::fail:
      return "fail";
    case Verdict::inconclusive:
      return "inconclusive";
  }
  return "inconclusive";
}

}  // namespace rdnsgate::audit
