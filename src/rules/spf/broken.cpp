// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "rules/spf/broken.h"

#include <algorithm>

#include "rules/spf/case_paths.h"

namespace rdnsgate::rules {
namespace {

bool has_family(const inventory::Inventory& inventory, const inventory::MailPath& path, bool is_v4) {
  const auto ranges = ranges_of(inventory, path);
  return std::any_of(ranges.begin(), ranges.end(),
                     [&](const AddressRange& range) { return range.first.is_v4() == is_v4; });
}

}  // namespace

bool sends_over(const audit::DomainCase& c, bool is_v4) {
  const auto paths = paths_of(c.inventory, c.domain);
  const auto any = [&](bool family) {
    return std::any_of(paths.begin(), paths.end(),
                       [&](const auto& path) { return has_family(c.inventory, path, family); });
  };
  return any(is_v4) || (is_v4 && !any(false));
}

bool is_broken(dns::FactDesk& desk, const SpfSurvey& survey, bool is_v4) {
  if (survey.top().lookups > mailauth::spf_most_lookups) return true;
  const bool has_bad_link =
      std::any_of(survey.links().begin(), survey.links().end(), [](const SpfSurvey::Link& link) {
        if (link.loops) return true;
        return link.to != nullptr && !link.to->found.is_good() &&
               link.to->found.state != SpfText::State::unknown &&
               link.to->found.state != SpfText::State::pending;
      });
  if (has_bad_link) return true;
  const auto costs = spf_costs(desk, survey, is_v4);
  return costs.voids.size() > mailauth::spf_most_voids || !costs.many_exchanges.empty();
}

}  // namespace rdnsgate::rules
