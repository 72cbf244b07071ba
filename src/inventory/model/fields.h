// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <string>
#include <string_view>
#include <vector>

#include "base/duration.h"
#include "dns/name.h"
#include "yaml/document.h"
#include "yaml/problems.h"

// Typed fields out of a document that the schema may have found faulty: what has the wrong type has been
// reported there and is skipped here without a word.
namespace rdnsgate::inventory {

/// The text under a key; nullopt where there is none.
std::optional<yaml::Value> text_field(const yaml::Value& map, std::string_view key);

/// The same as a string; empty where there is none.
std::string string_field(const yaml::Value& map, std::string_view key);

/// Sets `out` where the key is there and holds a duration; a bad one becomes a problem.
void duration_field(const yaml::Value& map, std::string_view key, seconds& out, yaml::Problems& problems);
std::optional<seconds> duration_field(const yaml::Value& map, std::string_view key, yaml::Problems& problems);
std::optional<milliseconds> duration_ms_field(const yaml::Value& map, std::string_view key,
                                              yaml::Problems& problems);

/// A domain name that a person wrote; what cannot be one becomes a problem.
std::optional<dns::Name> name_field(const yaml::Value& map, std::string_view key, yaml::Problems& problems);

std::optional<std::int64_t> integer_field(const yaml::Value& map, std::string_view key);

/// False where there is none.
bool bool_field(const yaml::Value& map, std::string_view key);

/// The texts of a list.
std::vector<std::string> strings_field(const yaml::Value& map, std::string_view key);

/// The value of an enum under a key, by its text; `out` stays where there is none or it is not one.
template <typename Enum, std::size_t count>
void enum_field(const yaml::Value& map, std::string_view key, const Enum (&all)[count], Enum& out) {
  const std::string text = string_field(map, key);
  for (const Enum candidate : all) {
    if (to_string(candidate) == text) out = candidate;
  }
}

/// A file that is named from `folder`, that of the file which names it: from the inventory's folder, or as it
/// is where it is absolute.
std::string file_field(const yaml::Value& map, std::string_view key, const std::string& folder);

/// The name of a thing, as the place to point to; all of it where it has none.
Span name_span(const yaml::Value& map);

/// A problem of a value, unless one has been reported at that place.
void report_value(yaml::Problems& problems, Span at, const Error& error);

}  // namespace rdnsgate::inventory
