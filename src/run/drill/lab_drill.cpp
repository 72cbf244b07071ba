// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "run/drill/lab_drill.h"

#include <algorithm>
#include <iterator>
#include <set>
#include <utility>

#include "run/drill/differences.h"

namespace rdnsgate::run {
namespace {

using Subject = std::pair<std::string, audit::Target>;  // a rule, and what it is about

std::set<Subject> subjects_of(const std::vector<report::DrillFinding>& findings, bool with_changed) {
  std::set<Subject> all;
  for (const auto& one : findings) {
    if (with_changed || !one.changed) all.emplace(one.rule, one.target);
  }
  return all;
}

std::set<Subject> open_in(const report::Document& document) {
  std::set<Subject> all;
  for (const auto& one : document.findings) {
    if (one.status == audit::Status::open) all.emplace(one.rule, one.target);
  }
  return all;
}

std::vector<report::DrillLab::Difference> list_of(const std::set<Subject>& subjects) {
  std::vector<report::DrillLab::Difference> all;
  for (const auto& [rule, target] : subjects) all.push_back({rule, target});
  return all;
}

std::string in_one(const Error& error) {
  return error.hint.empty() ? error.message : error.message + "; " + error.hint;
}

}  // namespace

void hold_against(const std::vector<report::DrillFinding>& predicted,
                  const std::vector<report::DrillFinding>& seen, const report::Document& during,
                  report::DrillLab& lab) {
  const auto all_predicted = subjects_of(predicted, true), newly_seen = subjects_of(seen, false);
  const auto there = subjects_of(seen, true);
  const auto open = open_in(during);
  std::set<Subject> missing, unexpected;
  for (const auto& one : predicted) {
    const Subject subject(one.rule, one.target);
    if (!there.contains(subject) && !(one.changed && open.contains(subject))) missing.insert(subject);
  }
  std::set_difference(newly_seen.begin(), newly_seen.end(), all_predicted.begin(), all_predicted.end(),
                      std::inserter(unexpected, unexpected.end()));
  lab.missing = list_of(missing);
  lab.unexpected = list_of(unexpected);
  lab.findings = all_predicted.size() - missing.size();
}

Attempt<void> LabDrill::open() {
  auto programs = find_lab_programs(estate_);
  if (!programs) return tl::unexpected<Failure>(programs.error());
  programs_ = std::move(*programs);
  const auto world = make_lab_world({ground_, before_facts_});
  if (!world) return tl::unexpected<Failure>(world.error());
  auto played = play_in_lab(estate_, *programs_, *world, {}, listener_);
  if (!played) return tl::unexpected(std::move(played.error()));
  sight_ = sight_of(played->ran, estate_.kept->inventory);
  before_ = std::move(played->ran.document);
  return {};
}

report::DrillLab LabDrill::play(const Fault& fault, const dns::FactStore& during,
                                const std::vector<report::DrillFinding>& predicted) {
  report::DrillLab lab;
  lab.programs.push_back(programs_->name_server.name);
  if (programs_->resolver) lab.programs.push_back(programs_->resolver->name);
  const auto world = make_lab_world({ground_, before_facts_, &during, &fault});
  if (!world) {
    lab.why_not = in_one(world.error());
    return lab;
  }
  const auto played = play_in_lab(estate_, *programs_, *world, fault.staging, listener_);
  if (!played) {
    lab.why_not = in_one(played.error().error);
    return lab;
  }
  lab.played = true;
  lab.notes = played->notes;
  const auto& document = played->ran.document;
  const auto seen =
      differences(before_, document, sight_, sight_of(played->ran, estate_.kept->inventory), {});
  hold_against(predicted, seen, document, lab);
  return lab;
}

}  // namespace rdnsgate::run
