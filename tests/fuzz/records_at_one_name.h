// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#pragma once

#include <algorithm>
#include <cstddef>
#include <cstdint>
#include <string>
#include <vector>

#include "mailauth/records/reason.h"
#include "require.h"

namespace rdnsgate::fuzz {

inline std::vector<std::string> records_at_one_name(const std::uint8_t* data, std::size_t size) {
  std::vector<std::string> texts(1);
  for (std::size_t i = 0; i < size; ++i) {
    if (data[i] == '\n') {
      texts.emplace_back();
    } else {
      texts.back() += static_cast<char>(data[i]);
    }
  }
  return texts;
}

/// Each reason is about something that is there.
inline void require_places(const mailauth::Reasons& reasons, const std::vector<std::string>& texts) {
  for (const auto& one : reasons.all()) {
    require(one.at.record < texts.size());
    require(one.at.offset + one.at.length <= texts[one.at.record].size());
    require(!one.id.empty() && !one.message.empty() && !one.source.empty());
  }
}

}  // namespace rdnsgate::fuzz
