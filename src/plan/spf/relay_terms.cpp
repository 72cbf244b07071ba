// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/spf/relay_terms.h"

#include <algorithm>
#include <unordered_set>
#include <vector>

#include "mailauth/spf/spf_record.h"
#include "plan/world/spf_edit.h"
#include "plan/world/spf_world.h"

namespace rdnsgate::plan {
namespace {

using mailauth::SpfKind;
using mailauth::SpfLookup;
using mailauth::SpfResult;
using mailauth::SpfTerm;

/// Whoever the second lets through the first does, too. What depends on the record that it stands in does nowhere else.
bool covers(const SpfTerm& one, const SpfTerm& wanted) {
  if (one.qualifier != SpfResult::pass || one.kind != wanted.kind) return false;
  if (one.kind == SpfKind::ip4 || one.kind == SpfKind::ip6) return one.block.contains(wanted.block);
  return one.fixed && wanted.fixed && one.fixed->name == wanted.fixed->name &&
         one.v4_length == wanted.v4_length && one.v6_length == wanted.v6_length;
}

/// Looks for a term in a record and in all that it takes in.
class Search {
 public:
  Search(const Picture& picture, std::string_view leaving)
      : picture_(picture),
        leaving_(mailauth::spf_words(leaving)),
        ask_(spf_asker(picture, [&picture](std::size_t set) { return spf_live(picture, set); })) {}

  bool finds(const Name& at, const SpfTerm& wanted) {
    seen_.clear();
    return is_in(at, wanted);
  }
  const std::string& unknown() const { return unknown_; }

 private:
  bool is_in(const Name& at, const SpfTerm& wanted) {
    if (!seen_.insert(at).second) return false;
    const auto found = ask_(at, RrType::TXT);
    if (found.state != SpfLookup::State::known) {
      if (unknown_.empty()) unknown_ = spf_why_unknown(picture_, at, RrType::TXT);
      return false;
    }
    const auto record = found.values.empty() ? std::nullopt : spf_record_in(found.values.front());
    if (!record) return false;
    for (const auto& term : record->terms) {
      if (term.kind == SpfKind::all) return false;
      if (is_leaving(term)) continue;
      if (covers(term, wanted)) return true;
      const bool takes_in = term.kind == SpfKind::include && term.qualifier == SpfResult::pass && term.fixed;
      if (takes_in && is_in(term.fixed->name, wanted)) return true;
    }
    const auto* redirect = record->redirect();
    return redirect != nullptr && redirect->fixed && is_in(redirect->fixed->name, wanted);
  }

  bool is_leaving(const SpfTerm& term) const {
    return std::any_of(leaving_.begin(), leaving_.end(),
                       [&](const auto& one) { return spf_terms_besides(term.text, {one}).empty(); });
  }

  const Picture& picture_;
  const std::vector<std::string> leaving_;
  const mailauth::SpfAsker ask_;
  std::unordered_set<Name> seen_;
  std::string unknown_;
};

void append(std::string& terms, const std::string& one) {
  if (!terms.empty()) terms += ' ';
  terms += one;
}

}  // namespace

LackingTerms lacking_terms(const Picture& picture, const Name& domain, std::string_view terms,
                           std::string_view leaving) {
  LackingTerms lacking;
  const auto own = picture.behind(picture.find(domain, RrType::TXT));
  const auto& live = own == none ? MaybeVersion() : picture.sets[own].live;
  Search search(picture, leaving);
  for (const auto& word : mailauth::spf_words(terms)) {
    if (live && spf_has_terms(live->rdata, word)) continue;
    const auto term = mailauth::parse_spf_term(word);
    if (!term || !search.finds(domain, *term)) append(lacking.terms, word);
  }
  if (!lacking.terms.empty()) lacking.unknown = search.unknown();
  return lacking;
}

std::string terms_there(const std::vector<std::string>& rdata, std::string_view terms) {
  std::string there;
  for (const auto& word : mailauth::spf_words(terms)) {
    if (spf_has_terms(rdata, word)) append(there, word);
  }
  return there;
}

}  // namespace rdnsgate::plan
