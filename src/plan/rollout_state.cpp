// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "plan/rollout_state.h"

#include <fmt/format.h>

#include <nlohmann/json.hpp>

namespace rdnsgate::plan {
namespace {

using nlohmann::json;

constexpr std::string_view schema_name = "rdnsgate/rollout-state/1";

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

}  // namespace

std::string write_state(const RolloutState& state) {
  const nlohmann::ordered_json document = {{"schema", schema_name},
                                           {"plan", state.plan},
                                           {"converged", times(state.converged)},
                                           {"done", times(state.done)}};
  return document.dump(2, ' ', true) + "\n";
}

Result<RolloutState> read_state(std::string_view text, std::string_view path, const std::string& plan) {
  const auto document = json::parse(text, nullptr, false);
  RolloutState state;
  if (!document.is_object() || document.value("schema", json()) != schema_name ||
      !document.value("plan", json()).is_string() || !read_times(document, "converged", state.converged) ||
      !read_times(document, "done", state.done)) {
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
