// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <doctest/doctest.h>

#include <array>
#include <optional>
#include <string>
#include <string_view>

#include "base/text/diagnostic.h"
#include "inventory/model/load.h"

namespace rdnsgate::inventory {

inline constexpr std::array<std::string_view, 5> test_rules{"helo-missing", "ptr-generic", "ptr-missing",
                                                            "spf-lookup-limit", "ttl-too-low-steady"};

/// A text loaded, with everything that was said about it.
struct Loaded {
  Sources sources;
  Diagnostics problems;
  std::optional<Inventory> inventory;

  explicit Loaded(std::string text, LoadOptions options = {}) {
    if (options.rule_names.empty()) options.rule_names = test_rules;
    inventory = load(sources, "inventory.yaml", std::move(text), options, problems);
  }

  /// All problems as a person sees them.
  std::string said() const {
    std::string all;
    for (const auto& problem : problems) all += render(problem, sources);
    return all;
  }
  bool says(std::string_view text) const { return said().find(text) != std::string::npos; }
};

inline const std::string small_inventory =
    "version: 1\nsenders:\n  - {name: mx1, helo: mx1.mail.example, addresses: [192.0.2.10]}\n";

}  // namespace rdnsgate::inventory
