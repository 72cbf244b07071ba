// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "logs/entry.h"

#include <algorithm>
#include <array>

namespace rdnsgate::logs {
namespace {

constexpr std::array<std::string_view, log_classes> class_names{
    "no-ptr", "ptr-mismatch", "helo", "name-too-long", "temporary", "other-not-rdns"};

}  // namespace

std::string_view to_string(LogClass of) { return class_names[static_cast<std::size_t>(of)]; }

std::optional<LogClass> parse_log_class(std::string_view text) {
  const auto* const found = std::find(class_names.begin(), class_names.end(), text);
  if (found == class_names.end()) return std::nullopt;
  return static_cast<LogClass>(found - class_names.begin());
}

std::string_view to_string(Side side) {
  return side == Side::sent ? "sent" : side == Side::received ? "received" : "unknown";
}

}  // namespace rdnsgate::logs
