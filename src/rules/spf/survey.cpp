// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/spf/survey.h"

#include <fmt/format.h>

#include <algorithm>
#include <utility>

#include "dns/rrset.h"

namespace rdnsgate::rules {
namespace {

using dns::RrType;
using mailauth::SpfKind;
using mailauth::SpfLookup;
using mailauth::SpfTerm;

constexpr std::size_t most_questions = 60;  // about what mechanisms name, for one domain

bool lets_pass(const SpfTerm& term) { return term.qualifier == mailauth::SpfResult::pass; }
bool takes_in(const SpfTerm& term) { return term.kind == SpfKind::include || term.kind == SpfKind::redirect; }

}  // namespace

SpfSurvey::SpfSurvey(dns::FactDesk& desk, const dns::Name& domain) : desk_(desk) { enter(domain, true); }

SpfSurvey::Visit* SpfSurvey::known(const dns::Name& name) {
  const auto found =
      std::find_if(visits_.begin(), visits_.end(), [&](const Visit& one) { return one.name == name; });
  return found == visits_.end() ? nullptr : &*found;
}

SpfSurvey::Visit* SpfSurvey::enter(const dns::Name& name, bool has_pass) {
  auto& visit = visits_.emplace_back();
  visit.name = name;
  visit.has_pass = has_pass;
  visit.found = spf_text(desk_, name);
  pending_ = pending_ || visit.found.state == SpfText::State::pending;
  if (visit.found.state == SpfText::State::unknown) {
    partial_ = true;
    failed_.push_back(visit.found.fact);
  }
  for (const auto& term : visit.found.record.terms) {
    if (term.kind == SpfKind::all) break;
    if (is_ignored(visit, term) || !mailauth::asks_dns(term.kind)) continue;
    visit.lookups = std::min(visit.lookups + 1 + follow(visit, term), most_counted);
  }
  visit.is_open = false;
  return &visit;
}

/// What is below the term, in look-ups.
unsigned SpfSurvey::follow(Visit& from, const SpfTerm& term) {
  if (!takes_in(term)) return 0;
  if (!term.fixed) {
    partial_ = true;
    return 0;
  }
  const bool still_passes = from.has_pass && lets_pass(term);
  Visit* to = known(term.fixed->name);
  const bool loops = to != nullptr && to->is_open;
  if (to != nullptr && still_passes) let_pass(*to);
  if (to == nullptr) {
    if (visits_.size() < most_records)
      to = enter(term.fixed->name, still_passes);
    else
      partial_ = true;
  }
  links_.push_back({&from, loops ? nullptr : to, &term, term.fixed->name, loops});
  return to == nullptr || loops ? 0 : to->lookups;
}

/// By this way a match in it does, and so does one in what it takes in.
void SpfSurvey::let_pass(Visit& visit) {
  if (std::exchange(visit.has_pass, true)) return;
  for (const auto& link : links_) {
    if (link.from == &visit && link.to != nullptr && lets_pass(*link.term)) let_pass(*known(link.target));
  }
}

namespace {

class Coster {
 public:
  Coster(dns::FactDesk& desk, bool is_v4) : desk_(desk), family_(is_v4 ? RrType::A : RrType::AAAA) {}

  SpfCosts run(const SpfSurvey& survey) {
    survey.for_each_term([&](const SpfSurvey::Visit& visit, const SpfTerm& term) {
      const bool looks = term.kind == SpfKind::a || term.kind == SpfKind::mx || term.kind == SpfKind::exists;
      if (!looks || (!term.domain.empty() && !term.fixed)) return;
      const auto& name = term.domain.empty() ? visit.name : term.fixed->name;
      if (term.kind == SpfKind::mx)
        exchanges(term, name);
      else
        look(name, term.kind == SpfKind::exists ? RrType::A : family_);
    });
    return std::move(costs_);
  }

 private:
  void exchanges(const SpfTerm& term, const dns::Name& name) {
    const auto rdata = look(name, RrType::MX);
    std::vector<dns::Name> hosts;
    for (const auto& one : rdata) {
      auto host =
          one.size() < 3 ? dns::Name::from_wire("") : dns::Name::from_wire(std::string_view(one).substr(2));
      if (host && !host->is_root()) hosts.push_back(std::move(*host));
    }
    if (hosts.size() > 10) return costs_.many_exchanges.push_back({shown(term.text), hosts.size()});
    for (const auto& host : hosts) look(host, family_);
  }

  std::vector<std::string> look(const dns::Name& name, RrType type) {
    if (++questions_ > most_questions) return {};
    auto found = spf_known(desk_, name, type, &costs_.failed);
    costs_.is_pending = costs_.is_pending || found.state == SpfLookup::State::missing;
    if (found.state != SpfLookup::State::known) return {};
    if (found.values.front().empty())
      costs_.voids.push_back(fmt::format("{} of {}", dns::to_string(type), name.text()));
    return std::move(found.values.front());
  }

  dns::FactDesk& desk_;
  const RrType family_;
  std::size_t questions_ = 0;
  SpfCosts costs_;
};

}  // namespace

SpfCosts spf_costs(dns::FactDesk& desk, const SpfSurvey& survey, bool is_v4) {
  return Coster(desk, is_v4).run(survey);
}

}  // namespace rdnsgate::rules
