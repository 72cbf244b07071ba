// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <deque>
#include <string>
#include <vector>

#include "mailauth/spf/spf_outcome.h"
#include "rules/spf/spf_text.h"

namespace rdnsgate::rules {

/// A domain's record with all that it takes in by include and redirect, as for a client that nothing matches. What a
/// macro makes is left out: its name is another one for each client.
class SpfSurvey {
 public:
  static constexpr std::size_t most_records = 40;
  static constexpr unsigned most_counted = 999;

  struct Visit {
    dns::Name name;
    SpfText found;
    unsigned lookups = 0;   ///< of its record with all below it; at most most_counted
    bool is_open = true;    ///< it is on the way to the one that is looked at
    bool has_pass = false;  ///< a match in it lets the message pass, by one way to it at least
  };
  /// An include or redirect.
  struct Link {
    const Visit* from;
    const Visit* to;  ///< nullptr where it is not followed: in a circle, or one record too many
    const mailauth::SpfTerm* term;
    dns::Name target;
    bool loops = false;
  };

  /// Asks for what it needs; says little while it `is_pending`.
  SpfSurvey(dns::FactDesk& desk, const dns::Name& domain);

  const Visit& top() const { return visits_.front(); }
  /// Each record once, in the order of evaluation.
  const std::deque<Visit>& visits() const { return visits_; }
  const std::vector<Link>& links() const { return links_; }
  bool is_pending() const { return pending_; }
  /// There is a part that nobody knows, so that there may be more of everything.
  bool is_partial() const { return partial_; }
  /// What failed on the way.
  const std::vector<const dns::Fact*>& failed() const { return failed_; }
  /// Calls `visit(Visit, SpfTerm)` for each term that is ever looked at, in the order of evaluation, once.
  template <typename Each>
  void for_each_term(const Each& each) const {
    for (const auto& visit : visits_) {
      for (const auto& term : visit.found.record.terms) {
        if (!is_ignored(visit, term)) each(visit, term);
        if (term.kind == mailauth::SpfKind::all) break;
      }
    }
  }

 private:
  static bool is_ignored(const Visit& visit, const mailauth::SpfTerm& term) {
    return term.kind == mailauth::SpfKind::redirect && visit.found.record.redirect() != &term;
  }
  Visit* enter(const dns::Name& name, bool has_pass);
  unsigned follow(Visit& from, const mailauth::SpfTerm& term);
  void let_pass(Visit& visit);
  Visit* known(const dns::Name& name);

  dns::FactDesk& desk_;
  std::deque<Visit> visits_;
  std::vector<Link> links_;
  std::vector<const dns::Fact*> failed_;
  bool pending_ = false, partial_ = false;
};

/// What of a survey makes an error of every evaluation that comes so far.
struct SpfCosts {
  struct ManyExchanges {
    std::string term;
    std::size_t count;
  };
  std::vector<ManyExchanges> many_exchanges;  ///< `mx` of more than ten
  std::vector<std::string> voids;             ///< `A of mail.example.com`: look-ups without an answer
  std::vector<const dns::Fact*> failed;
  bool is_pending = false;
};
/// For clients of one family: asks for what the mechanisms name. Of a hostile tree no more than some.
SpfCosts spf_costs(dns::FactDesk& desk, const SpfSurvey& survey, bool is_v4);

}  // namespace rdnsgate::rules
