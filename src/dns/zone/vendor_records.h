// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <optional>
#include <span>
#include <string_view>
#include <vector>

#include "dns/zone/zone_data.h"

namespace rdnsgate::dns {

/// What a record leaves open that only the server of one vendor, or of one provider, can answer, or whose data
/// cannot be read here. `words` are what stands on its line from the type on. Nullopt: it is none of these.
std::optional<std::vector<OpenQuestion>> open_by(const Name& owner, std::span<const std::string_view> words);

}  // namespace rdnsgate::dns
