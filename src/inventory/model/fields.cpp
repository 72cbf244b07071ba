// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "inventory/model/fields.h"

#include "inventory/files/paths.h"
#include "inventory/problem_codes.h"

namespace rdnsgate::inventory {
namespace {

template <typename Parse>
auto parsed_duration(const yaml::Value& map, std::string_view key, yaml::Problems& problems, Parse parse)
    -> std::optional<typename decltype(parse(std::string_view()))::value_type> {
  const auto value = map.get(key);
  if (!value || (!value->is_text() && value->kind() != yaml::Kind::integer)) return std::nullopt;
  const auto duration = parse(value->text());
  if (duration) return *duration;
  report_value(problems, value->span(), duration.error());
  return std::nullopt;
}

}  // namespace

std::optional<yaml::Value> text_field(const yaml::Value& map, std::string_view key) {
  auto value = map.get(key);
  if (!value || !value->is_text()) return std::nullopt;
  return value;
}

std::string string_field(const yaml::Value& map, std::string_view key) {
  const auto value = text_field(map, key);
  return value ? std::string(value->text()) : std::string();
}

void duration_field(const yaml::Value& map, std::string_view key, seconds& out, yaml::Problems& problems) {
  if (const auto duration = duration_field(map, key, problems)) out = *duration;
}

std::optional<seconds> duration_field(const yaml::Value& map, std::string_view key,
                                      yaml::Problems& problems) {
  return parsed_duration(map, key, problems, parse_duration);
}

std::optional<milliseconds> duration_ms_field(const yaml::Value& map, std::string_view key,
                                              yaml::Problems& problems) {
  return parsed_duration(map, key, problems, parse_duration_ms);
}

std::optional<dns::Name> name_field(const yaml::Value& map, std::string_view key, yaml::Problems& problems) {
  const auto value = text_field(map, key);
  if (!value || value->text().empty()) return std::nullopt;
  auto name = dns::Name::from_host(value->text());
  if (name) return std::move(*name);
  report_value(problems, value->span(), name.error());
  return std::nullopt;
}

std::optional<std::int64_t> integer_field(const yaml::Value& map, std::string_view key) {
  const auto value = map.get(key);
  return value ? value->integer() : std::nullopt;
}

bool bool_field(const yaml::Value& map, std::string_view key) {
  const auto value = map.get(key);
  return value && value->kind() == yaml::Kind::boolean &&
         (value->text()[0] == 't' || value->text()[0] == 'T');
}

std::vector<std::string> strings_field(const yaml::Value& map, std::string_view key) {
  std::vector<std::string> all;
  if (const auto list = map.get(key)) {
    yaml::for_each_item(*list, [&](const yaml::Value& item) {
      if (item.is_text()) all.emplace_back(item.text());
    });
  }
  return all;
}

void report_value(yaml::Problems& problems, Span at, const Error& error) {
  if (!problems.has(at)) problems.add(code::value, at, error.message, error.hint);
}

std::string file_field(const yaml::Value& map, std::string_view key, const std::string& folder) {
  return beside(folder, string_field(map, key));
}

Span name_span(const yaml::Value& map) {
  const auto name = map.get("name");
  return name ? name->span() : map.span();
}

}  // namespace rdnsgate::inventory
