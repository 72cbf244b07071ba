// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf_evaluate.h"

#include <fmt/format.h>

#include <algorithm>

#include "dns/rrset.h"

namespace rdnsgate::mailauth {
namespace {

using dns::Name;
using dns::RrType;

constexpr std::size_t most_names = 10;   // of one mx or ptr, RFC 7208 §4.6.4
constexpr unsigned most_steps = 20'000;  // where many versions of many records are about

bool holds(const SpfTerm& term, const std::string& rdata, const IpAddress& ip) {
  const auto address = dns::address_in(rdata);
  if (!address || address->is_v4() != ip.is_v4()) return false;
  const unsigned length = ip.is_v4() ? term.v4_length : term.v6_length;
  for (unsigned bit = 0; bit < length; bit += 8) {
    const unsigned left = std::min(8u, length - bit);
    const auto mask = static_cast<unsigned>(0xFF00u >> left) & 0xFFu;
    if (((address->octet(bit / 8) ^ ip.octet(bit / 8)) & mask) != 0) return false;
  }
  return true;
}

std::vector<Name> exchanges_in(const std::vector<std::string>& rdata) {
  std::vector<Name> names;
  for (const auto& one : rdata) {
    if (one.size() < 3) continue;
    if (auto name = Name::from_wire(std::string_view(one).substr(2))) names.push_back(std::move(*name));
  }
  return names;
}

}  // namespace

/// One evaluation.
class SpfWalk {
 public:
  SpfWalk(SpfEvaluator& evaluator, const SpfIdentity& who, bool exhaustive)
      : evaluator_(evaluator), who_(who), exhaustive_(exhaustive) {}

  SpfOutcome run(const Name& domain) {
    outcome_.results = domain.label_count() < 2 ? SpfResults(SpfResult::none) : check_host(domain);
    outcome_.lookups = count_.lookups;
    outcome_.voids = count_.voids;
    return std::move(outcome_);
  }

 private:
  struct Count {
    unsigned lookups = 0, voids = 0;
    void raise(const Count& other) {
      lookups = std::max(lookups, other.lookups);
      voids = std::max(voids, other.voids);
    }
  };
  /// What a mechanism may come to, over all that may be seen.
  struct Match {
    bool yes = false, no = false;
    SpfResults errors;
  };

  SpfResults error(SpfResult result, std::string why) {
    if (outcome_.why.empty()) outcome_.why = std::move(why);
    return SpfResults(result);
  }

  SpfLookup ask(const Name& name, RrType type) {
    if (++steps_ > most_steps) return {};
    auto found = evaluator_.asker_(name, type);
    if (found.state == SpfLookup::State::unknown) outcome_.unknown = true;
    return found;
  }

  /// Each of several versions is gone through from the same count, and the highest goes on.
  template <typename Each>
  void for_versions(const SpfLookup& found, Each&& each) {
    const Count before = count_;
    Count most = before;
    for (const auto& version : found.values) {
      count_ = before;
      each(version);
      most.raise(count_);
    }
    count_ = most;
  }

  SpfResults check_host(const Name& domain) {
    const auto found = ask(domain, RrType::TXT);
    SpfResults results;
    switch (found.state) {
      case SpfLookup::State::failed:
        return error(SpfResult::temperror, domain.text() + " TXT has no answer");
      case SpfLookup::State::unknown:
        results.add(SpfResult::pass);
        results.add(SpfResult::fail);
        return results;
      case SpfLookup::State::known:
        break;
    }
    for_versions(found,
                 [&](const std::vector<std::string>& version) { results.add(judge(domain, version)); });
    return results;
  }

  SpfResults judge(const Name& domain, const std::vector<std::string>& version) {
    const auto texts = spf_texts(version);
    if (texts.empty()) return SpfResults(SpfResult::none);
    if (texts.size() > 1)
      return error(SpfResult::permerror, fmt::format("{} has {} SPF records", domain.text(), texts.size()));
    const auto& record = evaluator_.parsed(texts.front());
    if (!record)
      return error(SpfResult::permerror, fmt::format("{}: {}", domain.text(), record.error().message));
    return follow(*record, domain);
  }

  SpfResults follow(const SpfRecord& record, const Name& domain) {
    SpfResults results;
    for (const auto& term : record.terms) {
      if (term.is_modifier()) continue;
      if (asks_dns(term.kind) && !counted(term, results)) return results;
      const auto match = match_of(term, domain);
      results.add(match.errors);
      if (match.yes) results.add(term.qualifier);
      if (!match.no) return results;
    }
    const auto* redirect = record.redirect();
    if (redirect == nullptr) {
      results.add(SpfResult::neutral);
      return results;
    }
    if (!counted(*redirect, results)) return results;
    const auto target = target_of(*redirect, domain);
    if (!target.known) return results.add(unknown_results()), results;
    auto rest = target.name ? check_host(*target.name) : SpfResults(SpfResult::none);
    if (rest.may_be(SpfResult::none)) {
      // RFC 7208 §6.1.
      SpfResults without =
          error(SpfResult::permerror, fmt::format("{} points to no SPF record", redirect->text));
      for (const auto one : {SpfResult::pass, SpfResult::fail, SpfResult::softfail, SpfResult::neutral,
                             SpfResult::temperror, SpfResult::permerror}) {
        if (rest.may_be(one)) without.add(one);
      }
      rest = without;
    }
    results.add(rest);
    return results;
  }

  /// False, with an error, for one lookup more than are allowed.
  bool counted(const SpfTerm& term, SpfResults& results) {
    if (++count_.lookups <= spf_most_lookups) return true;
    results.add(
        error(SpfResult::permerror, fmt::format("more than {} lookups, at {}", spf_most_lookups, term.text)));
    return false;
  }

  static SpfResults unknown_results() {
    SpfResults results(SpfResult::pass);
    results.add(SpfResult::fail);
    return results;
  }

  Expanded target_of(const SpfTerm& term, const Name& domain) {
    auto target = expand_domain(term.domain, who_, domain);
    outcome_.by_address = outcome_.by_address || target.by_address;
    outcome_.unknown = outcome_.unknown || !target.known;
    return target;
  }

  Match match_of(const SpfTerm& term, const Name& domain) {
    if (term.kind == SpfKind::all) return {true, false, {}};
    if (term.kind == SpfKind::ip4 || term.kind == SpfKind::ip6) {
      const bool yes =
          !exhaustive_ && term.block.network().is_v4() == who_.ip.is_v4() && term.block.contains(who_.ip);
      return {yes, !yes, {}};
    }
    const auto target = target_of(term, domain);
    if (!target.known) return {!exhaustive_, true, {}};
    Match match;
    if (term.kind == SpfKind::include) {
      match = include(term, target.name);
    } else if (!target.name) {
      match.no = true;  // no name that a record can have (RFC 7208 §4.8)
    } else if (term.kind == SpfKind::mx) {
      match = mx(term, *target.name);
    } else if (term.kind == SpfKind::ptr) {
      match = ptr(*target.name);
    } else {
      match = addresses(term, *target.name);
    }
    // In an evaluation that nothing matches, what follows is always reached.
    if (exhaustive_) match = {false, true, match.errors};
    return match;
  }

  Match include(const SpfTerm& term, const std::optional<Name>& target) {
    const auto results = target ? check_host(*target) : SpfResults(SpfResult::none);
    Match match;
    match.yes = results.may_be(SpfResult::pass);
    match.no = results.may_be(SpfResult::fail) || results.may_be(SpfResult::softfail) ||
               results.may_be(SpfResult::neutral);
    if (results.may_be(SpfResult::temperror)) match.errors.add(SpfResult::temperror);
    if (results.may_be(SpfResult::permerror)) match.errors.add(SpfResult::permerror);
    if (results.may_be(SpfResult::none))
      match.errors.add(error(SpfResult::permerror, fmt::format("{} points to no SPF record", term.text)));
    return match;
  }

  RrType family() const { return who_.ip.is_v4() ? RrType::A : RrType::AAAA; }

  Match addresses(const SpfTerm& term, const Name& name) {
    const bool exists = term.kind == SpfKind::exists;
    return look(name, exists ? RrType::A : family(), [&](const std::vector<std::string>& version) {
      const bool yes = exists ? !version.empty()
                              : std::any_of(version.begin(), version.end(), [&](const std::string& rdata) {
                                  return holds(term, rdata, who_.ip);
                                });
      return Match{yes, !yes, {}};
    });
  }

  Match mx(const SpfTerm& term, const Name& name) {
    return look(name, RrType::MX, [&](const std::vector<std::string>& version) {
      const auto names = exchanges_in(version);
      if (names.size() > most_names)
        return Match{false, false,
                     error(SpfResult::permerror, fmt::format("{}: {} has more than {} MX records", term.text,
                                                             name.text(), most_names))};
      return any_of(names, [&](const Name& one) { return addresses(term, one); });
    });
  }

  /// Names that the address has and that resolve to it, at or below the target (RFC 7208 §5.5).
  Match ptr(const Name& target) {
    outcome_.by_address = true;
    const auto found = ask(dns::reverse_name(who_.ip), RrType::PTR);
    if (found.state == SpfLookup::State::failed) return {false, true, {}};
    return over(found, [&](const std::vector<std::string>& version) {
      std::vector<Name> names;
      for (const auto& rdata : version) {
        const auto name = dns::name_in(rdata);
        if (name && name->is_within(target) && names.size() < most_names) names.push_back(*name);
      }
      return any_of(names, [&](const Name& one) {
        auto match = addresses({}, one);
        match.errors = {};  // one that has no answer is passed over
        if (!match.yes && !match.no) match.no = true;
        return match;
      });
    });
  }

  /// The first that matches ends it.
  template <typename Each>
  Match any_of(const std::vector<Name>& names, Each&& each) {
    Match all{false, true, {}};
    for (const auto& name : names) {
      if (!all.no) break;
      const Match one = each(name);
      all.errors.add(one.errors);
      all.yes = all.yes || one.yes;
      all.no = one.no;
    }
    return all;
  }

  template <typename Each>
  Match look(const Name& name, RrType type, Each&& each) {
    const auto found = ask(name, type);
    if (found.state != SpfLookup::State::failed) return over(found, each);
    return {
        false, false,
        error(SpfResult::temperror, fmt::format("{} {} has no answer", name.text(), dns::to_string(type)))};
  }

  template <typename Each>
  Match over(const SpfLookup& found, Each&& each) {
    if (found.state == SpfLookup::State::unknown) return {!exhaustive_, true, {}};
    Match all;
    for_versions(found, [&](const std::vector<std::string>& version) {
      if (version.empty() && ++count_.voids > spf_most_voids) {
        all.errors.add(error(SpfResult::permerror,
                             fmt::format("more than {} lookups of what does not exist", spf_most_voids)));
        return;
      }
      const Match one = each(version);
      all.errors.add(one.errors);
      all.yes = all.yes || one.yes;
      all.no = all.no || one.no;
    });
    return all;
  }

  SpfEvaluator& evaluator_;
  const SpfIdentity& who_;
  const bool exhaustive_;
  SpfOutcome outcome_;
  Count count_;
  unsigned steps_ = 0;
};

std::string SpfResults::text() const {
  std::string text;
  for (unsigned i = 0; i <= static_cast<unsigned>(SpfResult::permerror); ++i) {
    const auto one = static_cast<SpfResult>(i);
    if (may_be(one)) text += fmt::format("{}{}", text.empty() ? "" : " or ", to_string(one));
  }
  return text;
}

const Result<SpfRecord>& SpfEvaluator::parsed(const std::string& text) {
  const auto found = records_.find(text);
  return found != records_.end() ? found->second : records_.emplace(text, parse_spf(text)).first->second;
}

SpfOutcome SpfEvaluator::evaluate(const SpfIdentity& who, const dns::Name& domain) {
  return SpfWalk(*this, who, false).run(domain);
}

SpfOutcome SpfEvaluator::exhaust(const SpfIdentity& who, const dns::Name& domain) {
  return SpfWalk(*this, who, true).run(domain);
}

}  // namespace rdnsgate::mailauth
