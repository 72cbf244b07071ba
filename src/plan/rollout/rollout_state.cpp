// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/rollout/rollout_state.h"

#include <fmt/format.h>

#include <algorithm>
#include <nlohmann/json.hpp>

#include "base/read_json.h"

namespace rdnsgate::plan {
namespace {

using nlohmann::json;

constexpr std::string_view state_schema = "rdnsgate/rollout-state/1";

json times(const std::map<std::string, Time>& times) {
  json object = json::object();
  for (const auto& [phase, time] : times) object[phase] = format_time(time);
  return object;
}

bool read_times(const json& document, const char* key, std::map<std::string, Time>& times) {
  const auto found = document.find(key);
  if (found == document.end() || !found->is_object()) return false;
  for (const auto& [phase, text] : found->items()) {
    const auto time = text.is_string() ? parse_time(text.get<std::string>()) : fail("");
    if (!time) return false;
    times[phase] = *time;
  }
  return true;
}

std::map<std::string, Time> merged(const std::map<std::string, Time>& base, const std::map<std::string, Time>& mine,
                                   const std::map<std::string, Time>& theirs) {
  std::map<std::string, Time> all;
  for (const auto* side : {&mine, &theirs}) {
    const auto& other = side == &mine ? theirs : mine;
    for (const auto& [phase, time] : *side) {
      const auto also = other.find(phase);
      const bool forgotten = also == other.end() && base.contains(phase);
      if (!forgotten) all[phase] = also == other.end() ? time : std::max(time, also->second);
    }
  }
  return all;
}

}  // namespace

RolloutState merged(const RolloutState& base, const RolloutState& mine, const RolloutState& theirs) {
  return {mine.plan, merged(base.converged, mine.converged, theirs.converged),
          merged(base.done, mine.done, theirs.done), merged(base.early, mine.early, theirs.early)};
}

std::string write_state(const RolloutState& state) {
  nlohmann::ordered_json document = {{"schema", state_schema},
                                           {"plan", state.plan},
                                           {"converged", times(state.converged)},
                                           {"done", times(state.done)}};
  if (!state.early.empty()) document["early"] = times(state.early);
  return document.dump(2, ' ', true) + "\n";
}

Result<RolloutState> read_state(std::string_view text, std::string_view path, const std::string& plan) {
  const auto read = read_json(text);
  if (!read) {
    const auto& fault = read.error();
    return fail(fmt::format("{}:{}:{}: {}", path, fault.line, fault.column, fault.message),
                "the state of a rollout is a file that rdnsgate rollout --state wrote");
  }
  const auto& document = *read;
  RolloutState state;
  if (!document.is_object() || document.value("schema", json()) != state_schema ||
      !document.value("plan", json()).is_string() || !read_times(document, "converged", state.converged) ||
      !read_times(document, "done", state.done) ||
      (document.contains("early") && !read_times(document, "early", state.early))) {
    return fail(fmt::format("{}: this is not the state of a rollout", path),
                "name a file that does not exist yet: it is made, and waits count from now");
  }
  state.plan = document["plan"];
  if (state.plan != plan) {
    return fail(fmt::format("{}: this is the state of plan {}, not of {}", path, state.plan, plan),
                "each plan has a state file of its own");
  }
  return state;
}

}  // namespace rdnsgate::plan
