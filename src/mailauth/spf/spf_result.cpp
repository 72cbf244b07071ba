// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "mailauth/spf/spf_result.h"

#include <fmt/format.h>

namespace rdnsgate::mailauth {

std::string_view to_string(SpfResult result) {
  constexpr std::string_view names[] = {"pass", "fail",      "softfail", "neutral",
                                        "none", "temperror", "permerror"};
  return names[static_cast<std::size_t>(result)];
}

std::string SpfResults::text() const {
  std::string text;
  for (unsigned i = 0; i <= static_cast<unsigned>(SpfResult::permerror); ++i) {
    const auto one = static_cast<SpfResult>(i);
    if (may_be(one)) text += fmt::format("{}{}", text.empty() ? "" : " or ", to_string(one));
  }
  return text;
}

}  // namespace rdnsgate::mailauth
