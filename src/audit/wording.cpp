// SPDX-License-Identifier: MIT
// Copyright (c) 2026 the rdnsgate authors
#include "audit/wording.h"

#include <array>
#include <utility>

namespace rdnsgate::audit {

std::string fill(std::string_view sentence, const Target& target, const Args& args) {
  const std::array<std::pair<std::string_view, const std::string*>, 4> values{{{"{target}", &target.id},
                                                                               {"{expected}", &args.expected},
                                                                               {"{observed}", &args.observed},
                                                                               {"{detail}", &args.detail}}};
  std::string out;
  while (!sentence.empty()) {
    bool filled = false;
    for (const auto& [placeholder, value] : values) {
      if (!sentence.starts_with(placeholder)) continue;
      out += *value;
      sentence.remove_prefix(placeholder.size());
      filled = true;
      break;
    }
    if (filled) continue;
    out += sentence.front();
    sentence.remove_prefix(1);
  }
  return out;
}

}  // namespace rdnsgate::audit
