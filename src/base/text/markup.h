// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <fmt/format.h>

#include <string>
#include <string_view>
#include <type_traits>
#include <utility>

#include "base/text/escape.h"

namespace rdnsgate {

/// Text that is XML or HTML already, and stands as it is where markup() puts it.
struct Markup {
  std::string text;
  Markup& operator+=(const Markup& more) {
    text += more.text;
    return *this;
  }
  bool empty() const { return text.empty(); }
};

namespace detail {
template <typename Value>
decltype(auto) in_markup(const Value& value) {
  if constexpr (std::is_same_v<Value, Markup>) {
    return static_cast<const std::string&>(value.text);
  } else if constexpr (std::is_convertible_v<const Value&, std::string_view>) {
    return escape_markup(value);
  } else if constexpr (std::is_same_v<Value, char>) {
    return escape_markup({&value, 1});
  } else {
    return value;
  }
}
}  // namespace detail

template <typename... Args>
using MarkupPattern =
    fmt::format_string<decltype(detail::in_markup(std::declval<const std::type_identity_t<Args>&>()))...>;

/// XML and HTML from a pattern: each argument that is text is escaped (escape_markup), in elements and in quoted
/// attributes alike, so that nothing foreign is markup by mistake.
template <typename... Args>
Markup markup(MarkupPattern<Args...> pattern, const Args&... args) {
  return {fmt::format(pattern, detail::in_markup(args)...)};
}

}  // namespace rdnsgate
