// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <cstddef>
#include <functional>
#include <nlohmann/json.hpp>
#include <string>
#include <string_view>
#include <tl/expected.hpp>

namespace rdnsgate {

/// Why a text is not read as JSON. `line` and `column` count from 1, the column in octets; `at` is the octet.
struct JsonFault {
  std::string message;
  std::size_t at = 0, line = 1, column = 1;
};

/// How deep objects and arrays may lie in each other. Nothing that is read here is half as deep, and whoever
/// copies or prints a value goes down into it with a stack frame for each.
inline constexpr std::size_t deepest_json = 64;

/// The only way in which JSON from outside is read (RFC 8259): never throws for what stands in it. A text
/// that is not JSON, that lies too deep, or that has a number no double can hold is refused where that shows,
/// before memory is spent on the rest.
tl::expected<nlohmann::json, JsonFault> read_json(std::string_view text);

/// The same for an object with a list that is too long to lie in memory as JSON: each element of its member `list` goes to
/// `take` as soon as it is read, and the list is empty in what is returned. Members keep their order. Where `take` says
/// false nothing more is read, and there is a fault, whose message means nothing.
tl::expected<nlohmann::ordered_json, JsonFault> read_json_around(
    std::string_view text, std::string_view list, const std::function<bool(nlohmann::ordered_json&&)>& take);

}  // namespace rdnsgate
