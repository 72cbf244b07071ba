// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <fmt/format.h>

#include <nlohmann/json.hpp>
#include <optional>
#include <string>
#include <string_view>

#include "dns/rrset.h"
#include "dns/snapshot/json_members.h"

namespace rdnsgate::dns {

// What facts and delegations have in common in a snapshot. What is wrong is kept in `wrong`, the first of it;
// from there on what is handed out means nothing.

Name read_name(Members& members, const char* key, std::string& wrong);
RRset read_rrset(const nlohmann::json& json, std::string& wrong);
nlohmann::ordered_json rrset_json(const RRset& set);

/// A word of a closed set.
template <typename T>
T read_word(const std::string& word, const char* key, std::optional<T> (*parse_word)(std::string_view),
            std::string& wrong) {
  const auto value = parse_word(word);
  if (!value && wrong.empty()) wrong = fmt::format("\"{}\": there is no \"{}\"", key, word.substr(0, 40));
  return value.value_or(T{});
}

}  // namespace rdnsgate::dns
