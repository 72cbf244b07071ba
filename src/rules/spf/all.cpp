// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include <fmt/format.h>

#include <algorithm>
#include <array>

#include "rules/spf/case_paths.h"
#include "rules/spf/rules.h"
#include "rules/spf/spf_text.h"

namespace rdnsgate::rules {
namespace {

using mailauth::SpfKind;
using mailauth::SpfResult;
using mailauth::SpfTerm;

constexpr unsigned most_redirects = 10;

/// How a record, or the one that its `redirect` points to, ends.
struct End {
  bool is_known = false;  ///< nothing on the way is wrong, or not known
  SpfText text{};         ///< the record that ends it
  dns::Name at{};         ///< and whose it is

  const SpfTerm* all() const {
    const auto& terms = text.record.terms;
    const auto found =
        std::find_if(terms.begin(), terms.end(), [](const auto& term) { return term.kind == SpfKind::all; });
    return found == terms.end() ? nullptr : &*found;
  }
  SpfResult result() const { return all() == nullptr ? SpfResult::neutral : all()->qualifier; }
};

End end_of(const audit::DomainCase& c) {
  End end;
  end.at = c.domain.name;
  for (unsigned i = 0; i <= most_redirects; ++i) {
    end.text = spf_text(c.desk, end.at);
    if (!end.text.is_good()) return end;
    const auto* redirect = end.text.record.redirect();
    end.is_known = redirect == nullptr;
    if (redirect == nullptr || !redirect->fixed) return end;
    end.at = dns::Name(redirect->fixed->name);
  }
  return end;
}

std::string_view all_for(SpfResult result) {
  switch (result) {
    case SpfResult::fail:
      return "-all";
    case SpfResult::softfail:
      return "~all";
    case SpfResult::pass:
      return "+all";
    default:
      return "?all";
  }
}

/// What the inventory wants of all other senders; `none` where it does not say.
SpfResult declared(const inventory::Domain& domain) {
  for (const auto one : {SpfResult::fail, SpfResult::softfail, SpfResult::neutral, SpfResult::pass}) {
    if (domain.spf_all == mailauth::to_string(one)) return one;
  }
  return SpfResult::none;
}

/// spf-all-differs speaks of it; of +all spf-plus-all does.
bool differs(const audit::DomainCase& c, const End& end) {
  const auto wanted = declared(c.domain);
  return end.is_known && wanted != SpfResult::none && wanted != end.result() &&
         end.result() != SpfResult::pass;
}

template <typename Wanted>
std::vector<std::string> texts_of(const mailauth::SpfRecord& record, const Wanted& wanted) {
  std::vector<std::string> texts;
  for (const auto& term : record.terms) {
    if (wanted(term)) texts.push_back(shown(term.text));
  }
  return texts;
}

}  // namespace

void judge_spf_all_differs(audit::DomainCase& c, audit::Findings& findings) {
  const auto end = end_of(c);
  if (!differs(c, end)) return;
  findings.add({.values = {{"domain", c.domain.name},
                           {"wanted", all_for(declared(c.domain))},
                           {"all", end.all() != nullptr ? all_for(end.result()) : "no all"},
                           {"by", end.at == c.domain.name ? std::string() : end.at.text()}}});
}

void judge_spf_no_all(audit::DomainCase& c, audit::Findings& findings) {
  const auto end = end_of(c);
  if (!sends(c.domain) || !end.is_known || end.all() != nullptr || differs(c, end)) return;
  findings.add({.values = {{"domain", c.domain.name}, {"at", end.at}}});
}

void judge_spf_neutral_all(audit::DomainCase& c, audit::Findings& findings) {
  const auto end = end_of(c);
  if (!sends(c.domain) || !end.is_known || end.all() == nullptr)
    return;  // spf-parked-not-null, or spf-no-all
  if (end.result() != SpfResult::neutral || differs(c, end)) return;
  findings.add({.values = {{"domain", c.domain.name}, {"at", end.at}}});
}

void judge_spf_all_and_redirect(audit::DomainCase& c, audit::Findings& findings) {
  const auto text = spf_text(c.desk, c.domain.name);
  if (!text.record.has_all()) return;
  const auto ignored = texts_of(text.record, [](const auto& term) { return term.kind == SpfKind::redirect; });
  if (!ignored.empty()) findings.add({.values = {{"domain", c.domain.name}, {"term", ignored.front()}}});
}

void judge_spf_terms_after_all(audit::DomainCase& c, audit::Findings& findings) {
  const auto text = spf_text(c.desk, c.domain.name);
  bool is_over = false;
  const auto ignored = texts_of(text.record, [&](const auto& term) {
    const bool is_ignored = is_over && !term.is_modifier();
    is_over = is_over || term.kind == SpfKind::all;
    return is_ignored;
  });
  if (!ignored.empty())
    findings.add({.values = {{"domain", c.domain.name}, {"terms", audit::list_of(ignored)}}});
}

void judge_spf_ptr(audit::DomainCase& c, audit::Findings& findings) {
  const auto text = spf_text(c.desk, c.domain.name);
  const auto slow = texts_of(
      text.record, [](const auto& term) { return term.kind == SpfKind::ptr || term.spec.uses('p'); });
  if (!slow.empty()) findings.add({.values = {{"domain", c.domain.name}, {"terms", audit::list_of(slow)}}});
}

}  // namespace rdnsgate::rules
