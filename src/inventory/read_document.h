// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>

#include "base/text/source.h"
#include "inventory/limits.h"
#include "yaml/document.h"

namespace rdnsgate::inventory {

/// One file of an inventory by itself, for whoever looks at its text: nullopt where it cannot be read. What is wrong
/// with it stays unsaid; load() says that.
std::optional<yaml::Document> read_document(const Sources& sources, FileId file, const Limits& limits = {});

}  // namespace rdnsgate::inventory
