// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/spf_terms.h"

#include "base/text.h"

namespace rdnsgate::draft {
namespace {

std::string_view result_of(char qualifier) {
  switch (qualifier) {
    case '-':
      return "fail";
    case '~':
      return "softfail";
    case '?':
      return "neutral";
    default:
      return "pass";
  }
}

/// Takes a term that lets its addresses through; false where it is of another kind.
bool take(const std::string& mechanism, std::string_view value, const dns::Name& domain, SpfTerms& terms) {
  if (mechanism == "ip4" || mechanism == "ip6") {
    const auto prefix = Prefix::parse(value);
    if (prefix) terms.addresses.push_back(*prefix);
    return prefix.has_value();
  }
  if (mechanism == "include") {
    terms.others.emplace_back(value);
    return !value.empty();
  }
  if (mechanism != "a" && mechanism != "mx") return false;
  // A prefix length lets whole networks through, and macros only the receiver can expand.
  if (value.find_first_of("/%") != std::string_view::npos) return false;
  auto name = value.empty() ? Result<dns::Name>(domain) : dns::Name::from_host(value);
  if (!name) return false;
  (mechanism == "a" ? terms.a : terms.mx).push_back(std::move(*name));
  return true;
}

}  // namespace

std::optional<SpfTerms> read_spf(std::string_view text, const dns::Name& domain) {
  constexpr std::string_view version = "v=spf1";
  if (ascii_lower(text.substr(0, version.size())) != version ||
      (text.size() > version.size() && text[version.size()] != ' '))
    return std::nullopt;
  SpfTerms terms;
  text.remove_prefix(version.size());
  while (true) {
    text.remove_prefix(std::min(text.find_first_not_of(' '), text.size()));
    if (text.empty()) return terms;
    const auto term = text.substr(0, text.find(' '));
    text.remove_prefix(term.size());
    const bool qualified = std::string_view("+-~?").find(term.front()) != std::string_view::npos;
    const char qualifier = qualified ? term.front() : '+';
    const auto bare = term.substr(qualified ? 1 : 0);
    const auto end = std::min(bare.find_first_of(":=/"), bare.size());
    const auto mechanism = ascii_lower(bare.substr(0, end));
    auto value = bare.substr(end);
    if (value.starts_with(':') || value.starts_with('=')) value.remove_prefix(1);
    if (mechanism == "all" && value.empty()) {
      terms.all = result_of(qualifier);
    } else if (mechanism == "redirect" && !value.empty() && !qualified) {
      terms.others.emplace_back(value);
    } else if (qualifier != '+' || !take(mechanism, value, domain, terms)) {
      terms.unused.emplace_back(term);
    }
  }
}

}  // namespace rdnsgate::draft
