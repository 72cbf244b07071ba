// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <vector>

#include "mailauth/spf/spf_answers.h"
#include "mailauth/spf/spf_outcome.h"
#include "mailauth/spf/spf_trace.h"

namespace rdnsgate::mailauth {

/// One evaluation, over all versions of records that may be about.
class SpfWalk {
 public:
  enum class Way : std::uint8_t {
    plain,
    exhaustive,  ///< as if nothing matched (SpfEvaluator::exhaust)
    anyone,      ///< what depends on the address itself is not known (SpfEvaluator::evaluate_around)
  };
  SpfWalk(SpfAnswers& answers, const SpfIdentity& who, Way way)
      : answers_(answers), who_(who), exhaustive_(way == Way::exhaustive), anyone_(way == Way::anyone) {
    outcome_.same = SpfSpan(who.ip);
  }

  SpfOutcome run(const SpfDomain& domain, std::vector<SpfRecordTrace>* trace);

 private:
  struct Count {
    unsigned lookups = 0, voids = 0;
    void raise(const Count& other);
  };
  /// What a mechanism may come to, over all that may be seen.
  struct Match {
    bool yes = false, no = false;
    SpfResults errors{};
  };
  /// What a term is about.
  struct Target {
    std::optional<SpfDomain> own{};
    const SpfDomain* other = nullptr;
    bool known = true;
    /// nullptr: no name that a record can have.
    const SpfDomain* get() const { return own ? &*own : other; }
  };
  class Step;

  SpfResults check_host(const SpfDomain& domain, std::vector<SpfRecordTrace>* traces);
  SpfResults judge(const SpfDomain& domain, const SpfAnswer::Version& version, SpfRecordTrace* trace);
  SpfResults follow(const SpfRecord& record, const SpfDomain& domain, SpfRecordTrace* trace);
  SpfResults redirected(const SpfTerm& term, const SpfDomain& domain, Step& step);
  void note_explanation(const SpfRecord& record, const SpfDomain& domain);
  void note_decider(const SpfTerm& term, const SpfDomain& domain);
  bool is_in(const Prefix& block);
  bool may_look_at_ip();

  Target target_of(const SpfTerm& term, const SpfDomain& domain);
  Match match_of(const SpfTerm& term, const SpfDomain& domain, Step& step);
  Match include(const SpfTerm& term, const SpfDomain* target, Step& step);
  Match addresses(const SpfTerm& term, const dns::Name& name);
  Match mx(const SpfTerm& term, const dns::Name& name);
  Match ptr(const dns::Name& target);
  template <typename Each>
  Match any_of(const std::vector<dns::Name>& names, Each&& each);
  template <typename Each>
  Match over(const dns::Name& name, dns::RrType type, Each&& each);
  template <typename Each>
  void for_versions(const SpfAnswer& found, Each&& each);

  const SpfAnswer& ask(const dns::Name& name, dns::RrType type);
  bool counted(const SpfTerm& term);
  SpfResults error(SpfResult result, std::string why);
  bool stopped() const { return !outcome_.missing.empty(); }
  dns::RrType family() const { return who_.ip.is_v4() ? dns::RrType::A : dns::RrType::AAAA; }

  SpfAnswers& answers_;
  const SpfIdentity& who_;
  const bool exhaustive_, anyone_;
  SpfOutcome outcome_;
  bool several_deciders_ = false;
  Count count_;
  unsigned steps_ = 0, includes_ = 0;
  std::vector<SpfQuestionTrace>* questions_ = nullptr;  ///< of the step that is traced
};

}  // namespace rdnsgate::mailauth
