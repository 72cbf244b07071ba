// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "draft/spf_terms.h"

#include "mailauth/spf/spf_record.h"

namespace rdnsgate::draft {
namespace {

using mailauth::SpfKind;
using mailauth::SpfResult;
using mailauth::SpfTerm;

/// A prefix length lets whole networks through, and macros only the receiver can expand.
std::optional<dns::Name> plain_name(const SpfTerm& term, const dns::Name& domain) {
  if (term.v4_length != 32 || term.v6_length != 128 || term.domain.find('%') != std::string::npos)
    return std::nullopt;
  if (term.domain.empty()) return domain;
  auto name = dns::Name::from_host(term.domain);
  return name ? std::optional(std::move(*name)) : std::nullopt;
}

/// Takes a term that lets its addresses through; false where it is of another kind.
bool take(const SpfTerm& term, const dns::Name& domain, SpfTerms& terms) {
  if (term.kind == SpfKind::redirect) return terms.others.push_back(term.domain), true;
  if (term.is_modifier() || term.qualifier != SpfResult::pass) return false;
  if (term.kind == SpfKind::ip4 || term.kind == SpfKind::ip6)
    return terms.addresses.push_back(term.block), true;
  if (term.kind == SpfKind::include) return terms.others.push_back(term.domain), true;
  if (term.kind != SpfKind::a && term.kind != SpfKind::mx) return false;
  auto name = plain_name(term, domain);
  if (name) (term.kind == SpfKind::a ? terms.a : terms.mx).push_back(std::move(*name));
  return name.has_value();
}

}  // namespace

std::optional<SpfTerms> read_spf(std::string_view text, const dns::Name& domain) {
  if (!mailauth::is_spf(text)) return std::nullopt;
  SpfTerms terms;
  const auto words = mailauth::spf_words(text);
  for (std::size_t i = 1; i < words.size(); ++i) {
    const auto term = mailauth::parse_spf_term(words[i]);
    if (term && term->kind == SpfKind::all) {
      terms.all = mailauth::to_string(term->qualifier);
    } else if (!term || !take(*term, domain, terms)) {
      terms.unused.push_back(words[i]);
    }
  }
  return terms;
}

}  // namespace rdnsgate::draft
