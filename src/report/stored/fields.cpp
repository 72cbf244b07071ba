// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "report/stored/fields.h"

#include <fmt/format.h>

namespace rdnsgate::report {
namespace {

const Json nothing = Json::object();

}  // namespace

Fields::Fields(const Json& json, std::string place, std::string& wrong)
    : json_(&json), place_(std::move(place)), wrong_(&wrong) {
  if (json_->is_object()) return;
  if (wrong_->empty()) *wrong_ = place_.empty() ? "it is no object" : fmt::format("{} is no object", place_);
  json_ = &nothing;
}

std::string Fields::place(const char* name) const {
  return place_.empty() ? name : fmt::format("{}.{}", place_, name);
}

void Fields::fault(const char* name, std::string_view what) const {
  if (wrong_->empty()) *wrong_ = fmt::format("{} {}", place(name), what);
}

void Fields::none_of(const char* name, std::span<const std::string_view> known) const {
  fault(name, fmt::format("is none of {}", fmt::join(known, ", ")));
}

bool Fields::has(const char* name) const { return json_->contains(name); }

const Json* Fields::find(const char* name, bool optional) const {
  const auto found = json_->find(name);
  if (found != json_->end()) return &*found;
  if (!optional) fault(name, "is missing");
  return nullptr;
}

std::string Fields::text(const char* name) const {
  const auto* json = find(name);
  if (json == nullptr) return {};
  if (json->is_string()) return json->get<std::string>();
  fault(name, "is no text");
  return {};
}

std::uint64_t Fields::count(const char* name, std::uint64_t most) const {
  const auto* json = find(name);
  if (json == nullptr) return 0;
  if (json->is_number_unsigned() && json->get<std::uint64_t>() <= most) return json->get<std::uint64_t>();
  fault(name, most == INT64_MAX ? "is no count" : fmt::format("is no count up to {}", most));
  return 0;
}

double Fields::number(const char* name) const {
  const auto* json = find(name);
  if (json == nullptr) return 0;
  if (json->is_number() && json->get<double>() >= 0) return json->get<double>();
  fault(name, "is no number from 0");
  return 0;
}

bool Fields::flag(const char* name) const {
  const auto* json = find(name, true);
  if (json == nullptr) return false;
  if (json->is_boolean()) return json->get<bool>();
  fault(name, "is neither true nor false");
  return false;
}

Time Fields::time(const char* name) const {
  const auto written = text(name);
  const auto time = parse_time(written);
  if (time && format_time(*time) == written) return *time;
  fault(name, "is no time as 2027-05-31T08:00:00Z");
  return {};
}

std::vector<std::string> Fields::texts(const char* name) const {
  std::vector<std::string> all;
  const auto* json = find(name);
  if (json == nullptr) return all;
  if (!json->is_array()) return fault(name, "is no list"), all;
  for (const auto& one : *json) {
    if (!one.is_string()) return fault(name, "has something in it that is no text"), all;
    all.push_back(one.get<std::string>());
  }
  return all;
}

Fields Fields::object(const char* name) const {
  const auto* json = find(name);
  return {json != nullptr ? *json : nothing, place(name), *wrong_};
}

std::vector<Fields> Fields::objects(const char* name) const {
  std::vector<Fields> all;
  const auto* json = find(name);
  if (json == nullptr) return all;
  if (!json->is_array()) return fault(name, "is no list"), all;
  for (std::size_t i = 0; i < json->size(); ++i)
    all.emplace_back((*json)[i], fmt::format("{}[{}]", place(name), i), *wrong_);
  return all;
}

}  // namespace rdnsgate::report
