// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <string>
#include <string_view>
#include <vector>

#include "yaml/document.h"

namespace rdnsgate::inventory {

/// The way to a key whose value names a file: `vantages`, ``, `tls_ca`; empty stands for each item of a list.
using KeyPath = std::vector<std::string>;

/// What a JSON Schema marks with `"x-path"` (`read` or `write`), in its order. `include` is among them.
std::vector<KeyPath> path_keys(std::string_view schema);

/// The texts at such a place of a document.
std::vector<yaml::Value> values_at(const yaml::Value& root, const KeyPath& path);

}  // namespace rdnsgate::inventory
