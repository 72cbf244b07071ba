// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/digest/stages.h"

#include <fmt/format.h>

#include "plan/timetable.h"

namespace rdnsgate::plan {
namespace {

/// `swap-ptr` of `swap-ptr-2`.
std::string_view kind_of(std::string_view id) {
  const auto end = id.find_last_not_of("0123456789");
  const bool is_numbered = end != std::string_view::npos && end + 1 < id.size() && id[end] == '-';
  return is_numbered ? id.substr(0, end) : id;
}

bool is_next_wave(const Phase& one, const Phase& next) {
  return one.wave != 0 && next.wave == one.wave + 1 && next.waves == one.waves &&
         kind_of(one.id) == kind_of(next.id);
}

}  // namespace

std::string Stage::label() const {
  return has_waves() ? fmt::format("{} in {} waves", kind_of(first().id), phases.size()) : label_of(first());
}

std::vector<const Step*> Stage::steps() const {
  std::vector<const Step*> all;
  for (const auto* phase : phases) {
    for (const auto& step : phase->steps) all.push_back(&step);
  }
  return all;
}

std::vector<const Manual*> Stage::manual() const {
  std::vector<const Manual*> all;
  for (const auto* phase : phases) {
    for (const auto& manual : phase->manual) all.push_back(&manual);
  }
  return all;
}

std::vector<Stage> stages_of(const Plan& plan) {
  std::vector<Stage> stages;
  for (const auto& phase : plan.phases) {
    if (!stages.empty() && is_next_wave(stages.back().last(), phase))
      stages.back().phases.push_back(&phase);
    else
      stages.push_back({{&phase}});
  }
  return stages;
}

}  // namespace rdnsgate::plan
